import re

import pytest

from speeches.exceptions import ExportRefused
from speeches.exporting.registry import EXPORTERS, export
from tests.speeches.exporting.samples import digest, speech

OPENINGS = {
    "docx": b"PK\x03\x04",
    "pdf": b"%PDF-",
    "newspaper": b"%PDF-",
    "wechat": b"<!DOCTYPE html>",
    "epub": b"PK\x03\x04",
    "html": b"<!DOCTYPE html>",
    "text": "全省".encode(),
    "markdown": b"---\n",
    "xlsx": b"PK\x03\x04",
    "csv": b"\xef\xbb\xbf",
    "figures": b"\xef\xbb\xbf",
    "akn": b"<?xml",
    "popolo": b"{",
    "json": b"{",
}


@pytest.fixture
def short():
    return digest(speeches=(speech(1, "<p>我发言完了。</p>"),), work_items=())


@pytest.mark.parametrize("name", OPENINGS)
def test_every_form_is_what_it_says(name, short):
    made = export(short, name)
    assert made.content.startswith(OPENINGS[name])
    assert made.media_type == EXPORTERS[name].media_type
    exporter = EXPORTERS[name]
    assert made.filename == f"{short.title}发言摘编{exporter.variant}.{exporter.extension}"


def test_no_two_forms_give_a_file_the_same_name(short):
    names = [export(short, name).filename for name in EXPORTERS]
    assert len(set(names)) == len(names)


def test_the_forms_are_named_in_chinese():
    assert set(EXPORTERS) == set(OPENINGS)
    assert all(re.search("[一-龥]", str(exporter.label)) for exporter in EXPORTERS.values())


def test_an_unknown_form_is_refused_with_those_that_exist(short):
    with pytest.raises(ExportRefused) as refused:
        export(short, "wps")
    assert str(refused.value) == f"没有“wps”这种格式，可用的有：{'、'.join(EXPORTERS)}。"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd发言摘编.json"),
        ('会议:"甲"<乙>|丙?*', "会议 甲 乙 丙发言摘编.json"),
        ("第一行\r\n第二行", "第一行 第二行发言摘编.json"),
        (" . ", "发言摘编.json"),
        ("甲\x00\u202e乙", "甲乙发言摘编.json"),
    ],
)
def test_the_name_of_the_file_is_safe(title, name):
    assert export(digest(title=title), "json").filename == name


def test_the_name_of_the_file_fits_every_file_system():
    assert len(export(digest(title="会" * 300), "docx").filename.encode()) <= 255


def test_substitutes_for_official_faces_are_told(short):
    told = export(short, "pdf").notices
    for face in ("小标宋", "仿宋", "楷体"):
        notice = (
            f"没有找到{face}字体，暂以 Noto Serif SC 代替。请把字体放入 FONT_DIRS 指定的文件夹。"
        )
        assert notice in told
    assert not any("没有找到黑体" in notice or "没有找到宋体" in notice for notice in told)
    assert export(short, "markdown").notices == ()
