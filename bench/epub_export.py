"""Electronic books of 6, 60 and 600 speeches beside the same text by EbookLib."""

import io
import re
import zipfile
from html import escape

from ebooklib import epub as ebooklib_epub

from bench.comparison import Comparison, in_turns
from bench.docx_export import invented_digest
from speeches.exporting import epub
from speeches.exporting.document import DigestDocument

SIZES = (6, 60, 600)
ROUNDS = 7


def run() -> list[Comparison]:
    """Measure."""
    return [_compared(size) for size in SIZES]


def _compared(size: int) -> Comparison:
    document = invented_digest(size)
    assert _text(epub.EXPORTER.render(document)) >= _text(_by_ebooklib(document))
    ours, peer = in_turns(
        ours=lambda _round: epub.EXPORTER.render(document),
        peer=lambda _round: _by_ebooklib(document),
        rounds=ROUNDS,
    )
    return Comparison(
        title=f"Electronic book of {size} speeches",
        ours_is="the exporter: cover, contents, Chinese style sheet, accessibility metadata",
        peer_is="EbookLib: chapters and contents, no cover, no style sheet",
        ours=ours,
        peer=peer,
    )


def _by_ebooklib(document: DigestDocument) -> bytes:
    book = ebooklib_epub.EpubBook()
    book.set_identifier(document.slug)
    book.set_title(document.title)
    book.set_language("zh-CN")
    chapters = []
    for number, speech in enumerate(document.speeches, start=1):
        chapter = ebooklib_epub.EpubHtml(
            title=speech.title, file_name=f"speech-{number}.xhtml", lang="zh-CN"
        )
        paragraphs = "".join(f"<p>{escape(block.text)}</p>" for block in speech.blocks)
        chapter.content = f"<h1>{escape(speech.title)}</h1><p>{speech.byline}</p>{paragraphs}"
        book.add_item(chapter)
        chapters.append(chapter)
    book.toc = chapters
    book.spine = ["nav", *chapters]
    book.add_item(ebooklib_epub.EpubNcx())
    book.add_item(ebooklib_epub.EpubNav())
    file = io.BytesIO()
    ebooklib_epub.write_epub(file, book)
    return file.getvalue()


def _text(book: bytes) -> set[str]:
    """Return the long paragraphs of a book, so that both are seen to hold the same text."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if "speech" in name]
    paragraphs = re.findall(r"<p[^>]*>(.*?)</p>", "".join(pages), re.DOTALL)
    return {paragraph.strip() for paragraph in paragraphs if len(paragraph) > 60}
