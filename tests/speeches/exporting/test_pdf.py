import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django.fixtures import Settings

from speeches.exceptions import ExportRefused
from speeches.exporting import composition, pdf, registry, typesetting
from speeches.exporting.document import DigestFigure
from speeches.exporting.titles import single_line
from tests.speeches.exporting import pages
from tests.speeches.exporting.pages import PrintedPdf
from tests.speeches.exporting.pictures import png
from tests.speeches.exporting.samples import digest, speech, work_item

HOSTILE = (
    '#read("/etc/passwd")',
    "#import sys: inputs",
    "$ sum_(i=0)^n i $",
    "\\u{1F600} \\n \\",
    "]] #[ [[",
    "*strong* _slanted_ `code`",
    "= heading <label> @label",
    "// comment /* comment */",
    '"quoted"',
    "{{ template }} {% tag %}",
)
FULL_LINES = 60
"""Lines of one paragraph, so that whole pages of them appear."""


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def content() -> bytes:
    return pdf.render(digest())


@pytest.fixture(scope="module")
def printed(content: bytes) -> PrintedPdf:
    return PrintedPdf(content)


@pytest.fixture(scope="module")
def grid() -> PrintedPdf:
    """One speech of one paragraph whose lines nothing squeezes or stretches."""
    text = "永" * (28 * FULL_LINES - 2)
    return PrintedPdf(pdf.render(digest(speeches=(speech(1, f"<p>{text}</p>"),), work_items=())))


def text_pages(printed: PrintedPdf) -> range:
    """The pages of speeches: after the front and the contents, before the attachment."""
    return range(3, len(printed))


def test_every_page_is_a4(printed: PrintedPdf) -> None:
    for width, height in map(printed.document.get_page_size, range(len(printed))):
        assert (width, height) == pytest.approx((595.28, 841.89), abs=0.05)


def test_a_full_page_has_22_lines_of_28_characters(grid: PrintedPdf) -> None:
    lines = grid.lines(4)
    assert [len(line.characters) for line in lines] == [28] * 22
    for above, below in pairwise(lines):
        assert below.characters[0].y - above.characters[0].y == pytest.approx(pages.LINE, abs=0.01)
    for before, after in pairwise(lines[0].characters):
        assert after.x - before.x == pytest.approx(pages.CHARACTER, abs=0.01)


def test_the_text_block_keeps_the_margins_of_the_standard(grid: PrintedPdf) -> None:
    half_a_millimetre = 0.5 * pages.MILLIMETRE
    lines = grid.lines(4)
    ascent, descent = 0.88 * pages.CHARACTER, 0.12 * pages.CHARACTER
    leading = pages.LINE - pages.CHARACTER
    assert lines[0].x == pytest.approx(pages.LEFT, abs=half_a_millimetre)
    assert lines[0].right == pytest.approx(pages.RIGHT, abs=half_a_millimetre)
    assert lines[0].characters[0].y - ascent == pytest.approx(pages.TOP, abs=half_a_millimetre)
    last = lines[-1].characters[0].y + descent + leading
    assert last == pytest.approx(pages.BOTTOM, abs=half_a_millimetre)


def test_a_paragraph_is_indented_by_two_characters(grid: PrintedPdf) -> None:
    first = next(line for line in grid.lines(3) if line.text.startswith("永"))
    assert first.x - pages.LEFT == pytest.approx(2 * pages.CHARACTER, abs=0.05)
    assert len(first.characters) == 26


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(printed: PrintedPdf) -> None:
    for page in range(1, len(printed) + 1):
        number = printed.page_number(page)
        first, *_digits, last = number.characters
        assert number.text == f"—{page}—"
        assert first.size == pytest.approx(14, abs=0.01)
        below = (first.middle - pages.BOTTOM) / pages.MILLIMETRE
        assert below == pytest.approx(7, abs=0.6)
        if page % 2:
            assert 14 < pages.RIGHT - last.x <= 28
        else:
            assert first.x - pages.LEFT == pytest.approx(14, abs=1)


