"""What is proofread: the paragraphs of one piece, each told what it is to a reader."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a paragraph is to a reader."""

    TITLE = "title"
    BYLINE = "byline"
    HEADING = "heading"
    BODY = "body"
    ITEM = "item"
    CELL = "cell"


PROSE = (Kind.BODY, Kind.ITEM)
"""The kinds in which whole sentences stand."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``anchor`` names its place so that it is found again after changes."""

    text: str
    kind: Kind = Kind.BODY
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class TextDocument:
    """The paragraphs of one piece in reading order."""

    paragraphs: tuple[Paragraph, ...]

    @classmethod
    def of(cls, *texts: str) -> "TextDocument":
        """Return a document of plain body paragraphs."""
        return cls(tuple(map(Paragraph, texts)))
