"""How staff type tags: separated by Chinese or Western marks, never by blanks."""

import re
from collections.abc import Iterable

from taggit.models import Tag

_SEPARATORS = re.compile(r"[,，、;；\n]+")


def split_tags(text: str | None) -> list[str]:
    """Return the tags named in ``text`` in order, each once: ``民生，提案、教育`` names three."""
    names = (name.strip() for name in _SEPARATORS.split(text or ""))
    return list(dict.fromkeys(name for name in names if name))


def join_tags(tags: Iterable[Tag]) -> str:
    """Return the names of ``tags`` as staff would type them."""
    return "、".join(sorted(tag.name for tag in tags))