def test_all_speeches_are_printed_in_their_order(printed: PrintedPdf) -> None:
    body = "".join(re.sub(r"—\d+—$", "", text) for text in printed.texts[2:])
    position = 0
    for piece in digest().speeches:
        for words in (piece.title, composition.byline_of(piece), *(b.text for b in piece.blocks)):
            found = body.find(squeezed(words), position)
            assert found >= position, words
            position = found


def test_the_front_tells_meeting_note_and_signature(printed: PrintedPdf) -> None:
    lines = [line.text for line in printed.lines(1)]
    assert "".join(lines[:2]) == digest().title
    assert lines[2:4] == ["（发言摘登）", "（2026年3月5日至6日云岭省青禾市）"]
    assert lines[4].startswith("编者按：3月5日")
    assert lines[-2:] == ["云岭省政协办公厅", "2026年3月9日"]
    for line in printed.lines(1)[-2:]:
        right = line.characters[-1].x + pages.CHARACTER
        assert pages.RIGHT - right == pytest.approx(2 * pages.CHARACTER, abs=1)


def test_the_contents_name_the_page_of_each_speech(printed: PrintedPdf) -> None:
    for piece in digest().speeches:
        title = squeezed(piece.title)
        told = re.search(re.escape(title) + r"(\d+)", printed.texts[1])
        assert told, title
        assert title in printed.texts[int(told[1]) - 1]


def test_no_line_starts_or_ends_with_a_forbidden_mark(printed: PrintedPdf) -> None:
    lines = [line.text for page in range(1, len(printed)) for line in printed.lines(page)]
    assert len(lines) > 200
    assert [line for line in lines if line[0] in pages.CLOSING] == []
    assert [line for line in lines if line[-1] in pages.OPENING] == []


def test_dashes_and_ellipses_are_not_torn(printed: PrintedPdf) -> None:
    lines = [line.text for page in range(1, len(printed)) for line in printed.lines(page)]
    for mark in "—…":
        assert [
            line for line in lines if line.startswith(mark) and not line.startswith(2 * mark)
        ] == []
        assert all(len(run) % 2 == 0 for line in lines for run in re.findall(f"{mark}+", line))


def test_full_lines_end_at_the_right_margin(printed: PrintedPdf) -> None:
    lines = [line for page in text_pages(printed) for line in printed.lines(page)]
    goes_on = [
        line
        for line, below in pairwise(lines)
        if below.x == pytest.approx(pages.LEFT, abs=4) and line.x < pages.LEFT + 40
    ]
    assert len(goes_on) > 100
    assert sum(line.is_flush for line in goes_on) >= 0.9 * len(goes_on)


def test_words_in_a_paragraph_keep_their_look(printed: PrintedPdf) -> None:
    body, size = printed.look("工作中有三点体会")
    bold, _size = printed.look("党的领导是根本")
    lowered = printed.look("2排放下降")
    assert "Serif" in body or "Fang" in body
    assert bold != body
    assert lowered[1] < size


def test_each_speech_is_a_bookmark_on_its_page(printed: PrintedPdf) -> None:
    top = [(title, page) for title, level, page in printed.outline() if level == 0]
    titles = [single_line(piece.title) for piece in digest().speeches]
    assert [title for title, _page in top] == [*titles, composition.ATTACHMENT_TITLE]
    for title, page in top:
        assert squeezed(title) in printed.texts[page - 1]
    assert "四、几点体会" in [title for title, level, _page in printed.outline() if level == 1]


def test_the_file_is_tagged_chinese_and_archivable(content: bytes) -> None:
    assert b"/StructTreeRoot" in content
    assert b"/Lang(zh-CN)" in content.replace(b" ", b"")
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_every_font_is_embedded(content: bytes) -> None:
    descriptors = re.findall(rb"/Type\s*/FontDescriptor.*?>>", content, re.DOTALL)
    assert descriptors
    assert all(b"/FontFile" in descriptor for descriptor in descriptors)


