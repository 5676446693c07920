import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from lxml import etree
from openxml_audit import OpenXmlValidator
from pytest_django.fixtures import Settings

from speeches.exporting import registry
from speeches.exporting.composition import ATTACHMENT_TITLE
from speeches.exporting.document import DigestDocument
from speeches.exporting.docx import EXPORTER, render
from speeches.exporting.docx_styles import LINE
from speeches.exporting.titles import single_line
from tests.speeches.exporting.pictures import png
from tests.speeches.exporting.samples import digest, speech, work_item

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {"w": WORD.strip("{}")}
HOSTILE = ("</w:t><w:b/>", "&amp; <br> ]]>", "{{ x }} {% y %}", "=cmd|'/C calc'!A0", "'\"\\")


class Package:
    """A Word file opened for questions in XPath."""

    def __init__(self, content: bytes) -> None:
        self.parts = zipfile.ZipFile(io.BytesIO(content))

    def find(self, query: str, part: str = "document") -> list:
        root = etree.fromstring(self.parts.read(f"word/{part}.xml"))
        return root.xpath(query, namespaces=NAMES)

    def paragraphs(self, style: str) -> list[str]:
        """The words of each paragraph of a style; a line break is one character."""
        found = self.find(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")
        return [words_of(paragraph) for paragraph in found]

    def style(self, identifier: str, query: str) -> list:
        return self.find(f"//w:style[@w:styleId='{identifier}']/{query}", "styles")


def words_of(paragraph: etree._Element) -> str:
    signs = {f"{WORD}br": "\n", f"{WORD}tab": "\t"}
    return "".join(
        element.text or "" if element.tag == f"{WORD}t" else signs[element.tag]
        for element in paragraph.iter(f"{WORD}t", *signs)
        if element.getparent().tag == f"{WORD}r"
    )


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(digest())


@pytest.fixture(scope="module")
def package(content: bytes) -> Package:
    return Package(content)


def contents_of(document: DigestDocument) -> list[tuple[str, int]]:
    """The titles of the contents with their pages."""
    entries = Package(render(document)).paragraphs("TOC1")
    return [(title, int(page)) for title, page in (entry.split("\t") for entry in entries)]


def audit(content: bytes, folder: Path) -> list[str]:
    path = folder / "digest.docx"
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def test_page_and_margins_are_those_of_the_standard(package: Package) -> None:
    (size,) = package.find("//w:sectPr/w:pgSz")
    (margins,) = package.find("//w:sectPr/w:pgMar")
    assert (size.get(f"{WORD}w"), size.get(f"{WORD}h")) == ("11906", "16838")
    sides = [margins.get(f"{WORD}{side}") for side in ("top", "bottom", "left", "right")]
    assert sides == ["2098", "1984", "1587", "1474"]


def test_the_grid_has_22_lines(package: Package) -> None:
    assert package.find("//w:sectPr/w:docGrid/@w:type") == ["lines"]
    assert package.find("//w:sectPr/w:docGrid/@w:linePitch") == ["579"]
    height = 16838 - 2098 - 1984
    assert height // 579 == 22


@pytest.mark.parametrize("style", ["Normal", "BodyText", "Title", "Byline", "Heading2", "TOC1"])
def test_lines_of_text_are_exactly_one_of_the_grid(package: Package, style: str) -> None:
    (spacing,) = package.style(style, "w:pPr/w:spacing")
    assert spacing.get(f"{WORD}line") == "579"
    assert spacing.get(f"{WORD}lineRule") == "exact"


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    [
        ("Title", "方正小标宋简体", "44"),
        ("Heading1", "方正小标宋简体", "44"),
        ("BodyText", "仿宋_GB2312", "32"),
        ("Heading2", "黑体", "32"),
        ("Heading3", "楷体_GB2312", "32"),
        ("Heading4", "仿宋_GB2312", "32"),
        ("Heading5", "仿宋_GB2312", "32"),
        ("Byline", "楷体_GB2312", "32"),
        ("Footer", "宋体", "28"),
        ("AttachmentMark", "黑体", "32"),
    ],
)
def test_styles_name_the_official_fonts(
    package: Package, style: str, font: str, half_points: str
) -> None:
    assert package.style(style, "w:rPr/w:rFonts/@w:eastAsia") == [font]
    assert package.style(style, "w:rPr/w:sz/@w:val") == [half_points]
    assert package.style(style, "w:rPr/w:b/@w:val") == ["0"]


