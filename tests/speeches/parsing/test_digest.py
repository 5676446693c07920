import json

import pytest

from speeches.parsing import digest_to_json, parse_digest, read_text
from tests.speeches.parsing.damage import SHAPES, Damage, spoil
from tests.speeches.parsing.samples import DIGESTS, WATER


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("digest", DIGESTS, ids=lambda digest: digest.meeting)
def test_titles_bodies_posts_and_names_survive_every_shape_of_signature(digest, shape):
    parsed = parse_digest(spoil(digest, Damage(shape=shape, wrap=17, furniture=3, columns=2)))
    assert parsed.meeting == digest.meeting
    assert parsed.label == digest.label
    read = [(s.title, s.organization, s.posts, s.speakers) for s in parsed.speeches]
    assert read == [(s.title, s.organization, s.posts, (s.speaker,)) for s in digest.speeches]


def test_figures_point_into_the_paragraphs():
    parsed = parse_digest(spoil(WATER, Damage(columns=2, seed=5)))
    figures = [(speech, figure) for speech in parsed.speeches for figure in speech.figures]
    assert len(figures) > 10
    for speech, figure in figures:
        assert speech.paragraphs[figure.paragraph][figure.start : figure.end] == figure.text


def test_the_json_holds_what_other_tools_read():
    parsed = parse_digest(spoil(WATER, Damage(columns=2, seed=5, repeat=1, snap=0)))
    data = json.loads(json.dumps(digest_to_json(parsed), ensure_ascii=False))
    assert data["meeting"] == WATER.meeting
    assert (data["lost"], data["invented"]) == ("", "")
    speech = data["speeches"][1]
    assert speech["title"] == WATER.speeches[1].title
    assert speech["byline"] == "青禾市政协党组书记、主席 罗明川"
    assert speech["organization"] == "青禾市政协"
    assert speech["posts"] == ["党组书记", "主席"]
    assert speech["speaker"] == "罗明川"
    assert speech["paragraphs"] == list(WATER.speeches[1].paragraphs)
    assert speech["reordered"] is True
    assert 0.5 <= speech["confidence"] <= 0.99
    assert {"code", "speech", "message"} <= set(data["warnings"][0])
    figure = speech["figures"][0]
    keys = {"text", "value", "unit", "low", "high", "bound", "paragraph", "start", "end"}
    assert keys <= set(figure)


def test_two_speakers_are_joined_and_a_missing_meeting_is_null():
    parsed = parse_digest(
        "为青年赋能\n\n青禾市工商联副主席 王志强 黄小卫\n\n我市青年众多，大有可为。\n"
    )
    data = digest_to_json(parsed)
    assert data["meeting"] is None
    assert data["speeches"][0]["speaker"] == "王志强、黄小卫"


def test_whole_figures_have_no_decimal_point_in_json():
    parsed = parse_digest("题目一则\n\n青禾市政协主席 罗明川\n\n提交提案19件，签约50.4亿元。\n")
    values = [figure["value"] for figure in digest_to_json(parsed)["speeches"][0]["figures"]]
    assert [repr(value) for value in values] == ["19", "50.4"]


def test_half_width_punctuation_becomes_full_width_in_titles_and_paragraphs():
    parsed = parse_digest(
        "守护清水,夯实根基\n\n青禾市政协主席 罗明川\n\n坚持学习(培训),务求实效.\n"
    )
    assert parsed.speeches[0].title == "守护清水，夯实根基"
    assert parsed.speeches[0].paragraphs == ("坚持学习（培训），务求实效。",)


def test_letter_spaced_text_is_closed():
    parsed = parse_digest(
        "守护清水\n\n青禾市政协主席 罗明川\n\n总 结 运 用 先 进 经 验，务求实效。\n"
    )
    assert parsed.speeches[0].paragraphs == ("总结运用先进经验，务求实效。",)


def test_every_speech_covers_its_place_in_the_source():
    source = spoil(WATER, Damage())
    for parsed, speech in zip(parse_digest(source).speeches, WATER.speeches, strict=True):
        covered = source[parsed.source_start : parsed.source_end]
        assert covered.startswith(speech.title)
        assert covered.endswith(speech.paragraphs[-1])


def test_many_tears_are_summed_up_in_one_warning():
    body = "\n\n".join(f"这是第几段没有句号的文字编号{chr(0x4E00 + n)}" for n in range(60))
    parsed = parse_digest(f"守护清水\n\n青禾市政协主席 罗明川\n\n{body}\n")
    torn = [warning for warning in parsed.warnings if warning.code == "torn-join"]
    assert len(torn) == 31
    assert "另有" in torn[-1].message


HEAD = "云岭省政协会议\n\n守护清水\n\n青禾市政协主席 罗明川\n\n"


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("加快发展，提高水平。" * 20_000, 1),
        ("加快发展提高水平" * 20_000, 1),
        ("“（" * 20_000 + "”" * 20_000, 1),
        ("\n".join(f"{n}.加强建设第{n}项工作，取得实效。" for n in range(3000)), 3000),
        ("加 " * 20_000, 1),
    ],
    ids=["one line", "no marks", "open brackets", "numbered lines", "letter-spaced"],
)
def test_pathological_bodies_are_read_in_one_pass(body, paragraphs):
    parsed = parse_digest(HEAD + body)
    assert len(parsed.speeches) == 1
    assert parsed.lost == parsed.invented == ""
    assert len(parsed.speeches[0].paragraphs) <= paragraphs
    assert len(parsed.warnings) < 40


def test_hundreds_of_signatures_in_a_row_do_not_sign_one_speech():
    parsed = parse_digest("青禾市政协主席 罗明川\n" * 300)
    assert len(parsed.speeches) > 1
    assert parsed.lost == parsed.invented == ""


def test_gibberish_that_happens_to_decode_has_no_speech():
    text = read_text("锟斤拷烫烫烫屯屯屯".encode("gb18030") * 500)
    assert [warning.code for warning in parse_digest(text).warnings] == ["no-speech"]
