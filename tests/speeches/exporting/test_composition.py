from datetime import date

import pytest

from speeches.exporting.composition import byline_of, compose, figure_words, occasion
from speeches.exporting.document import DigestFigure
from speeches.exporting.typography import Face
from speeches.textblocks import BlockKind
from tests.speeches.exporting.samples import digest, speech


def passages(html: str):
    (section,) = compose(digest(speeches=(speech(1, html),))).sections
    return section.passages


@pytest.mark.parametrize(
    ("start", "end", "place", "told"),
    [
        (date(2026, 3, 5), date(2026, 3, 6), "青禾市", "2026年3月5日至6日　青禾市"),
        (date(2026, 3, 31), date(2026, 4, 1), "", "2026年3月31日至4月1日"),
        (date(2025, 12, 31), date(2026, 1, 1), "", "2025年12月31日至2026年1月1日"),
        (date(2026, 3, 5), date(2026, 3, 5), "", "2026年3月5日"),
        (date(2026, 3, 5), None, "", "2026年3月5日"),
        (None, None, "青禾市", "青禾市"),
        (None, None, "", ""),
    ],
)
def test_when_and_where_are_written_without_repetition(start, end, place, told):
    assert occasion(digest(start_date=start, end_date=end, place=place)) == told


@pytest.mark.parametrize(
    ("printed", "thing", "claim", "words"),
    [
        ("提交提案19件", "提案", "result", "提交提案19件"),
        ("76个", "乡镇（街道）", "result", "乡镇（街道）76个"),
        ("50.4亿元", "", "target", "50.4亿元（目标）"),
        ("30余件", "", "cumulative", "30余件（累计）"),
        ("近百场次", "", "others", "近百场次（非本单位数据）"),
    ],
)
def test_figures_keep_their_printed_words(printed, thing, claim, words):
    figure = DigestFigure(printed, thing, "件", None, None, "exact", claim)
    assert figure_words(figure) == words


def test_the_signature_is_the_printed_one_or_what_is_known():
    assert byline_of(speech(4)) == "临溪区政协党组书记、主席　胡　革"
    known = speech(4, byline=" ", organization="青禾市政协", posts=("主席", "党组书记"))
    assert byline_of(known) == "青禾市政协主席、党组书记　胡　革"
    assert byline_of(speech(4, byline="", organization="", posts=(), speakers=())) == ""


def test_a_speech_without_title_is_headed_by_its_signature():
    (one, two) = compose(
        digest(
            title=" ",
            speeches=(
                speech(6, title=""),
                speech(6, title=" ", byline="", organization="", posts=(), speakers=()),
            ),
        )
    ).sections
    assert (one.title, one.byline) == ("民革云岭省委会　周静、吴一帆", "")
    assert (two.title, two.byline) == ("发言摘登", "")
    assert compose(digest(title=" ")).title == "发言摘登"


def test_the_editors_note_is_labelled_once():
    assert compose(digest(editors_note="现摘登如下。\n\n 供借鉴。")).note == (
        "编者按：现摘登如下。",
        "供借鉴。",
    )
    assert compose(digest(editors_note="编者的话：如下。")).note == ("编者的话：如下。",)
    assert compose(digest(editors_note="\n")).note == ()


def test_long_speeches_have_pages_of_their_own():
    long, short = (speech(n, f"<p>{'永' * length}</p>") for n, length in ((1, 616), (2, 100)))
    assert compose(digest(speeches=(long,))).own_pages
    assert not compose(digest(speeches=(short, short, long))).own_pages
    assert not compose(digest(speeches=())).own_pages


def test_run_in_headings_have_the_face_of_their_level():
    one, two, three = passages(
        "<p>一、突出引领。做好<strong>学习</strong>。</p><p>（一）把准方向。坚持。</p><p>1.机制。好。</p>"
    )
    assert [(s.text, s.face) for s in one.spans] == [
        ("一、突出引领。", Face.HEI),
        ("做好", Face.BODY),
        ("学习", Face.HEI),
        ("。", Face.BODY),
    ]
    assert two.spans[0].face is Face.KAI
    assert {span.face for span in three.spans} == {Face.BODY}


def test_a_heading_over_several_runs_is_split_at_its_end():
    (passage,) = passages("<p><strong>一、突出</strong>引领。<em>做好</em>学习。</p>")
    assert [(s.text, s.face) for s in passage.spans] == [
        ("一、突出", Face.HEI),
        ("引领。", Face.HEI),
        ("做好", Face.KAI),
        ("学习。", Face.BODY),
    ]


def test_the_outline_skips_no_level():
    found = passages("<p>（一）先来的二级</p><p>一、一级</p><h4>没有编号</h4><p>（1）四级</p>")
    assert [p.kind for p in found] == [BlockKind.HEADING] * 4
    assert [(p.level, p.depth) for p in found] == [(2, 1), (1, 1), (3, 2), (4, 3)]


def test_pictures_are_told_by_their_captions():
    one, two = passages('<img src="/a.png" alt="白鹭湖"><img src="/b.png">')
    assert (one.text, two.text) == ("（图片：白鹭湖）", "（图片：无说明）")


def test_work_without_figures_or_year_is_told_by_a_dash():
    item = digest().work_items[0]
    rows = compose(digest(work_items=(type(item)(1, "实事", "", "", None, "/"),))).work_rows
    assert rows == (("1", "实事", "", ("—",)),)
