"""Bylines: who speaks, for which body, in which posts.

The shapes met in newspapers: ``body posts　name``, ``name　body posts``,
``name（body posts）``, ``body 发言人：name``, ``body posts name：``, ``——name委员（body posts）``,
``——body posts name委员`` and ``body posts name代表——``; any of them
may say on whose behalf the speaker speaks.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .affiliations import looks_like_unit, split_unit
from .behalf import take_behalf
from .dressing import undress
from .names import close_spaced_name, is_plain_name, split_names
from .titled import TITLED
from .typography import BLANK, HAN, squeeze, widen
from .vocabulary import (
    ANNOTATION,
    BODY_SUFFIX,
    MEMBERSHIP,
    NAME,
    POST_WORD,
    SEAT_TITLES,
    SPEAKER_LABEL,
    UNIT_LABEL,
    is_known_name,
)

LONGEST_BYLINE = 100
"""A longer line is prose."""


class Place(StrEnum):
    """Where the byline stands, as far as its own shape tells."""

    BESIDE_TITLE = "beside_title"
    BEFORE_TITLE = "before_title"
    AFTER_TEXT = "after_text"


@dataclass(frozen=True, slots=True)
class Byline:
    """A signature as printed and what was recognised in it.

    ``certain`` tells that the shape alone proves it: an uncertain one counts only where a title
    stands before it and text after it. ``title`` is the speech's where the signature names it
    (``作题为《…》的发言``).
    """

    printed: str
    organization: str = ""
    posts: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    on_behalf_of: str = ""
    place: Place = Place.BESIDE_TITLE
    certain: bool = True
    title: str = ""


_SEAT = f"(?:{'|'.join(SEAT_TITLES)})"
_PROSE = re.compile(r"[。！？；!?;]|……")
_DASHES = re.compile(f"^(?:—|－|─|–|-){{1,3}}[{BLANK}]*(?=.)")
_TRAIL = re.compile(f"[{BLANK}]*(?:(?P<dash>[—－─–-]{{1,3}})|(?P<colon>[:：]))[{BLANK}]*$")
_AUTHOR = re.compile(
    f"^[（(](?:作者|发言人|撰稿人)(?:分别)?(?:系|为|单位及职务)?[{BLANK}]*[:：，,]?[{BLANK}]*(?P<core>.+)[)）]$"
)
_BRACKETED = re.compile(
    rf"^(?P<name>[^（(]{{2,20}}?)[{BLANK}]*[（(](?P<unit>[^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[)）]$"
)
_SEATED = re.compile(rf"^(?P<names>{NAME}(?:[、和{BLANK}]+{NAME})*)(?P<seat>{_SEAT})$")
_PLACED = re.compile(
    f"[{HAN}]{{2}}[省市县区州盟旗镇乡]|街道|^(?:民[革盟建进]|农工党|致公党|九三|台盟)|工商联"
)
_NOT_SPOKEN = re.compile("^(?:本报|新华社|特约)?(?:记者|通讯员)|整理$|主持$|^(?:编辑|责编)")


def parse_byline(text: str) -> Byline | None:
    """Read one printed line as a byline, or None where it is none."""
    if not 2 <= len(text) <= LONGEST_BYLINE:
        return None
    line = widen(text)
    titled = TITLED.search(line)
    if titled and titled.start():
        read = parse_byline(line[: titled.start()])
        return replace(read, printed=text, title=titled["title"], certain=True) if read else None
    if _PROSE.search(line) or _NOT_SPOKEN.search(line):
        return None
    place = Place.BESIDE_TITLE
    author = _AUTHOR.match(line)
    core, wrapped = undress(line)
    if author:
        place, core = Place.AFTER_TEXT, author["core"].replace("，系", " ").replace("，", " ")
    elif _NOT_SPOKEN.search(core):
        return None
    elif wrapped:
        place = Place.AFTER_TEXT
    opened = _DASHES.match(core)
    if opened:
        place, core = Place.AFTER_TEXT, core[opened.end() :]
    trail = _TRAIL.search(core)
    marked = bool(opened or trail or author)
    if trail:
        core = core[: trail.start()]
        if trail["dash"]:
            place = Place.BEFORE_TITLE
    read = _read_core(core, marked=marked)
    if read is None:
        return None
    return replace(read, printed=text, place=place, certain=read.certain or marked)


def _read_core(core: str, *, marked: bool) -> Byline | None:
    """Read a line freed of dashes and colon, once ``代表…发言`` is taken out."""
    behalf = take_behalf(core)
    if behalf is None:
        return _read_signature(_tidy(core), marked=marked)
    rest = _tidy(behalf.rest)
    read = _read_signature(rest, marked=True) or _read_bare_names(rest, known=not behalf.bracketed)
    if read is None:
        return None
    organization = read.organization or behalf.body
    return replace(read, organization=organization, on_behalf_of=behalf.body, certain=True)


def _read_bare_names(core: str, *, known: bool) -> Byline | None:
    """Names and nothing else; with ``known`` their surnames must be known."""
    names = split_names(core)
    if not names or (known and not all(is_known_name(name) for name in names)):
        return None
    return Byline("", speakers=names)


def _tidy(core: str) -> str:
    """The line without annotations such as ``（女，回族）`` and without blanks inside a name."""
    return close_spaced_name(ANNOTATION.sub("", core).strip())


def _read_signature(core: str, *, marked: bool) -> Byline | None:
    """Try the shapes on a line freed of dashes, colon and annotations."""
    labelled = _read_labelled(core)
    if labelled is not None:
        return labelled
    if re.search("[，,:：]", ANNOTATION.sub("", re.sub(r"[（(].*?[)）]", "", core))):
        comma = re.fullmatch(rf"(?P<seat>[{HAN}]{{2,12}})[，,](?P<rest>[^，,:：]+)", core)
        if comma is None or not MEMBERSHIP.match(comma["seat"]):
            return _read_bodies_and_name(core) or _read_parted(core)
        core = f"{comma['seat']}、{comma['rest']}"
    return (
        _read_bracketed(core)
        or _read_blank_separated(core)
        or _read_seated(core, marked=marked)
        or _read_glued(core)
    )


def _read_bodies_and_name(core: str) -> Byline | None:
    """``body posts，body posts　name``, also name first: each part is a body with posts."""
    parts = core.split()
    for unit, names in ((parts[:-1], parts[-1]), (parts[1:], parts[0])):
        bodies = re.split("[，,]", "".join(unit))
        if is_known_name(names) and all(map(_is_body_with_post, bodies)):
            return _make("、".join(bodies), (names,))
    return None


def _read_parted(core: str) -> Byline | None:
    """``name，body posts`` and ``body posts：name``: one mark parts them."""
    parts = re.split(f"[{BLANK}]*[，,:：][{BLANK}]*", core)
    if len(parts) != 2:
        return None
    for name, unit in (parts, reversed(parts)):
        if is_known_name(name) and looks_like_unit(unit) and POST_WORD.search(unit):
            return replace(_make(unit, (name,)), certain=False)
    return None


def _is_body_with_post(part: str) -> bool:
    body, posts = split_unit(part)
    return bool(posts and BODY_SUFFIX.search(body))


def _read_labelled(core: str) -> Byline | None:
    """``民革某某市委会 发言人：某某``, in either order."""
    label = SPEAKER_LABEL.search(core)
    if label is None:
        return None
    before = UNIT_LABEL.sub("", core[: label.start()]).strip(" 　，、")
    after = core[label.end() :].strip()
    inner = _read_glued(after)
    names = () if inner else split_names(after)
    if names:
        return _make(before, names)
    inner = inner or _read_bracketed(after) or _read_blank_separated(after)
    return _within(before, inner) if before and inner else inner


def _within(unit: str, inner: Byline) -> Byline:
    """The signature of one who speaks for a body named apart; posts in other bodies name these."""
    outer = _make(unit, inner.speakers)
    elsewhere = "" if inner.organization == outer.organization else inner.organization
    posts = [elsewhere + post for post in inner.posts]
    if elsewhere and not posts:
        posts = [elsewhere]
    return replace(outer, posts=tuple(dict.fromkeys((*outer.posts, *posts))))


def _read_bracketed(core: str) -> Byline | None:
    """``某某（某单位主任）``, also with a seat: ``某某委员（…）``."""
    match = _BRACKETED.match(core)
    if match is None:
        return None
    head, unit = match["name"].strip(), match["unit"].strip()
    seated = _SEATED.match(squeeze(head))
    names = split_names(seated["names"] if seated else head)
    if not names:
        return None
    if not looks_like_unit(unit):
        return None
    return _make(unit, names, seat=seated["seat"] if seated else "")


def _read_blank_separated(core: str) -> Byline | None:
    """``body posts　name`` or ``name　body posts``; several names may follow one another."""
    words = core.split()
    if len(words) < 2:
        return None
    for cut in range(1, len(words)):
        unit, names = "".join(words[:cut]), split_names(" ".join(words[cut:]))
        if names and looks_like_unit(unit) and _may_sign(unit, names):
            return _make(" ".join(words[:cut]), names)
    seated = _SEATED.match(words[-1])
    if seated and looks_like_unit("".join(words[:-1])):
        return _make(" ".join(words[:-1]), split_names(seated["names"]), seat=seated["seat"])
    for cut in range(1, len(words)):
        names, unit = split_names(" ".join(words[:cut])), "".join(words[cut:])
        if names and all(is_known_name(name) for name in names) and looks_like_unit(unit):
            return _make(" ".join(words[cut:]), names)
    return _read_unknown_name(words)


def _names_a_place(unit: str) -> bool:
    """Whether a unit is told by a region or a party in its name."""
    return looks_like_unit(unit) and _PLACED.search(unit) is not None


def _read_unknown_name(words: Sequence[str]) -> Byline | None:
    """A name of no known surname beside a body (``民盟某州委会　沐云初雪``)."""
    for name, unit in ((words[-1], words[:-1]), (words[0], words[1:])):
        bare = "".join(unit)
        if is_plain_name(name) and not looks_like_unit(name) and _names_a_place(bare):
            return replace(_make(" ".join(unit), (name,)), certain=False)
    return None


def _read_seated(core: str, *, marked: bool) -> Byline | None:
    """``张强代表`` alone, before a dash or colon."""
    match = _SEATED.match(squeeze(core))
    if match is None or not marked:
        return None
    return _make("", split_names(match["names"]), seat=match["seat"])


def _read_glued(core: str) -> Byline | None:
    """``某公司党委书记、董事长汤某某代表``: the unit ends with a post, the name follows at once."""
    if len(core.split()) > 1:
        return None
    for unit, name, seat in _glued_matches(core):
        if POST_WORD.search(unit) and looks_like_unit(unit):
            return replace(_make(unit, (name,), seat=seat), certain=False)
    return None


def _glued_matches(core: str) -> Iterable[tuple[str, str, str]]:
    """Ways to part ``unit + name + seat``, the longest name first."""
    seat = next((title for title in SEAT_TITLES if core.endswith(title) and len(core) > 6), "")
    body = core[: -len(seat)] if seat else core
    for length in range(min(12, len(body) - 2), 1, -1):
        name = body[-length:]
        if is_known_name(name):
            yield body[:-length], name, seat
    for length in (3, 2, 4, 5) if seat else ():
        yield body[:-length], body[-length:], seat


def _make(unit: str, speakers: Sequence[str], *, seat: str = "") -> Byline:
    organization, posts = split_unit(unit)
    if seat and (not posts or posts[-1] != seat):
        posts = (*posts, seat)
    return Byline("", organization, posts, tuple(speakers))


def _may_sign(unit: str, names: Sequence[str]) -> bool:
    """A name of no known surname signs only after a post."""
    if all(is_known_name(name) for name in names):
        return True
    return bool(POST_WORD.search(unit)) and all(2 <= len(name) <= 6 for name in names)


def read_unit_line(text: str) -> Byline | None:
    """A line that names a body and nobody: ``民革某某市委会``."""
    core = squeeze(widen(text))
    if not 4 <= len(core) <= 30 or re.search(r"[^\w、（）]", core) or not BODY_SUFFIX.search(core):
        return None
    return Byline(text, core, certain=False)
