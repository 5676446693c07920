"""WeasyPrint: HTML and CSS for paged media."""

from html import escape
from pathlib import Path
from typing import Any

import weasyprint

from bench.contenders import contend

STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-right { content: counter(page) } }
body { font: 15.79pt/28.99pt body, song; text-align: justify }
p { margin: 0; text-indent: 2em }
h1 { font: 22pt/28.99pt title, song; text-align: center; margin: 0; break-before: page }
.byline { font-family: kai, song; text-align: center; margin-bottom: 28.99pt }
.entry a::after { content: leader(".") target-counter(attr(href), page) }
"""


def make(data: dict[str, Any], output: Path) -> None:
    """Write the PDF of ``data``."""
    weasyprint.HTML(string=html_of(data)).write_pdf(output, pdf_variant="pdf/ua-1")


def html_of(data: dict[str, Any]) -> str:
    """Return the page that WeasyPrint sets."""
    faces = "".join(
        f"@font-face {{ font-family: {name}; src: url(file://{path}) }}"
        for name, path in data["fonts"].items()
    )
    contents, speeches = [], []
    for number, speech in enumerate(data["speeches"]):
        title, byline = escape(speech["title"]), escape(speech["byline"])
        contents.append(f'<p class="entry"><a href="#s{number}">{title}</a></p>')
        speeches.append(f'<h1 id="s{number}">{title}</h1><p class="byline">{byline}</p>')
        speeches += (f"<p>{escape(text)}</p>" for text in speech["paragraphs"])
    title = escape(data["title"])
    head = f'<html lang="zh-CN"><title>{title}</title><style>{faces}{STYLE}</style>'
    return f"<!doctype html>{head}<h1>{title}</h1>{''.join(contents + speeches)}</html>"


if __name__ == "__main__":
    contend(make)
