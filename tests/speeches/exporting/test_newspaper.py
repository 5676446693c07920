import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, islice, pairwise

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django.fixtures import Settings

from speeches.exceptions import ExportRefused
from speeches.exporting import newspaper
from speeches.exporting.composition import byline_of
from speeches.exporting.document import DigestDocument
from speeches.exporting.newspaper import SHEETS
from speeches.parsing.reading import read_file
from tests.speeches.exporting import pages
from tests.speeches.exporting.pages import Character, PrintedPdf
from tests.speeches.exporting.pictures import png
from tests.speeches.exporting.samples import digest, speech
from tests.speeches.exporting.test_pdf import HOSTILE, squeezed

SENTENCE = "坚持问题导向，突出履职为民，推动“协商成果”落到实处……"
TABLE = (
    "<table><tr><th>年份</th><th>提案（件）</th></tr>"
    + "".join(f"<tr><td>{1990 + n}</td><td>{200 + n}</td></tr>" for n in range(40))
    + "</table>"
)
WIDE_TABLE = (
    "<table><tr>"
    + "".join(f"<th>栏{n}</th>" for n in range(9))
    + "</tr><tr>"
    + "".join(f"<td>数{n}</td>" for n in range(9))
    + "</tr></table>"
)


def prose(sentences: int, paragraphs: int = 1) -> str:
    return "".join(f"<p>第{n}段，{SENTENCE * sentences}</p>" for n in range(paragraphs))


def of_speeches(*texts: str, **fields: object) -> DigestDocument:
    pieces = (speech(n % 6 + 1, text, id=n) for n, text in enumerate(texts))
    return digest(speeches=tuple(pieces), work_items=(), **fields)


DOCUMENTS = {
    "one": lambda: of_speeches(prose(4, 3)),
    "six": digest,
    "sixty": lambda: of_speeches(*(prose(3 + n * 7 % 11, 1 + n % 9) for n in range(60))),
    "short": lambda: of_speeches(*(prose(1 + n % 4) for n in range(9))),
    "long": lambda: of_speeches(prose(12, 90), prose(2), prose(12, 40)),
    "tables": lambda: of_speeches(prose(5, 30) + TABLE + prose(5, 30) + WIDE_TABLE, TABLE * 3),
    "headings": lambda: of_speeches(*["<h2>一、标题在此</h2><p>短。</p>" * 60] * 3),
    "endless titles": lambda: digest(
        title="坚持" * 50,
        speeches=(
            speech(1, title="推动委员履职" * 16, byline="很长的单位" * 30),
            speech(2, title="推动委员履职" * 33),
        ),
    ),
    "nothing": lambda: digest(speeches=(), editors_note="", subtitle="", place=""),
}


TURN = re.compile(r"（(?:上接|下转)第\d+版）")
"""What stands in the margins where a speech goes on."""


@pytest.fixture(scope="module")
def printed() -> PrintedPdf:
    return PrintedPdf(newspaper.render(digest()))


@pytest.fixture(scope="module", params=DOCUMENTS)
def any_document(request: pytest.FixtureRequest) -> tuple[DigestDocument, PrintedPdf]:
    document = DOCUMENTS[request.param]()
    return document, PrintedPdf(newspaper.render(document))


def text_of(printed: PrintedPdf) -> str:
    """The words of all pages in the order of the file, without the furniture."""
    furniture = re.compile(r"2026年3月9日星期一.{2,20}?第\d+版")
    assert all(furniture.search(text) for text in printed.texts)
    return "".join(TURN.sub("", furniture.sub("", text)) for text in printed.texts)


def body(printed: PrintedPdf, page: int) -> list[Character]:
    """What stands on the page between its furniture, in the order of the file."""
    sheet = SHEETS["a3"]
    top = sheet.margin_top * pages.MILLIMETRE
    characters = list(printed.characters(page))
    turns = TURN.finditer("".join(c.text for c in characters))
    turning = {place for turn in turns for place in range(*turn.span())}
    return [c for n, c in enumerate(characters) if c.y > top and n not in turning]


