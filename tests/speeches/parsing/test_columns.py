"""Reading order: torn and shuffled columns of self-written digests are put right."""

import pytest

from speeches.parsing import parse_digest
from speeches.parsing.typography import squeeze
from tests.speeches.parsing.damage import Damage, spoil
from tests.speeches.parsing.samples import DIGESTS, SCHOOLS, VILLAGES, WATER, Digest

HEAD = "云岭省政协经验交流会\n\n（发言摘登）\n\n守护一江清水 夯实根基\n\n青禾市政协主席 罗明川\n\n"
INTRO = "近年来，青禾市政协坚持为民履职，推动协商成果落地见效，受到群众欢迎。"
ONE = "一、建言在关键处。组织委员采集水样320份，提出建议26条，写入了全市供水规划。"
TWO = "二、协商在源头上。把会议开到农家院里，现场敲定改造方案9个。"
THREE = "三、监督在过程中。对58处在建工程实行“月查季评”，督促整改到位129个。"
CLOSING = "下一步，我们将以钉钉子精神推动各项工作再上新台阶。"


def _speech(*paragraphs):
    return parse_digest(HEAD + "\n\n".join(paragraphs) + "\n").speeches[0]


def _codes(*paragraphs):
    return [warning.code for warning in parse_digest(HEAD + "\n\n".join(paragraphs)).warnings]


def test_a_whole_speech_keeps_its_order_without_a_warning():
    whole = (INTRO, ONE, TWO, THREE, CLOSING)
    speech = _speech(*whole)
    assert speech.paragraphs == whole
    assert not speech.reordered
    assert _codes(*whole) == []


def test_a_clean_rotation_is_undone_by_numbering_opening_and_closing():
    speech = _speech(TWO, THREE, CLOSING, INTRO, ONE)
    assert speech.paragraphs == (INTRO, ONE, TWO, THREE, CLOSING)
    assert speech.reordered
    evidence = "".join(reason for fragment in speech.fragments for reason in fragment.evidence)
    assert "开头语" in evidence
    assert "序号“二、”接在“一、”之后" in evidence
    assert "结束语" in evidence


def test_a_word_cut_in_two_is_mended_and_named():
    pieces = (TWO[11:], THREE, CLOSING, INTRO, ONE, TWO[:11])
    speech = _speech(*pieces)
    assert speech.paragraphs == (INTRO, ONE, TWO, THREE, CLOSING)
    assert "torn-join" in _codes(*pieces)
    assert "“会议”接上后成词" in speech.fragments[1].evidence


def test_a_character_printed_on_both_sides_of_a_tear_is_dropped_and_named():
    pieces = (TWO[11:], THREE, CLOSING, INTRO, ONE, TWO[:12])
    speech = _speech(*pieces)
    assert speech.paragraphs == (INTRO, ONE, TWO, THREE, CLOSING)
    doubled = [
        warning
        for warning in parse_digest(HEAD + "\n\n".join(pieces)).warnings
        if warning.code == "doubled-character"
    ]
    assert [warning.dropped for warning in doubled] == [TWO[11]]
    assert f"“{TWO[11]}”" in doubled[0].message
    assert doubled[0].speech == 1


def test_a_quotation_that_only_the_join_pairs_decides():
    cut = THREE.index("”") - 1
    speech = _speech(THREE[cut:], CLOSING, INTRO, ONE, TWO, THREE[:cut])
    assert speech.paragraphs == (INTRO, ONE, TWO, THREE, CLOSING)
    assert "接上后引号才成对" in speech.fragments[1].evidence


@pytest.mark.parametrize(
    "closing",
    [
        "我们将继续把会议开到群众家门口，把好事办到群众心坎上。",
        "今后将持续推进协商议事进村入户，把好事办到群众心坎上。",
    ],
)
def test_a_speakers_resolve_closes_the_speech(closing):
    speech = _speech(TWO, THREE, closing, INTRO, ONE)
    assert speech.paragraphs == (INTRO, ONE, TWO, THREE, closing)
    assert "含结束语，应在篇末" in speech.fragments[-1].evidence


def test_two_speakers_who_introduce_themselves_open_the_speech():
    opening = "我们两人一个在县城开店，一个在村里经营民宿，都是返乡的年轻人。"
    whole = (opening, "据统计，近三年返乡青年有2100余人。", ONE, TWO, THREE)
    assert _speech(*whole).paragraphs == whole
    assert _codes(*whole) == []


