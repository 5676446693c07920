"""reportlab with its own Chinese line breaking; it cannot embed OpenType fonts of CFF outlines."""

from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from bench.contenders import contend

FONT = {"fontName": "STSong-Light", "wordWrap": "CJK", "leading": 29}
TITLE = ParagraphStyle("title", fontSize=22, alignment=TA_CENTER, **FONT)
BYLINE = ParagraphStyle("byline", fontSize=16, alignment=TA_CENTER, **FONT)
BODY = ParagraphStyle("body", fontSize=15.8, firstLineIndent=32, alignment=TA_JUSTIFY, **FONT)
MARGINS = {
    "topMargin": 37 * mm,
    "bottomMargin": 35 * mm,
    "leftMargin": 28 * mm,
    "rightMargin": 26 * mm,
}


def make(data: dict[str, Any], output: Path) -> None:
    """Write the PDF of ``data``, without contents."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    story: list[Any] = [Paragraph(escape(data["title"]), TITLE)]
    for speech in data["speeches"]:
        story += [
            PageBreak(),
            Paragraph(escape(speech["title"]), TITLE),
            Paragraph(escape(speech["byline"]), BYLINE),
            *(Paragraph(escape(text), BODY) for text in speech["paragraphs"]),
        ]
    SimpleDocTemplate(str(output), pagesize=A4, **MARGINS).build(story)


if __name__ == "__main__":
    contend(make)