def test_the_body_is_condensed_indented_and_justified(package: Package) -> None:
    assert package.style("BodyText", "w:rPr/w:spacing/@w:val") == ["-5"]
    assert package.style("BodyText", "w:pPr/w:ind/@w:firstLineChars") == ["200"]
    assert package.style("BodyText", "w:pPr/w:jc/@w:val") == ["both"]


def test_every_style_in_use_is_defined(package: Package) -> None:
    defined = set(package.find("//w:style/@w:styleId", "styles"))
    used = {
        v for kind in ("pStyle", "rStyle", "tblStyle") for v in package.find(f"//w:{kind}/@w:val")
    }
    assert used <= defined


def test_the_front_has_title_occasion_note_and_signature(package: Package) -> None:
    assert package.paragraphs("Title") == ["全省政协系统党的建设\n暨宣传思想工作经验交流会"]
    assert package.paragraphs("Subtitle") == ["（发言摘登）\n（2026年3月5日至6日　云岭省青禾市）"]
    assert package.paragraphs("EditorsNote")[0].startswith("编者按：3月5日至6日，")
    assert package.paragraphs("Signature") == ["云岭省政协办公厅", "2026年3月9日"]


def test_the_contents_are_filled_and_will_be_updated(package: Package) -> None:
    titles = [entry.split("\t")[0] for entry in package.paragraphs("TOC1")]
    speeches = digest().speeches
    assert titles == [*(single_line(piece.title) for piece in speeches), ATTACHMENT_TITLE]
    assert package.paragraphs("TOC2") == [single_line(piece.byline) for piece in speeches]
    (field,) = package.find("//w:fldChar[@w:dirty='true']")
    instruction = field.getparent().getnext()
    assert 'TOC \\o "1-1"' in "".join(instruction.itertext())


def test_every_entry_of_the_contents_leads_to_its_title(package: Package) -> None:
    for link in package.find("//w:hyperlink[not(ancestor::w:p/w:pPr/w:pStyle/@w:val='TOC2')]"):
        name = link.get(f"{WORD}anchor")
        (mark,) = package.find(f"//w:bookmarkStart[@w:name='{name}']")
        title = words_of(mark.getparent()).replace("\n", "")
        assert "".join(words_of(link).split("\t")[0].split()) == "".join(title.split())
        assert f"PAGEREF {name} \\h" in "".join(link.itertext())


@pytest.mark.parametrize(
    ("lines", "pages_of_a_speech"),
    [(41, 2), (42, 3), (63, 3), (64, 4)],
    ids=["two pages full", "one line more", "three pages full", "one line more again"],
)
def test_the_contents_know_the_pages_of_long_speeches(lines: int, pages_of_a_speech: int) -> None:
    """A page has 22 lines; title, signature and a blank line take three."""
    text = "永" * (28 * lines - 2)
    pieces = tuple(
        speech(n, f"<p>{text}</p>", title=f"标题{n}", byline="青禾市政协") for n in (1, 2, 3)
    )
    told = contents_of(digest(speeches=pieces, work_items=(work_item(),)))
    first = 3
    begins = [first + pages_of_a_speech * n for n in range(4)]
    assert [page for _title, page in told] == begins


def test_the_contents_know_that_short_speeches_share_a_page() -> None:
    """Four lines a speech and two between them: four speeches fill the 22 lines of a page."""
    pieces = tuple(
        speech(n, "<p>我发言完了。</p>", title=f"标题{n}", byline="青禾市政协") for n in range(1, 7)
    )
    told = contents_of(digest(speeches=pieces, work_items=()))
    assert [page for _title, page in told] == [3, 3, 3, 3, 4, 4]


def test_odd_and_even_pages_have_their_own_number(package: Package) -> None:
    assert len(package.find("//w:evenAndOddHeaders", "settings")) == 1
    assert package.find("//w:footerReference/@w:type") == ["default", "even"]
    for part, style, side in (("footer1", "Footer", "right"), ("footer2", "FooterEven", "left")):
        (paragraph,) = package.find("//w:p", part)
        assert words_of(paragraph) == "— 1 —"
        assert package.find("//w:instrText/text()", part) == [" PAGE "]
        assert package.find("//w:pStyle/@w:val", part) == [style]
        assert package.style(style, "w:pPr/w:jc/@w:val") == [side]
        assert package.style(style, f"w:pPr/w:ind/@w:{side}Chars") == ["100"]


def test_speeches_start_pages_with_title_and_signature(package: Package) -> None:
    titles = package.find("//w:p[w:pPr/w:pStyle/@w:val='Heading1']")
    assert len(titles) == 7
    assert all(title.find(f"{WORD}pPr/{WORD}pageBreakBefore") is not None for title in titles[:-1])
    assert package.paragraphs("Byline")[0] == "云岭省政协经济委员会分党组书记、主任　温明远"