def test_a_look_back_that_ends_in_resolve_is_no_opening():
    plain = "城里的老人常说，水清了，鱼就回来了。群众的期盼就是履职的方向。"
    closing = "一年来，群众的笑脸多了。我们将继续把好事办到群众心坎上。"
    speech = _speech(TWO, THREE, closing, plain, ONE)
    assert speech.paragraphs == (plain, ONE, TWO, THREE, closing)


def test_a_number_cut_in_two_is_mended():
    cut = ONE.index("20份")
    speech = _speech(ONE[cut:], TWO, THREE, INTRO, ONE[:cut])
    assert speech.paragraphs == (INTRO, ONE, TWO, THREE)
    reasons = [reason for fragment in speech.fragments for reason in fragment.evidence]
    assert "数字被拆成两段" in reasons


def test_a_list_marker_cut_in_two_is_mended():
    items = (
        "一是学理论。坚持读原著悟原理。",
        "二是学业务。坚持干什么学什么。",
        "三是学典型。坚持比学赶超。",
    )
    speech = _speech(items[1][1:], items[2], INTRO, items[0], items[1][0])
    assert speech.paragraphs == (INTRO, *items)


def test_a_tear_between_columns_in_the_right_order_is_mended_in_place():
    cut = TWO.index("农家") + 1
    speech = _speech(INTRO, ONE, TWO[:cut], TWO[cut:], THREE)
    assert speech.paragraphs == (INTRO, ONE, TWO, THREE)
    assert not speech.reordered


def test_a_list_inside_a_paragraph_goes_on_after_a_column_ends_between_its_items():
    inside = "一、学习在日常。一是学理论，读原著悟原理。"
    rest = "二是学业务，干什么学什么。"
    speech = _speech(rest, TWO, THREE, CLOSING, INTRO, inside)
    assert speech.paragraphs == (INTRO, inside + rest, TWO, THREE, CLOSING)


def test_an_item_torn_off_behind_its_first_clause_is_made_whole():
    speech = _speech(THREE[9:], CLOSING, INTRO, ONE, TWO, THREE[:9])
    assert speech.paragraphs == (INTRO, ONE, TWO, THREE, CLOSING)


def test_headings_without_a_full_stop_are_no_tears():
    whole = (
        INTRO,
        "一、选准协商题目",
        "坚持题从群众中来。",
        "二、搭好议事台子",
        "建成议事点41处。",
    )
    assert _speech(*whole).paragraphs == whole


def test_without_evidence_file_order_stays():
    whole = ("柳湾的春天来得早。", "河水绕村而过。", "孩子们在树下读书。")
    speech = _speech(*whole)
    assert speech.paragraphs == whole
    assert not speech.reordered


def test_an_open_end_that_nothing_explains_is_called_uncertain():
    pieces = ("柳湾的春天来得早，山上的", "河水绕村而过，村民们在", "孩子们在树下读书，唱着")
    assert _speech(*pieces).reordered is False
    assert "order-uncertain" in _codes(*pieces)


def test_every_moved_fragment_has_evidence_and_a_confidence():
    digest = parse_digest(spoil(WATER, Damage(seed=3, columns=3, snap=0)))
    moved = [
        fragment for speech in digest.speeches for fragment in speech.fragments if fragment.moved
    ]
    assert moved
    assert all(fragment.evidence and 0.5 <= fragment.confidence < 1 for fragment in moved)
    assert all(speech.confidence <= 0.99 for speech in digest.speeches if speech.reordered)


def test_fragments_lead_back_to_the_source():
    source = spoil(WATER, Damage(seed=3, columns=3, snap=0))
    for speech in parse_digest(source).speeches:
        for fragment in speech.fragments:
            assert squeeze(source[fragment.start : fragment.end]) == squeeze(fragment.text)


def test_a_very_long_body_keeps_its_file_order():
    paragraphs = [f"第{n}段，没有句号" for n in range(500)]
    assert not _speech(*paragraphs).reordered


NUMBERED = Digest(
    "云岭省政协经验交流会",
    "（发言摘登）",
    tuple(speech for speech in WATER.speeches[:3] + VILLAGES.speeches[2:3]),
)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("wrap", [0, 17, 22])
@pytest.mark.parametrize("columns", [2, 3])
def test_rotated_columns_of_numbered_speeches_are_put_right(seed, wrap, columns):
    damage = Damage(
        seed=seed,
        columns=columns,
        wrap=wrap,
        indent=wrap > 0,
        repeat=0.5 if not wrap else 0,
        furniture=seed % 4,
        half_width=seed % 2 == 0,
        shape=("raw", "bracket", "colon", "name_first", "spread")[seed % 5],
    )
    digest = parse_digest(spoil(NUMBERED, damage))
    for parsed, speech in zip(digest.speeches, NUMBERED.speeches, strict=True):
        assert parsed.paragraphs == speech.paragraphs
        assert parsed.title == speech.title
        assert parsed.speakers == (speech.speaker,)


