"""The measures of an official document, which Word and PDF share.

Source: GB/T 9704-2012, 党政机关公文格式. Lengths are millimetres, sizes are points.
"""

from enum import StrEnum

PAGE_WIDTH = 210
PAGE_HEIGHT = 297
MARGIN_TOP = 37
MARGIN_BOTTOM = 35
MARGIN_LEFT = 28
MARGIN_RIGHT = 26
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
FOOTER_GAP = 7
"""From the text block to the dash of the page number."""

LINES_PER_PAGE = 22
CHARACTERS_PER_LINE = 28
CHARACTERS_PER_PAGE = LINES_PER_PAGE * CHARACTERS_PER_LINE

SIZE_TITLE = 22
"""二号, for titles: twenty characters fill a line."""
SIZE_BODY = 16
"""三号, for everything else on the grid."""
SIZE_PAGE_NUMBER = 14
"""四号."""
SIZE_TABLE = 12
"""小四, for the cells of a table."""
TITLE_CHARACTERS_PER_LINE = 20


class Face(StrEnum):
    """The five typefaces of an official document, by what they are for."""

    TITLE = "title"
    """小标宋: titles."""
    BODY = "body"
    """仿宋: running text."""
    KAI = "kai"
    """楷体: second-level headings, signatures, notes."""
    HEI = "hei"
    """黑体: first-level headings, emphasis."""
    SONG = "song"
    """宋体: page numbers."""


HEADING_FACES = {1: Face.HEI, 2: Face.KAI, 3: Face.BODY, 4: Face.BODY}
"""The face of ``一、``, ``（一）``, ``1.`` and ``（1）``; none is bold."""