def test_title_author_and_keywords_are_the_documents(printed: PrintedPdf) -> None:
    told = printed.document.get_metadata_dict()
    assert told["Title"] == digest().title
    assert told["Author"] == "云岭省政协办公厅"
    assert told["Keywords"] == "党的建设, 基层协商"
    assert told["CreationDate"].startswith("D:20260309")


def test_equal_documents_give_equal_bytes(content: bytes) -> None:
    assert pdf.render(digest()) == content


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_as_it_is(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    document = digest(
        title=text,
        host=text,
        editors_note=text,
        speeches=(speech(1, f"<p>{escaped}</p>", title=text, byline=text),),
        work_items=(work_item(title=text, organization=text),),
    )
    printed = PrintedPdf(pdf.render(document))
    words = squeezed(text)
    places = [printed.texts[0], printed.texts[0], printed.texts[1], printed.texts[2]]
    assert all(words in place for place in places)
    assert printed.texts[2].count(words) == 3
    assert "root:" not in "".join(printed.texts)


@pytest.mark.parametrize(
    "name", ["阿卜杜热西提·吐尔逊江", "巴莫曲布嫫", "胡　革", "朱镕㛃", "王喆翀"]
)
def test_long_and_rare_names_are_printed_whole(name: str) -> None:
    document = digest(
        speeches=(speech(1, "<p>好。</p>", byline=f"青禾市政协　{name}", title=f"{name}的发言"),)
    )
    texts = PrintedPdf(pdf.render(document)).texts
    assert all(squeezed(name) in text for text in texts[1:3])


def test_private_use_characters_are_left_out_and_named() -> None:
    made = registry.export(digest(speeches=(speech(1, "<p>政\ue000协</p>", title="说"),)), "pdf")
    assert "政协" in PrintedPdf(made.content).texts[2]
    assert any("U+E000" in notice and "“说”" in notice for notice in made.notices)


def test_a_missing_glyph_is_refused_with_its_place() -> None:
    pieces = (speech(1), speech(2, "<p>藏文ཀ在此</p>", title="说说文字"))
    with pytest.raises(ExportRefused) as refused:
        pdf.render(digest(speeches=pieces))
    assert str(refused.value) == "第 2 篇“说说文字”：字体中缺少字符 “ཀ”（U+0F40）。"


def test_a_missing_glyph_in_work_or_meeting_is_named_too() -> None:
    with pytest.raises(ExportRefused, match=r"会议信息：.*U\+0F40"):
        pdf.render(digest(place="ཀ"))
    with pytest.raises(ExportRefused, match=r"第 1 项亮点工作“ཀ”：.*U\+0F40"):
        pdf.render(digest(work_items=(work_item(title="ཀ"),)))


def test_a_compiler_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "TIME_LIMIT", 0.001)
    with pytest.raises(ExportRefused, match="PDF 未能在 0 秒内生成"):
        pdf.render(digest())


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("#panic()", "panicked"),
        (
            '#set document(title: "T")\n#set text(font: "No Such Font")\nwords',
            "unknown font family",
        ),
        ("#let words = (", "unclosed delimiter"),
    ],
)
def test_what_the_compiler_objects_to_is_told(
    template: str, reason: str, tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "templates" / "exports"
    folder.mkdir(parents=True)
    (folder / "digest.typ").write_text(template, encoding="utf-8")
    settings.BASE_DIR = tmp_path
    with pytest.raises(ExportRefused, match=f"无法生成 PDF：.*{reason}"):
        pdf.render(digest())


def test_a_compiler_that_dies_silently_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.setattr(typesetting, "_WORKER", worker)
    with pytest.raises(ExportRefused, match="无法生成 PDF：7"):
        pdf.render(digest())


def test_a_digest_of_nothing_but_a_title_is_a_pdf() -> None:
    bare = digest(
        speeches=(),
        work_items=(),
        editors_note="",
        host="",
        source="",
        subtitle="",
        start_date=None,
        end_date=None,
        place="",
        published_on=None,
    )
    printed = PrintedPdf(pdf.render(bare))
    assert squeezed(bare.title) + "目录" in printed.texts[0]
    assert "Author" not in {k for k, v in printed.document.get_metadata_dict().items() if v}


def test_short_speeches_share_a_page() -> None:
    pieces = tuple(speech(n, "<p>我发言完了。</p>") for n in (1, 2, 5))
    printed = PrintedPdf(pdf.render(digest(speeches=pieces, work_items=(), editors_note="")))
    assert len(printed) == 2
    assert all(squeezed(piece.title) in printed.texts[1] for piece in pieces)


def test_a_row_of_work_is_not_torn_over_two_pages() -> None:
    figures = tuple(
        DigestFigure(f"走访{n}户", "走访", "户", n, n, "exact", "result") for n in range(1, 11)
    )
    items = tuple(work_item(n, title=f"第{n}件实事", figures=figures) for n in range(1, 8))
    printed = PrintedPdf(pdf.render(digest(speeches=(speech(1, "<p>好。</p>"),), work_items=items)))
    for item in items:
        page = next(text for text in printed.texts[2:] if item.title in text)
        after = page.split(item.title)[1]
        assert all(figure.printed in after for figure in figures)


def test_a_row_longer_than_a_page_is_printed_to_its_end() -> None:
    figures = tuple(
        DigestFigure(f"走访{n}户", "走访", "户", n, n, "exact", "result") for n in range(1, 101)
    )
    document = digest(work_items=(work_item(figures=figures),))
    text = "".join(PrintedPdf(pdf.render(document)).texts)
    assert all(figure.printed in text for figure in figures)


def test_no_paragraph_ends_with_a_line_of_one_character() -> None:
    lengths = [26 + 28 * lines + 1 for lines in range(1, 12)]
    html = "".join(f"<p>{'永' * length}</p>" for length in lengths)
    printed = PrintedPdf(pdf.render(digest(speeches=(speech(1, html),))))
    lines = [line for page in text_pages(printed) for line in printed.lines(page)]
    last = [line for line in lines if set(line.text) == {"永"} and len(line.characters) < 20]
    assert len(last) == len(lengths)
    assert min(len(line.characters) for line in last) == 2


def test_substitute_fonts_and_unreadable_pictures_are_told() -> None:
    told = pdf.notices(digest())
    assert any("仿宋" in notice for notice in told)
    assert told[-1] == "有 1 幅图片无法读取，只印图片说明。"


@pytest.fixture
def photograph(settings: Settings, tmp_path: Path) -> str:
    """A stored picture wider than the text, in its figure."""
    settings.MEDIA_ROOT = tmp_path
    name = default_storage.save("湖.png", ContentFile(png(1400, 700)))
    return f'<figure><img src="/media/{quote(name)}"><figcaption>白鹭湖</figcaption></figure>'


def test_a_picture_is_printed_with_its_caption(photograph: str) -> None:
    document = digest(speeches=(speech(1, f"<p>如图。</p>{photograph}<p>完毕。</p>"),))
    content = pdf.render(document)
    printed = PrintedPdf(content)
    (picture,) = printed.pictures(3)
    assert picture.width == pytest.approx(pages.RIGHT - pages.LEFT, abs=0.5)
    assert picture.height == pytest.approx(picture.width / 2, abs=0.5)
    assert "如图。白鹭湖完毕。" in printed.texts[2]
    assert b"/Alt" in content
    assert pdf.render(document) == content
    assert not any("图片" in notice for notice in pdf.notices(document))


def test_text_below_a_picture_is_on_the_grid(photograph: str) -> None:
    text = f"<p>{'永' * 26}</p>{photograph}<p>{'永' * 26}</p>"
    printed = PrintedPdf(pdf.render(digest(speeches=(speech(1, text),), work_items=())))
    above, below = (line for line in printed.lines(3) if line.text.startswith("永"))
    distance = (below.characters[0].y - above.characters[0].y) / pages.LINE
    assert distance == pytest.approx(round(distance), abs=0.02)
