"""What the public site is made from beside editions: code, settings, bodies and people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max

from organizations.models import Organization, Speaker

EDITED = (Organization, Speaker)
"""What readers see as soon as it is edited; each keeps a history of its rows."""
_SOURCES = ("cppcc_cms", "organizations", "speeches", "templates", "static", "locale")
_KINDS = {".py", ".html", ".xml", ".txt", ".css", ".js", ".svg", ".mo", ".typ"}
_PREFIXES = ("SITE_", "PUBLIC_", "STATIC_URL", "MEDIA_URL", "THUMBNAIL_ALIASES", "API_")


@cache
def fingerprint() -> str:
    """Return a hash of the code, templates, styles and settings that this process runs on.

    Read once: what is changed on the disk later is not what this process renders with.
    """
    digest = sha256()
    for path in _sources():
        digest.update(path.name.encode() + path.read_bytes())
    named = {name: getattr(settings, name) for name in dir(settings) if name.startswith(_PREFIXES)}
    digest.update(repr(sorted(named.items())).encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for folder in _SOURCES:
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*")):
            if path.suffix in _KINDS:
                yield path


def histories() -> dict[str, list[int]]:
    """Return, for bodies and people, how many rows their history has and the last one's number."""
    return {
        model._meta.model_name: [
            value or 0
            for value in model.history.model.objects.aggregate(
                rows=Count("history_id"), last=Max("history_id")
            ).values()
        ]
        for model in EDITED
    }


def edited_since(
    before: Mapping[str, list[int]], now: Mapping[str, list[int]]
) -> dict[str, set[int]] | None:
    """Return the numbers of the bodies and people edited from ``before`` to ``now``, by kind.

    None where that cannot be told: a row came late into the history, or the database is an older
    one.
    """
    found: dict[str, set[int]] = {}
    for model in EDITED:
        name = model._meta.model_name
        rows, last = before.get(name, [-1, 0])
        later = model.history.model.objects.filter(
            history_id__gt=last, history_id__lte=now[name][1]
        )
        numbers = list(later.values_list("id", flat=True))
        if rows + len(numbers) != now[name][0]:
            return None
        found[name] = set(numbers)
    return found