def columns(printed: PrintedPdf, page: int) -> Iterator[tuple[int, str]]:
    """The lines of running text, each with its column, in the order of the file."""
    sheet = SHEETS["a3"]
    side = (sheet.page_width * pages.MILLIMETRE - sheet.width_of(sheet.columns)) / 2
    step = sheet.size * sheet.characters + sheet.gutter
    running = [c for c in body(printed, page) if c.size == pytest.approx(sheet.size, abs=0.01)]
    placed = [(int((c.x - side + sheet.gutter / 2) // step), round(c.y, 1), c) for c in running]
    for (column, _y), line in groupby(placed, key=lambda it: it[:2]):
        yield column, "".join(c.text for *_place, c in line)


def test_the_page_is_that_of_the_settings(printed: PrintedPdf, settings: Settings) -> None:
    assert printed.document.get_page_size(0) == pytest.approx((841.89, 1190.55), abs=0.05)
    settings.NEWSPAPER_SIZE = "tabloid"
    tabloid = PrintedPdf(newspaper.render(digest()))
    assert tabloid.document.get_page_size(0) == pytest.approx((779.53, 1105.51), abs=0.05)


def test_speeches_are_read_one_after_another(
    any_document: tuple[DigestDocument, PrintedPdf],
) -> None:
    document, printed = any_document
    text, position = text_of(printed), 0
    for piece in document.speeches:
        for words in (piece.title, byline_of(piece), *(b.text for b in piece.blocks)):
            found = text.find(squeezed(words), position)
            assert found >= position, words
            position = found


def test_our_own_reader_of_pdf_finds_the_same_order() -> None:
    sentences = (f"我们办成了青禾市的第{n}件实事，惠及{n * 7 + 3}户群众；" for n in range(900))
    paragraphs = ["".join(islice(sentences, 9)) + f"这是第{n}条体会。" for n in range(80)]
    texts = ["".join(f"<p>{text}</p>" for text in paragraphs[n::6]) for n in range(6)]
    document = of_speeches(*texts)
    text = squeezed(read_file(newspaper.render(document)).text)
    position = 0
    for piece in document.speeches:
        for words in (piece.title, byline_of(piece), *(b.text for b in piece.blocks)):
            found = text.find(squeezed(words), position)
            assert found >= position, words
            position = found
    assert "版" not in text


def test_nothing_is_printed_over_anything_else(
    any_document: tuple[DigestDocument, PrintedPdf],
) -> None:
    _document, printed = any_document
    for page in range(1, len(printed) + 1):
        taken: set[tuple[int, int]] = set()
        for character in body(printed, page):
            if character.text in "—…":  # one glyph may stand for two
                continue
            place = (round(character.x / 2), round(character.y / 2))
            assert place not in taken, (page, character)
            taken.add(place)


def test_all_text_stands_between_the_margins(
    any_document: tuple[DigestDocument, PrintedPdf],
) -> None:
    _document, printed = any_document
    sheet = SHEETS["a3"]
    width, height = (s * pages.MILLIMETRE for s in (sheet.page_width, sheet.page_height))
    side = (width - sheet.width_of(sheet.columns)) / 2
    for page in range(1, len(printed) + 1):
        for character in body(printed, page):
            assert side - sheet.size / 2 - 1 < character.x < width - side
            assert character.y < height - sheet.margin_bottom * pages.MILLIMETRE


def test_columns_are_balanced() -> None:
    printed = PrintedPdf(newspaper.render(of_speeches(prose(12, 7))))
    lines = [column for column, _text in columns(printed, 1)]
    heights = [lines.count(column) for column in range(4)]
    assert heights[0] == heights[1] == heights[2] > 10
    assert 0 <= heights[0] - heights[3] <= 3


def test_columns_are_read_from_left_to_right() -> None:
    printed = PrintedPdf(newspaper.render(of_speeches(prose(12, 7))))
    order = [column for column, _run in groupby(column for column, _text in columns(printed, 1))]
    assert order == [0, 1, 2, 3]


def test_no_line_starts_or_ends_with_a_forbidden_mark(printed: PrintedPdf) -> None:
    lines = [text for page in (1, 2) for _column, text in columns(printed, page)]
    assert len(lines) > 300
    assert [line for line in lines if line[0] in pages.CLOSING] == []
    assert [line for line in lines if line[-1] in pages.OPENING] == []


def test_no_column_ends_with_a_heading() -> None:
    printed = PrintedPdf(newspaper.render(DOCUMENTS["headings"]()))
    lines = [line for page in range(1, len(printed) + 1) for line in columns(printed, page)]
    turns = [text for (column, text), (below, _text) in pairwise(lines) if column != below]
    assert len(turns) >= 9
    assert not any("标题" in text for text in turns)


def test_furniture_is_that_of_the_settings(settings: Settings) -> None:
    settings.NEWSPAPER_NAME, settings.NEWSPAPER_PAGE = "青禾日报", 3
    settings.NEWSPAPER_IMPRINT = ["责任编辑：温明远", "校对：周静"]
    printed = PrintedPdf(newspaper.render(of_speeches(*[prose(12, 20)] * 3)))
    for number, text in enumerate(printed.texts, start=3):
        assert f"2026年3月9日星期一青禾日报第{number}版" in text
        assert "责任编辑：温明远校对：周静" in text


def test_the_headline_is_larger_than_all_else(printed: PrintedPdf) -> None:
    largest = max(c.size for c in printed.characters(1))
    headline = "".join(c.text for c in printed.characters(1) if c.size == largest)
    assert headline == digest().title
    assert largest > 50


def test_each_speech_and_the_work_is_a_bookmark(printed: PrintedPdf) -> None:
    titles = [squeezed(title) for title, level, _page in printed.outline() if level == 0]
    assert titles == [*(squeezed(piece.title) for piece in digest().speeches), "亮点工作数据"]


def test_a_wide_table_is_told_in_sentences() -> None:
    text = text_of(PrintedPdf(newspaper.render(of_speeches(WIDE_TABLE))))
    assert "栏0：数0；栏1：数1；" in text


def test_the_file_is_tagged_and_made_alike_twice(printed: PrintedPdf) -> None:
    content = newspaper.render(digest())
    assert content == newspaper.render(digest())
    assert b"/StructTreeRoot" in content
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_a_picture_is_printed_in_its_column(settings: Settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    name = default_storage.save("wide.png", ContentFile(png(900, 300)))
    image = f'<figure><img src="/media/{name}"><figcaption>湖边调研</figcaption></figure>'
    printed = PrintedPdf(newspaper.render(of_speeches(prose(3) + image + prose(3))))
    (picture,) = printed.pictures(1)
    assert picture.width == pytest.approx(SHEETS["a3"].width_of(1), abs=0.5)
    assert "湖边调研" in text_of(printed)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_as_it_is(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    document = digest(
        title=text,
        kicker=text,
        editors_note=text,
        speeches=(speech(1, f"<p>{escaped}</p>", title=text, byline=text),),
    )
    printed = PrintedPdf(newspaper.render(document))
    assert "".join(printed.texts).count(squeezed(text)) >= 6
    assert "root:" not in "".join(printed.texts)


def test_a_missing_glyph_is_refused_with_its_place() -> None:
    with pytest.raises(ExportRefused, match=r"第 1 篇“说说文字”.*U\+0F40"):
        newspaper.render(digest(speeches=(speech(1, "<p>ཀ</p>", title="说说文字"),)))


def test_the_highlighted_work_is_a_table_behind_the_speeches() -> None:
    document = digest()
    text = "".join(squeezed(page) for page in PrintedPdf(newspaper.render(document)).texts)
    assert document.work_items
    place = text.index("亮点工作数据")
    for item in document.work_items:
        assert text.index(squeezed(item.title), place) > place
        for figure in item.figures:
            assert squeezed(figure.printed) in text[place:]


def test_a_text_that_goes_on_says_where() -> None:
    long = speech(1, f"<p>{'协商在一线' * 4000}</p>")
    printed = PrintedPdf(newspaper.render(digest(speeches=(long,), work_items=())))
    first, second, *_rest = (squeezed(page) for page in printed.texts)
    assert "（下转第2版）" in first
    assert "（上接第1版）" in second
    assert "下转" not in printed.texts[-1]


def test_the_editors_note_is_signed() -> None:
    document = digest(work_items=())
    signed = f"（{document.host}）"
    assert signed in squeezed(text_of(PrintedPdf(newspaper.render(document))))
    without = replace(document, editors_note="")
    assert signed not in squeezed(text_of(PrintedPdf(newspaper.render(without))))
