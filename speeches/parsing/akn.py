"""Reading Akoma Ntoso: version 3.0, the older 2.0, and SayIt's dialect without a namespace.

Only the names of elements count, whatever their namespace; identifiers are ``eId`` or ``id``. A
file with a document type is refused: nothing in it is expanded or fetched.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from .bylines import Byline, parse_byline
from .documents import ParsedDigest, ParsedSpeech
from .errors import UnreadableFile
from .reading import MAX_BYTES

MAX_SPEECHES: Final = 5000
"""More speeches than any conference has: such a file is refused."""

Element = etree._Element  # noqa: SLF001  # lxml has no public name for the type

_OPENING: Final = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
_SPOKEN: Final = frozenset({"speech", "question", "answer"})
_TOLD: Final = frozenset({"narrative", "scene", "summary", "other", "p", "block"})
"""What stands between speeches and is not spoken by anybody."""
_PARTS: Final = frozenset({"num", "heading", "subheading", "from"})
_BLOCKS: Final = frozenset(
    "p block heading subheading ul ol li blockList listIntroduction listWrapUp item tblock "
    "blockContainer container td th".split()
)
_REFERENCES: Final = {
    "TLCPerson": "person",
    "TLCOrganization": "organization",
    "TLCRole": "role",
}
_LINE_BREAK: Final = "\u2028"
_SOURCE_BREAK: Final = re.compile(r"[ \t\r]*\n[ \t\r\n]*")
_WIDE: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\0|\0(?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True, slots=True)
class _Reference:
    """A body, person or post that a file speaks of."""

    kind: str
    name: str


def is_akn(data: bytes) -> bool:
    """Whether a file calls itself Akoma Ntoso, in UTF-8 or UTF-16."""
    opening = data[:4096].lstrip(_OPENING)
    return opening.startswith(b"<") and b"akomaNtoso" in opening.replace(b"\0", b"")


def read_akn(data: bytes) -> ParsedDigest:
    """Return the meeting and the speeches of an Akoma Ntoso ``debate``.

    A speech without a heading has that of its section; one without text is told in the notes.
    Raises UnreadableFile for what is too large, no well-formed XML, has a document type, or is no
    debate.
    """
    root = _parsed(data)
    body = next(root.iter("{*}debateBody"), None)
    if _local(root) != "akomaNtoso" or body is None:
        raise UnreadableFile("文件不是会议发言：Akoma Ntoso 文件里没有 debateBody。")
    references = _references(root)
    meeting = _first_text(root, "docTitle")
    speeches: list[ParsedSpeech] = []
    notes: list[str] = []
    for element, section in _in_order(body, ""):
        if _local(element) in _SPOKEN:
            speech = _speech(element, references)
            speeches.append(replace(speech, title=speech.title or _own(section, meeting)))
        else:
            notes += _flow(element)
    if len(speeches) > MAX_SPEECHES:
        raise UnreadableFile(f"文件里的发言超过 {MAX_SPEECHES} 篇，请分次导入。")
    for speech in speeches:
        if not speech.paragraphs:
            notes += filter(None, (speech.title, speech.byline))
    return ParsedDigest(
        meeting=meeting or _first_text(body, "heading"),
        speeches=tuple(speech for speech in speeches if speech.paragraphs),
        kicker=_of_class(root, "kicker"),
        label=_of_class(root, "subtitle"),
        editors_note="\n".join(_editors_note(root)),
        notes=tuple(notes),
    )


def _parsed(data: bytes) -> Element:
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"文件过大：超过 {MAX_BYTES // 1024 // 1024} MB 的上限，请分次导入。")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        place = f"第 {line} 行起" if line else ""
        raise UnreadableFile(f"文件不是完整的 XML：{place}读不下去。") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile("文件带有文档类型声明（DOCTYPE），为安全起见不读取。")
    return root


def _local(element: Element) -> str:
    return etree.QName(element).localname


def _identifier(element: Element) -> str:
    return element.get("eId") or element.get("id") or ""


def _references(root: Element) -> dict[str, _Reference]:
    return {
        f"#{_identifier(element)}": _Reference(kind, element.get("showAs") or "")
        for tag, kind in _REFERENCES.items()
        for element in root.iter(f"{{*}}{tag}")
    }


def _in_order(parent: Element, section: str) -> Iterator[tuple[Element, str]]:
    """Yield what is spoken or told, each with the heading of its section."""
    for element in parent:
        tag = _local(element)
        if tag in _SPOKEN or tag in _TOLD:
            yield element, section
        elif tag not in _PARTS:
            yield from _in_order(element, _part(element, "heading"))


def _own(section: str, meeting: str) -> str:
    """Return the heading of a section where it says more than the title of the meeting."""
    return "" if section == meeting else section


def _speech(element: Element, references: Mapping[str, _Reference]) -> ParsedSpeech:
    printed = _part(element, "from")
    byline = _byline(element, printed, references)
    spoken = (child for child in element if _local(child) not in _PARTS)
    return ParsedSpeech(
        title=_part(element, "heading"),
        byline=printed or _signature(byline),
        organization=byline.organization,
        posts=byline.posts,
        speakers=byline.speakers,
        paragraphs=tuple(text for child in spoken for text in _texts(child)),
        on_behalf_of=byline.on_behalf_of,
    )


def _byline(element: Element, printed: str, references: Mapping[str, _Reference]) -> Byline:
    """Read who speaks: as marked in the signature, else as printed, else by ``by`` and ``as``."""
    marked: dict[str, list[str]] = {"organization": [], "role": [], "person": []}
    for kind, names in marked.items():
        for named in element.iterfind(f"{{*}}from//{{*}}{kind}"):
            reference = references.get(named.get("refersTo") or "")
            names.append(reference.name if reference else _words(named))
    told = {"organization": "", "role": "", "person": ""}
    for attribute in ("by", "as"):
        reference = references.get(element.get(attribute) or "")
        if reference:
            told[reference.kind] = reference.name
    read = parse_byline(printed) or Byline(printed)
    return replace(
        read,
        organization=next(iter(marked["organization"]), read.organization or told["organization"]),
        posts=tuple(marked["role"]) or read.posts or _one(told["role"]),
        speakers=tuple(marked["person"]) or read.speakers or _one(told["person"]),
    )


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _signature(byline: Byline) -> str:
    unit = f"{byline.organization}{'、'.join(byline.posts)}"
    return "　".join(filter(None, (unit, "、".join(byline.speakers))))


def _part(element: Element, tag: str) -> str:
    found = element.find(f"{{*}}{tag}")
    return "" if found is None else _words(found)


def _first_text(root: Element, tag: str) -> str:
    found = next(root.iter(f"{{*}}{tag}"), None)
    return "" if found is None else _words(found)


def _of_class(root: Element, name: str) -> str:
    paragraphs = root.iterfind(".//{*}preface/{*}p")
    return next((_words(p) for p in paragraphs if p.get("class") == name), "")


def _editors_note(root: Element) -> Iterator[str]:
    for container in root.iterfind(".//{*}preface/{*}container"):
        if container.get("name") == "editorsNote":
            yield from _flow(container)


def _words(element: Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(_inline(element)).replace(_LINE_BREAK, "\n").split("\n")).strip()


def _inline(element: Element) -> Iterator[str]:
    """Yield the text of an element as it reads: breaks of the source are none of the text."""
    yield _unfolded(element.text or "")
    for child in element:
        yield _LINE_BREAK if _local(child) in {"eol", "br"} else "".join(_inline(child))
        yield _unfolded(child.tail or "")


def _unfolded(text: str) -> str:
    """Return ``text`` without the line breaks of the source; Chinese needs no blank there."""
    return _WIDE.sub("", _SOURCE_BREAK.sub("\0", text)).replace("\0", " ")


def _texts(element: Element) -> Iterator[str]:
    """Yield the paragraphs of one block of a speech."""
    if _local(element) == "table":
        for row in element.iter("{*}tr"):
            yield "　".join(" ".join(_flow(cell)) for cell in row)
    else:
        yield from _flow(element)


def _flow(element: Element) -> Iterator[str]:
    """Yield the paragraphs in an element: runs of words, and the blocks between them.

    A number that stands before a block belongs to it.
    """
    words, number = _unfolded(element.text or ""), ""
    for child in element:
        tag = _local(child)
        if tag == "num":
            number = _words(child)
        elif tag in _BLOCKS or tag == "table":
            yield from _tidied(words)
            words = ""
            yield from _numbered(number, _texts(child))
            number = ""
        else:
            words += _LINE_BREAK if tag in {"eol", "br"} else "".join(_inline(child))
        words += _unfolded(child.tail or "")
    yield from _tidied(number + words)


def _numbered(number: str, paragraphs: Iterable[str]) -> Iterator[str]:
    for text in paragraphs:
        yield number + text
        number = ""


def _tidied(words: str) -> Iterator[str]:
    lines = (line.strip() for line in words.split(_LINE_BREAK))
    text = "\n".join(lines).strip()
    if text:
        yield text