def test_run_in_headings_change_the_face_and_end_with_their_sentence(package: Package) -> None:
    runs = package.find("//w:r[w:rPr/w:rStyle/@w:val='HeiClause']/w:t/text()")
    assert "一、突出政治引领，筑牢共同奋斗的思想基础。" in runs
    assert "（一）把准选题方向。" in package.find(
        "//w:r[w:rPr/w:rStyle/@w:val='KaiClause']/w:t/text()"
    )
    assert package.paragraphs("Heading2") == ["四、几点体会"]


def test_rich_text_keeps_its_shape(package: Package) -> None:
    assert package.paragraphs("ListParagraph") == [
        "1.坚持问题导向。",
        "2.坚持结果导向。",
        "•年初有计划；",
    ]
    assert package.paragraphs("Quote")[0].startswith("协商民主是")
    assert package.paragraphs("Caption") == ["（图片：委员在白鹭湖调研）"]
    assert package.paragraphs("BodyRight") == ["（根据发言录音整理）"]
    assert package.paragraphs("BodyCentred") == ["＊＊＊"]
    assert package.find("//w:r[w:rPr/w:vertAlign/@w:val='superscript']/w:t/text()") == ["4"]
    assert package.find("//w:r[w:rPr/w:vertAlign/@w:val='subscript']/w:t/text()") == ["2"]
    assert package.find("//w:r[w:rPr/w:u]/w:t/text()") == ["履职为民"]


def test_tables_are_rectangles_with_a_repeated_head(content: bytes) -> None:
    told, _work = docx.Document(io.BytesIO(content)).tables
    cells = [[cell.text for cell in row.cells] for row in told.rows]
    assert cells == [
        ["年份", "提案（件）", "办结率"],
        ["2024", "212", "98.1%"],
        ["2025", "236", ""],
    ]
    assert told.rows[0]._tr.trPr.find(f"{WORD}tblHeader") is not None


def test_work_is_an_attachment_with_its_figures_as_printed(
    content: bytes, package: Package
) -> None:
    assert package.paragraphs("AttachmentMark") == ["附件"]
    work = docx.Document(io.BytesIO(content)).tables[-1]
    cells = [[cell.text for cell in row.cells] for row in work.rows]
    assert cells == [
        ["序号", "亮点工作", "单位", "数据（按原文）"],
        [
            "1",
            "协商议事室建到群众家门口（2025年）",
            "青禾市政协",
            "提交提案19件\n乡镇（街道）76个\n帮扶资金400多万元（累计）",
        ],
        ["2", "白鹭湖流域生态修复专项民主监督", "白鹭县政协", "计划投资50.4亿元（目标）"],
    ]
    assert all(row._tr.trPr.find(f"{WORD}cantSplit") is not None for row in work.rows)


def test_nothing_of_a_speech_is_lost(package: Package) -> None:
    told = "".join(package.find("//w:t/text()"))
    for piece in digest().speeches:
        for block in piece.blocks:
            assert block.text in told
            assert all(cell in told for row in block.rows for cell in row)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_as_it_is(text: str, tmp_path: Path) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    document = digest(
        editors_note=text,
        host=text,
        speeches=(speech(1, f"<p>{escaped}</p>"),),
        work_items=(work_item(organization=text),),
    )
    content = render(document)
    package = Package(content)
    assert package.paragraphs("BodyText") == [text]
    assert package.paragraphs("EditorsNote") == [f"编者按：{text}"]
    assert package.paragraphs("Signature")[0] == text
    assert text in package.paragraphs("TableText")
    assert audit(content, tmp_path) == []


def test_characters_that_xml_forbids_are_left_out_and_named() -> None:
    broken = replace(speech(1), title="标\x00题\x0b\ufffe一\ud800")
    made = registry.export(digest(speeches=(broken,)), "docx")
    assert Package(made.content).paragraphs("Heading1")[0] == "标题一"
    named = "第 1 篇“标题一”：已略去无法印刷的字符 U+0000、U+000B、U+D800、U+FFFE"
    assert named in made.notices


def test_equal_documents_give_equal_bytes(content: bytes) -> None:
    assert render(digest()) == content


def test_a_full_digest_passes_the_audit(content: bytes, tmp_path: Path) -> None:
    assert audit(content, tmp_path) == []


