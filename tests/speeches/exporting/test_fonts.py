from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from speeches.exporting import fonts, pdf
from speeches.exporting.typography import Face
from tests.speeches.exporting.pages import PrintedPdf
from tests.speeches.exporting.samples import digest, speech

EM = 1000


def font_file(path: Path, family: str, characters: Iterable[str], weight: int = 400) -> Path:
    """Draw a font whose every character is a square, and store it."""
    pen = TTGlyphPen(None)
    corners = ((100, 0), (100, 800), (900, 800), (900, 0))
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    names = {ord(c): f"u{ord(c):04X}" for c in characters}
    builder = FontBuilder(EM, isTTF=True)
    glyphs = [".notdef", *names.values()]
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(glyphs, square))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (EM, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        {"familyName": family, "styleName": "Regular", "psName": f"Squares{weight}"}
    )
    builder.setupOS2(usWeightClass=weight, sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    builder.save(path)
    return path


@pytest.fixture
def office_fonts(tmp_path, settings) -> Callable[..., None]:
    """Put a font into the office's own folder."""
    settings.FONT_DIRS = [str(tmp_path)]

    def put(family: str, characters: str, weight: int = 400) -> None:
        font_file(tmp_path / f"{family}-{weight}.ttf", family, characters, weight)

    return put


def families(face: Face) -> list[str]:
    return [font.family for font in fonts.face_fonts()[face].fonts]


def test_noto_stands_for_every_face_where_an_office_has_no_fonts():
    assert {face: families(face) for face in Face} == {
        Face.TITLE: ["Noto Serif SC"],
        Face.BODY: ["Noto Serif SC"],
        Face.KAI: ["Noto Serif SC"],
        Face.HEI: ["Noto Sans SC"],
        Face.SONG: ["Noto Serif SC"],
    }
    assert len(fonts.notices()) == 3


def test_an_offices_own_font_comes_first_and_noto_stands_behind(office_fonts):
    office_fonts("仿宋_GB2312", "政协")
    assert families(Face.BODY) == ["仿宋_GB2312", "Noto Serif SC"]
    assert [notice for notice in fonts.notices() if "仿宋" in notice] == []
    assert fonts.missing_characters("政协委员", Face.BODY) == ()
    assert fonts.missing_characters("政\uf8ff 协", Face.BODY) == ("\uf8ff",)


def test_the_better_of_two_fonts_is_taken(office_fonts):
    office_fonts("FandolKai", "政")
    office_fonts("楷体_GB2312", "政")
    assert families(Face.KAI)[0] == "楷体_GB2312"


def test_the_bold_cut_of_fandol_stands_for_the_title_face(office_fonts):
    office_fonts("FandolSong", "政", weight=400)
    office_fonts("FandolSong", "政", weight=700)
    found = fonts.face_fonts()[Face.TITLE]
    assert (found.weight, found.fonts[0].weight) == (700, 700)
    assert not found.is_substitute


def test_fandol_leaves_its_colliding_marks_to_noto(office_fonts):
    office_fonts("FandolFang R", "政协？")
    assert "？" in fonts.face_fonts()[Face.BODY].borrowed
    assert fonts.face_fonts()[Face.HEI].borrowed == ""


def test_what_an_offices_font_lacks_is_printed_all_the_same(office_fonts):
    office_fonts("FandolFang R", "政协？")
    document = digest(speeches=(speech(1, "<p>政协委员？好！</p>"),), work_items=())
    content = pdf.render(document)
    assert b"+Squares400" in content
    assert "政协委员？好！" in PrintedPdf(content).texts[2]
    assert [notice for notice in pdf.notices(document) if "仿宋" in notice] == []


def test_a_folder_that_is_not_there_is_no_harm(settings, tmp_path):
    settings.FONT_DIRS = [str(tmp_path / "nowhere")]
    assert families(Face.BODY) == ["Noto Serif SC"]
