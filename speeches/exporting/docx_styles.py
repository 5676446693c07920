"""The named styles of the Word digest: GB/T 9704-2012 in Word's terms.

Lengths are twips (twentieths of a point) where not said otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from speeches.exporting.line_counting import INDENT
from speeches.exporting.pagination import TABLE_LINE
from speeches.exporting.typography import (
    HEADING_FACES,
    SIZE_BODY,
    SIZE_PAGE_NUMBER,
    SIZE_TABLE,
    SIZE_TITLE,
    Face,
)
from speeches.exporting.wordml import Element, part, w

LINE = 579
"""28.95 points: 22 lines fill 225 mm; 29 points would overflow."""
TEXT_WIDTH = 8845
"""156 mm."""
_CONDENSED = -5
"""A quarter of a point less after each body character: 28 of them fill 156 mm."""

OFFICIAL_FONTS = {
    Face.TITLE: "方正小标宋简体",
    Face.BODY: "仿宋_GB2312",
    Face.KAI: "楷体_GB2312",
    Face.HEI: "黑体",
    Face.SONG: "宋体",
}
ALTERNATIVE_FONTS = {
    Face.TITLE: "FZXiaoBiaoSong-B05S",
    Face.BODY: "仿宋",
    Face.KAI: "楷体",
    Face.HEI: "SimHei",
    Face.SONG: "SimSun",
}
CLAUSE_STYLES = {Face.HEI: "HeiClause", Face.KAI: "KaiClause"}
"""The character style of a span that differs from the body around it."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style. Indents are characters, ``size`` is points, ``pitch`` a line's height."""

    id: str
    name: str
    face: Face = Face.BODY
    size: int = SIZE_BODY
    align: str = "both"
    first: int = 0
    left: int = 0
    right: int = 0
    outline: int | None = None
    stays: bool = False
    following: str = "BodyText"
    pitch: int = LINE
    contents: bool = False