def test_a_bare_digest_passes_the_audit(tmp_path: Path) -> None:
    bare = digest(
        speeches=(),
        work_items=(),
        editors_note="",
        subtitle="",
        kicker="深入学习贯彻全省政协工作会议精神",
        host="",
        source="",
        start_date=None,
        end_date=None,
        place="",
        published_on=None,
    )
    content = render(bare)
    assert audit(content, tmp_path) == []
    assert Package(content).paragraphs("Kicker") == ["深入学习贯彻全省政协工作会议精神"]
    assert Package(content).paragraphs("Subtitle") == []


def test_a_note_with_an_opening_of_its_own_has_no_second_label() -> None:
    document = digest(editors_note="编者的话：\n\n现摘登如下。", host="", published_on=None)
    package = Package(render(document))
    assert package.paragraphs("EditorsNote") == ["编者的话：", "现摘登如下。"]
    assert package.paragraphs("Signature") == []


def test_a_speech_without_signature_or_text_is_a_title(tmp_path: Path) -> None:
    empty = speech(6, "", byline="", organization="", posts=(), speakers=())
    content = render(digest(speeches=(empty,), work_items=()))
    assert Package(content).paragraphs("Byline") == []
    assert Package(content).paragraphs("TOC2") == []
    assert audit(content, tmp_path) == []


def test_properties_are_the_documents_own(content: bytes) -> None:
    told = docx.Document(io.BytesIO(content)).core_properties
    assert told.title == digest().title
    assert told.author == "云岭省政协办公厅"
    assert told.keywords == "党的建设，基层协商"
    assert told.identifier == "a" * 64
    assert f"{told.created:%Y-%m-%d}" == "2026-03-09"


def test_no_relation_leads_nowhere(package: Package) -> None:
    names = set(package.parts.namelist())
    relations = package.parts.read("word/_rels/document.xml.rels").decode()
    targets = re.findall(r'Target="([^"]+)"', relations)
    assert targets
    assert {f"word/{target}" for target in targets} <= names
    assert "stylesWithEffects" not in relations


def test_pictures_that_cannot_be_read_are_told() -> None:
    assert EXPORTER.notices(digest()) == ("有 1 幅图片无法读取，只印图片说明。",)
    assert EXPORTER.notices(digest(speeches=(speech(1),))) == ()


@pytest.fixture
def illustrated(settings: Settings, tmp_path: Path) -> DigestDocument:
    """A speech with two pictures, the first of them twice; one has no words."""
    settings.MEDIA_ROOT = tmp_path / "media"
    names = [
        default_storage.save("a.png", ContentFile(png(1400, 700))),
        default_storage.save("b.png", ContentFile(png(60, 30, "RGBA"))),
    ]
    wide = f'<figure><img src="/media/{names[0]}"><figcaption>白鹭湖</figcaption></figure>'
    small = f'<p><img src="/media/{names[1]}"></p>'
    return digest(speeches=(speech(1, f"<p>如图。</p>{wide}{small}{wide}<p>完毕。</p>"),))


def test_pictures_stand_in_the_text_with_words_for_those_who_cannot_see(
    illustrated: DigestDocument, tmp_path: Path
) -> None:
    content = render(illustrated)
    shapes = docx.Document(io.BytesIO(content)).inline_shapes
    sides = [(shape.width.mm, shape.height.mm) for shape in shapes]
    assert sides == [pytest.approx(s, abs=0.01) for s in ((156, 78), (10.16, 5.08), (156, 78))]
    package = Package(content)
    described = "//*[local-name()='docPr']/@*[name()='descr' or name()='id']"
    assert package.find(described) == ["1", "白鹭湖", "2", "图片", "3", "白鹭湖"]
    assert package.paragraphs("Caption") == ["白鹭湖", "白鹭湖"]
    stored = [name for name in package.parts.namelist() if "media" in name]
    assert stored == ["word/media/picture1.jpg", "word/media/picture2.png"]
    assert audit(content, tmp_path) == []
    assert render(illustrated) == content
    assert EXPORTER.notices(illustrated) == ()


def test_a_picture_fills_whole_lines_and_stays_with_its_caption(
    illustrated: DigestDocument,
) -> None:
    package = Package(render(illustrated))
    heights = package.find("//w:p[w:pPr/w:pStyle/@w:val='Picture']/w:pPr/w:spacing/@w:line")
    assert [int(height) % LINE for height in heights] == [0, 0, 0]
    kept = package.find("//w:p[w:pPr/w:keepNext and w:pPr/w:pStyle/@w:val='Picture']")
    assert len(kept) == 2