@pytest.mark.parametrize("digest", DIGESTS, ids=lambda digest: digest.meeting)
@pytest.mark.parametrize("wrap", [0, 14, 30])
def test_what_was_not_torn_is_left_alone(digest, wrap):
    parsed = parse_digest(spoil(digest, Damage(wrap=wrap, indent=True, furniture=2)))
    assert [speech.paragraphs for speech in parsed.speeches] == [
        speech.paragraphs for speech in digest.speeches
    ]
    assert not any(speech.reordered for speech in parsed.speeches)


@pytest.mark.parametrize("seed", range(12))
def test_wrapped_text_without_paragraph_marks_is_parted_at_its_numbered_items(seed):
    damage = Damage(seed=seed, columns=2, wrap=17, marks="none")
    digest = parse_digest(spoil(WATER, damage))
    for parsed, speech in zip(digest.speeches[:3], WATER.speeches[:3], strict=True):
        assert "".join(parsed.paragraphs) == "".join(speech.paragraphs)
        numbered = [paragraph for paragraph in speech.paragraphs if paragraph[1:2] in "、一二三"]
        assert set(numbered[:-1]) <= set(parsed.paragraphs)


def test_a_column_that_ends_with_a_full_line_is_still_found():
    """The layout hides such a tear: the search for it is made when the order does not add up."""
    intro = "近年来，青禾市政协坚持为民履职推动见效。"
    first = "一、建言在关键处，采集水样写入规划，成"
    second = "效明显受到欢迎。"
    last = "二、协商在源头上，会议开到农家院里，好。"
    width = len(last) // 1
    lines = [second + "群众满意。", last, intro, first]
    body = "\n".join(line for line in lines)
    filler = "\n".join(["水利建设事关长远发展大局必须坚持不懈久" for _ in range(9)]) + "\n完成。"
    text = HEAD + body + "\n\n让群众喝上放心水\n\n白鹭县政协主席 韩素琴\n\n" + filler
    assert {len(last), len(intro)} == {width}
    speech = parse_digest(text).speeches[0]
    assert speech.reordered
    assert speech.paragraphs[0].startswith("近年来")


def test_unnumbered_speeches_with_clear_openings_are_put_right_in_a_torn_file():
    speech = SCHOOLS.speeches[3]
    torn = (*speech.paragraphs[2:], *speech.paragraphs[:2])
    assert _speech(*torn).paragraphs == speech.paragraphs


@pytest.mark.parametrize(
    "whole",
    [
        (
            "一、强化政治引领",
            "近年来，我市政协坚持学习，成效明显。",
            "我们坚持月学季评，开展活动9次。",
            "二、坚持为民履职",
            "当前，群众最盼的是饮水安全。为此，我们办了7件实事。",
        ),
        (
            "一、强化政治引领。坚持学习，成效明显。",
            "近年来，我市政协开展活动9次。",
            "二、坚持为民履职。当前群众最盼饮水安全。",
            "三、加强自身建设。出台制度6项。",
        ),
        (
            "今后五年是关键时期，我们要抓住机遇。",
            "近年来，全市经济快速增长。",
            "我认为应抓好三件事。",
            "第一，抓产业。做大做强。",
            "第二，抓民生。办好实事。",
        ),
        (
            "人民群众对美好生活的向往就是我们的目标。",
            "下一步，要抓好三件事。",
            "一、抓产业。",
            "二、抓民生。",
            "我市山清水秀，前景光明。",
        ),
        ("我谈三点意见：", "一、提高认识", "近年来，经济快速增长。", "二、真抓实干", "谢谢大家。"),
    ],
)
def test_cues_in_the_wrong_place_alone_move_nothing(whole):
    speech = _speech(*whole)
    assert speech.paragraphs == whole
    assert not speech.reordered


def test_more_open_ends_than_columns_have_move_nothing():
    lines = [f"我们翻山越岭去看望第{n}户群众" for n in "甲乙丙丁戊己庚辛"]
    assert not _speech("雪下得很大", *lines, "近年来这样的故事很多", "谢谢大家").reordered


def test_a_quotation_that_ends_in_the_next_line_makes_one_paragraph():
    whole = ("会议强调“人民至上。", "”这一条要牢记。")
    assert _speech(*whole).paragraphs == ("".join(whole),)