_NORMAL = ParagraphStyle("Normal", "Normal", following="Normal")
_STYLES = (
    ParagraphStyle("BodyText", "Body Text", first=INDENT),
    ParagraphStyle("BodyCentred", "正文居中", align="center"),
    ParagraphStyle("BodyRight", "正文居右", align="right"),
    ParagraphStyle("ListParagraph", "List Paragraph", first=INDENT, following="ListParagraph"),
    ParagraphStyle("Quote", "Quote", Face.KAI, first=INDENT, left=INDENT, right=INDENT),
    ParagraphStyle("Kicker", "眉题", Face.KAI, align="center", stays=True, following="Title"),
    ParagraphStyle(
        "Title", "Title", Face.TITLE, SIZE_TITLE, "center", stays=True, following="Subtitle"
    ),
    ParagraphStyle("Subtitle", "Subtitle", Face.KAI, align="center", stays=True),
    ParagraphStyle("EditorsNote", "编者按", Face.KAI, first=INDENT, following="EditorsNote"),
    ParagraphStyle("Signature", "Signature", align="right", right=INDENT, following="Signature"),
    ParagraphStyle(
        "Heading1",
        "heading 1",
        Face.TITLE,
        SIZE_TITLE,
        "center",
        outline=0,
        stays=True,
        following="Byline",
    ),
    ParagraphStyle("Byline", "发言署名", Face.KAI, align="center", stays=True),
    *(
        ParagraphStyle(
            f"Heading{level + 1}",
            f"heading {level + 1}",
            face,
            first=INDENT,
            outline=level,
            stays=True,
        )
        for level, face in HEADING_FACES.items()
    ),
    ParagraphStyle(
        "TOCHeading", "TOC Heading", Face.TITLE, SIZE_TITLE, "center", stays=True, following="TOC1"
    ),
    ParagraphStyle("TOC1", "toc 1", align="left", stays=True, contents=True),
    ParagraphStyle("TOC2", "toc 2", Face.KAI, align="left", left=INDENT),
    ParagraphStyle("AttachmentMark", "附件标识", Face.HEI, align="left", following="Heading1"),
    ParagraphStyle("Picture", "图片", size=1, align="center", following="Caption"),
    ParagraphStyle("Caption", "caption", Face.KAI, align="center"),
    ParagraphStyle("TableGap", "表格间距", pitch=LINE // 2),
    ParagraphStyle(
        "TableHead",
        "表格表头",
        Face.HEI,
        SIZE_TABLE,
        "center",
        pitch=TABLE_LINE * 20,
        following="TableText",
    ),
    ParagraphStyle(
        "TableText",
        "表格文字",
        size=SIZE_TABLE,
        align="left",
        pitch=TABLE_LINE * 20,
        following="TableText",
    ),
    ParagraphStyle(
        "TableNumber",
        "表格序号",
        size=SIZE_TABLE,
        align="center",
        pitch=TABLE_LINE * 20,
        following="TableText",
    ),
    ParagraphStyle(
        "Footer",
        "footer",
        Face.SONG,
        SIZE_PAGE_NUMBER,
        "right",
        right=1,
        pitch=SIZE_PAGE_NUMBER * 20,
        following="Footer",
    ),
    ParagraphStyle(
        "FooterEven",
        "偶数页页脚",
        Face.SONG,
        SIZE_PAGE_NUMBER,
        "left",
        left=1,
        pitch=SIZE_PAGE_NUMBER * 20,
        following="FooterEven",
    ),
)


@cache
def styles_part() -> bytes:
    """Return ``word/styles.xml``."""
    return part(w("styles", _defaults(), *_paragraph_styles(), *_other_styles()))


def indents(*, first: int = 0, left: int = 0, right: int = 0) -> Element | None:
    """Return the indents of a paragraph, given in characters.

    Word goes by the characters, other programs by the twips beside them.
    """
    amounts = {"left": left, "right": right, "firstLine": first}
    attributes: dict[str, int] = {}
    for name, characters in amounts.items():
        if characters:
            attributes[f"{name}Chars"] = 100 * characters
            attributes[name] = characters * SIZE_BODY * 20
    return w("ind", **attributes) if attributes else None


def _defaults() -> Element:
    return w(
        "docDefaults",
        w("rPrDefault", w("rPr", _fonts(Face.BODY), *_sizes(SIZE_BODY), _language())),
        w("pPrDefault", w("pPr")),
    )


def _language() -> Element:
    return w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def _fonts(face: Face) -> Element:
    name = OFFICIAL_FONTS[face]
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _sizes(points: int) -> tuple[Element, Element]:
    return w("sz", val=2 * points), w("szCs", val=2 * points)


def _paragraph_styles() -> Iterator[Element]:
    normal = _paragraph_style(_NORMAL)
    normal.set(normal.tag.replace("style", "default"), "1")
    yield normal
    for style in _STYLES:
        yield _paragraph_style(style)


def _paragraph_style(style: ParagraphStyle) -> Element:
    condensed = _CONDENSED if style.size == SIZE_BODY else 0
    return w(
        "style",
        w("name", val=style.name),
        None if style is _NORMAL else w("basedOn", val="Normal"),
        w("next", val=style.following),
        w("qFormat"),
        w(
            "pPr",
            w("keepNext") if style.stays else None,
            w("keepLines") if style.stays else None,
            w("widowControl", val="0"),
            _leader_tab() if style.contents else None,
            w("overflowPunct", val="1"),  # Word's default; LibreOffice 7.4 loses marks without it
            w("snapToGrid", val="0") if style.pitch != LINE or style.size > SIZE_BODY else None,
            w("spacing", before=0, after=0, line=style.pitch, lineRule="exact"),
            indents(first=style.first, left=style.left, right=style.right),
            w("jc", val=style.align),
            None if style.outline is None else w("outlineLvl", val=style.outline),
        ),
        w(
            "rPr",
            _fonts(style.face),
            w("b", val="0"),
            w("bCs", val="0"),
            w("spacing", val=condensed),
            *_sizes(style.size),
        ),
        type="paragraph",
        styleId=style.id,
    )


def _leader_tab() -> Element:
    return w("tabs", w("tab", val="right", leader="dot", pos=TEXT_WIDTH))


def _other_styles() -> Iterator[Element]:
    yield w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("uiPriority", val="1"),
        w("semiHidden"),
        type="character",
        default="1",
        styleId="DefaultParagraphFont",
    )
    for identifier, name, face in (
        ("HeiClause", "黑体（段首标题、着重）", Face.HEI),
        ("KaiClause", "楷体（段首标题、强调）", Face.KAI),
    ):
        yield w(
            "style",
            w("name", val=name),
            w("basedOn", val="DefaultParagraphFont"),
            w("qFormat"),
            w("rPr", _fonts(face)),
            type="character",
            styleId=identifier,
        )
    yield w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val="99"),
        w("semiHidden"),
        w("tblPr", w("tblInd", w=0, type="dxa"), _cell_margins()),
        type="table",
        default="1",
        styleId="TableNormal",
    )
    yield w(
        "style",
        w("name", val="Table Grid"),
        w("basedOn", val="TableNormal"),
        w("tblPr", _borders()),
        type="table",
        styleId="TableGrid",
    )


def _cell_margins() -> Element:
    sides = (("top", 60), ("left", 108), ("bottom", 60), ("right", 108))
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in sides))


def _borders() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return w("tblBorders", *(w(s, val="single", sz=4, space=0, color="auto") for s in sides))
