"""Reading a digest that was exported as Markdown: its front matter, headings and escapes.

``# `` is the meeting, ``## `` a speech, ``*…*`` below it the signature. Other Markdown is read
like any text.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from .bylines import Byline, parse_byline
from .documents import ParsedDigest, ParsedSpeech

_FRONT_MATTER: Final = re.compile(r"\A---\n(?P<told>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_HEADING: Final = re.compile(r"(?P<marks>#{1,6}) (?P<words>.*)\Z")
_SIGNED: Final = re.compile(r"\*(?P<words>[^*\n]*(?:\\\*[^*\n]*)*)\*\Z")
_MARKER: Final = re.compile(r"\A(?: *(?:-|\d{1,9}\.) | {4,})|^> ", re.MULTILINE)
_PICTURE: Final = re.compile(r"!\[(?P<words>.*)\]\(<.*>\)\Z")
_CELL_END: Final = re.compile(r"(?<!\\)(?:\\\\)*\|")
_RULE: Final = re.compile(r"\|(?: --- \|)+\Z")
_MARKED: Final = re.compile(r"\\(\n|[!-/:-@\[-`{-~])|</?(?:strong|em|u|sup|sub)>")
_NEW_LIST: Final = "<!-- -->"


def read_markdown(text: str) -> ParsedDigest | None:
    """Return what an exported digest says; None for a text that is none."""
    matter = _FRONT_MATTER.match(text)
    if matter is None:
        return None
    told = _told(matter["told"])
    chunks = [chunk for chunk in re.split(r"\n{2,}", matter["body"].strip("\n")) if chunk]
    if "title" not in told or not any(chunk.startswith("# ") for chunk in chunks):
        return None
    head, *sections = _sections(chunks)
    speeches: list[ParsedSpeech] = []
    notes = [words for chunk in head for words in _texts(chunk) if not _is_told(chunk, words, told)]
    for title, *contents in sections:
        if all(chunk.startswith("| ") for chunk in contents):
            notes += [words for chunk in (title, *contents) for words in _texts(chunk)]
        else:
            speeches.append(_speech(title, contents))
    return ParsedDigest(
        meeting=told["title"],
        speeches=tuple(speeches),
        kicker=told.get("kicker", ""),
        label=told.get("subtitle", ""),
        editors_note="\n".join(words for c in head if c.startswith("> ") for words in _texts(c)),
        notes=tuple(notes),
    )


def _told(lines: str) -> dict[str, str]:
    """Return the front matter; its values are those of JSON."""
    told = {}
    for line in lines.splitlines():
        key, _colon, value = line.partition(": ")
        try:
            told[key] = str(json.loads(value))
        except ValueError:
            continue
    return told


def _sections(chunks: Iterable[str]) -> Iterator[list[str]]:
    """Yield what stands before the first speech, then each speech with its heading."""
    section: list[str] = []
    for chunk in chunks:
        if chunk.startswith("## "):
            yield section
            section = []
        section.append(chunk)
    yield section


def _is_told(chunk: str, words: str, told: dict[str, str]) -> bool:
    """Whether a line above the speeches is the title, the note or a repeated line."""
    return chunk.startswith(("# ", "> ")) or words in {told.get("kicker"), told.get("subtitle")}


def _speech(title: str, contents: list[str]) -> ParsedSpeech:
    signed = _SIGNED.match(contents[0]) if contents else None
    printed = _plain(signed["words"]) if signed else ""
    byline = parse_byline(printed) or Byline(printed)
    spoken = contents[1:] if signed else contents
    return ParsedSpeech(
        title="".join(_texts(title)),
        byline=printed,
        organization=byline.organization,
        posts=byline.posts,
        speakers=byline.speakers,
        paragraphs=tuple(words for chunk in spoken for words in _texts(chunk)),
        on_behalf_of=byline.on_behalf_of,
    )


def _texts(chunk: str) -> Iterator[str]:
    """Yield the paragraphs of one block; a table gives one a row."""
    if chunk.strip() == _NEW_LIST:
        return
    if chunk.startswith("| "):
        yield from ("　".join(_cells(row)) for row in chunk.split("\n") if not _RULE.match(row))
        return
    titled = _HEADING.match(chunk) or _PICTURE.match(chunk)
    words = _plain(titled["words"] if titled else _MARKER.sub("", chunk))
    if words:
        yield words


def _cells(row: str) -> list[str]:
    """Return the cells of a row, without the empty ones that fill it up."""
    ends = [match.end() for match in _CELL_END.finditer(row)]
    cells = [_plain(row[start : end - 1]) for start, end in pairwise(ends)]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _plain(markdown: str) -> str:
    """Return what a reader sees: without marks of emphasis, every escaped sign as itself."""
    return _MARKED.sub(lambda match: match[1] or "", markdown).strip()
