"""Addresses that nobody has yet."""

from __future__ import annotations

from django.db.models import Q

from speeches.models import Meeting


def free_slug(title: str, prefix: str = "") -> str:
    """Return an address nobody ever had: date, initials of the title, a number if needed."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - 55 MB that pages need not

    initials = "".join(lazy_pinyin(title, style=Style.FIRST_LETTER, errors="ignore"))[:12]
    stem = "-".join(part for part in (prefix, initials) if part) or "meeting"
    slug, number = stem, 1
    while Meeting.everything.filter(Q(slug=slug) | Q(editions__slug=slug)).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
