"""What Word prints before list paragraphs, by definitions that this file writes itself."""

import pytest

from speeches.parsing.reading import docx
from speeches.parsing.reading.docx_formats import FORMATS
from tests.speeches.parsing.reading.test_docx import W, p, package


def level(depth, text, form="decimal", start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(abstract, lists):
    return f"<w:numbering {W}>{abstract}{lists}</w:numbering>"


def abstract(levels, more=""):
    return f'<w:abstractNum w:abstractNumId="1">{more}{levels}</w:abstractNum>'


def num(number, override=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{override}</w:num>'


def item(text, number=5, depth=0):
    return p(
        text,
        f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>',
    )


def lines(body, definitions, **parts):
    return docx.read(package(body, numbering=definitions, **parts)).text.split("\n")


def test_lists_of_one_definition_share_their_count_unless_one_begins_anew():
    levels = abstract(level(0, "%1、", "chineseCounting"))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    definitions = numbering(levels, num(5) + num(6) + num(7, anew))
    body = item("甲") + item("乙", 6) + item("丙", 7) + item("丁", 7)
    assert lines(body, definitions) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_a_list_replaces_a_level():
    other = (
        f'<w:lvlOverride w:ilvl="0">{level(0, "第%1条　", "chineseCounting", 3)}</w:lvlOverride>'
    )
    definitions = numbering(abstract(level(0, "%1.")), num(5, other))
    assert lines(item("甲") + item("乙"), definitions) == ["第三条　甲", "第四条　乙"]


def test_a_level_may_go_on_over_a_higher_one_and_print_legal_numbers():
    levels = abstract(
        level(0, "%1、", "chineseCounting")
        + level(1, "%1.%2 ", more='<w:lvlRestart w:val="0"/><w:isLgl/>')
    )
    body = item("甲") + item("乙", depth=1) + item("丙") + item("丁", depth=1)
    assert lines(body, numbering(levels, num(5))) == ["一、甲", "1.1 乙", "二、丙", "2.2 丁"]


def test_a_style_brings_its_list_and_level_along():
    levels = abstract(
        level(0, "%1、", "chineseCounting") + level(1, "（%2）", more='<w:pStyle w:val="small"/>')
    )
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="big"><w:pPr><w:numPr>'
        '<w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="small"><w:basedOn w:val="big"/></w:style>'
        "</w:styles>"
    )
    body = "".join(
        p(text, f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')
        for text, style in (("甲", "big"), ("乙", "small"), ("丙", "small"))
    ) + p("丁", '<w:pPr><w:pStyle w:val="big"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
    told = lines(body, numbering(levels, num(5)), styles=styles)
    assert told == ["一、甲", "（1）乙", "（2）丙", "丁"]


def test_a_definition_may_name_a_list_style():
    linked = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="s"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="s"/>'
        f"{level(0, '%1)')}</w:abstractNum>"
    )
    assert lines(item("甲"), numbering(linked, num(5))) == ["1)甲"]


@pytest.mark.parametrize(
    ("form", "count", "printed"),
    [
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographLegalTraditional", 103, "壹佰零參"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("ideographZodiac", 3, "寅"),
        ("ideographEnclosedCircle", 1, "㊀"),
        ("ideographEnclosedCircle", 11, "十一"),
        ("ideographDigital", 20, "二〇"),
        ("taiwaneseDigital", 20, "二〇"),
        ("chineseCounting", 1024, "一〇二四"),
        ("lowerLetter", 3, "c"),
        ("upperRoman", 9, "IX"),
    ],
)
def test_ways_of_counting(form, count, printed):
    assert FORMATS[form](count) == printed
