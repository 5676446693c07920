"""Bodies and posts: how the words before or after a speaker's name come apart."""

import re

from .typography import BLANK, HAN, squeeze
from .vocabulary import BODY_SUFFIX, MEMBERSHIP, POST, POST_WORD

_REACH = 200
_LEAD_IN = re.compile("^(?:来自|作为|身为|我是|一名|一位|这位|全国人大代表、|全国政协委员、)+")


def looks_like_unit(text: str) -> bool:
    """Whether the text ends like a body or a post."""
    bare = squeeze(text).rstrip("）)")
    return len(bare) >= 2 and bool(POST_WORD.search(bare) or BODY_SUFFIX.search(bare))


def split_unit(unit: str) -> tuple[str, tuple[str, ...]]:
    """Part ``某市委会主委、市政协副主席`` into the first body and all posts.

    A post held in another body keeps that body as its prefix. A seat (``市政协委员``) is named by a
    body only where the line has no other.
    """
    items = [item for item in re.split(f"[、，,；;{BLANK}]+", unit) if item]
    read = [_split_item(item) for item in items]
    seats = [bool(MEMBERSHIP.match(item)) for item in items]
    main = next(
        (body for (body, _), seat in zip(read, seats, strict=True) if body and not seat), ""
    )
    if not main:
        main = next((body for body, _ in read if body), "")
    posts: list[str] = []
    for item, (body, post) in zip(items, read, strict=True):
        if not post:
            if body != main:
                posts.append(item)
        elif body in {"", main}:
            posts.append(post)
        else:
            posts.append(item)
    return main, tuple(posts)


def _split_item(item: str) -> tuple[str, str]:
    """Part one item into body and post; either may be empty."""
    match = POST.match(item)
    if match is None:
        return item, ""
    return match["body"], match["post"]


def read_affiliation(paragraph: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The affiliation of a speaker whose byline is the bare name (``张强代表——``).

    Looks for ``某村党支部书记张强代表`` or ``作为某校校长，`` in the first sentences.
    """
    text = paragraph[:_REACH]
    for pattern in (
        rf"(?P<unit>[{HAN}（）、]{{4,40}}){re.escape(name)}",
        rf"(?:作为|身为|我是)(?P<unit>[{HAN}（）、]{{4,40}})[，。]",
    ):
        match = re.search(pattern, text)
        if match is None:
            continue
        unit = _LEAD_IN.sub("", match["unit"])
        if POST_WORD.search(unit) and looks_like_unit(unit):
            return split_unit(unit)
    return "", ()
