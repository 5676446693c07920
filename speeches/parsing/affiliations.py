"""Bodies and posts: how the words before or after a speaker's name come apart."""

import re

from .typography import BLANK, HAN, squeeze
from .vocabulary import BODY_SUFFIX, MEMBERSHIP, POST, POST_WORD

_REACH = 200
_PAST = ("时任", "曾任", "原任", "原")
_TIMED = re.compile(f"(?:{'|'.join(_PAST)}|现任)(?![{HAN}]?[市县区州])(?=..)")
_FORMER = re.compile("时任|曾任|原")
_FORMER_PART = re.compile(
    f"(?P<body>.{{4,}}(?:院|局|厅|部|会|公司|集团))(?P<part>原[{HAN}]{{1,8}})$"
)
_LEAD_IN = re.compile("^(?:来自|作为|身为|我是|一名|一位|这位|全国人大代表、|全国政协委员、)+")


def looks_like_unit(text: str) -> bool:
    """Whether the text ends like a body or a post."""
    bare = squeeze(text).rstrip("）)")
    return len(bare) >= 2 and bool(POST_WORD.search(bare) or BODY_SUFFIX.search(bare))


def split_unit(unit: str) -> tuple[str, tuple[str, ...]]:
    """Part ``某市委会主委、市政协副主席`` into the first body and all posts.

    A post held in another body keeps that body as its prefix. A seat (``市政协委员``) is named by a
    body only where the line has no other, and a post held formerly (``时任``, ``原``) by one only
    where the line has no present one.
    """
    items = [item for item in re.split(f"[、，,；;{BLANK}]+", unit) if item]
    read = [_split_item(item) for item in items]
    seats = [bool(MEMBERSHIP.match(item)) for item in items]
    former = [bool(_FORMER.match(post)) for _, post in read]
    main = next(
        (
            body
            for (body, _), seat, past in zip(read, seats, former, strict=True)
            if body and not seat and not past
        ),
        "",
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
    """Part one item into body and post; either may be empty.

    ``时任`` before a body belongs to the post; so does ``原`` before a part of the body
    (``省高级人民法院|原民一庭副庭长``).
    """
    timed = _TIMED.match(item)
    match = POST.match(item[timed.end() :] if timed else item)
    if match is None:
        return item, ""
    body, post = match["body"], match["post"]
    if timed:
        return body, timed.group() + post if timed.group() in _PAST else post
    inner = _FORMER_PART.match(body)
    return (inner["body"], inner["part"] + post) if inner else (body, post)


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
