"""No character is lost or invented, whatever happens to the file."""

import unicodedata
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.parsing import parse_digest
from speeches.parsing.accounting import account
from speeches.parsing.documents import ParsedDigest, ParsedSpeech, ParseWarning
from speeches.parsing.findings import warn_of_digest
from tests.speeches.parsing.damage import SHAPES, Damage, spoil
from tests.speeches.parsing.samples import DIGESTS

damages = st.builds(
    Damage,
    seed=st.integers(0, 10**6),
    columns=st.integers(1, 4),
    shuffle=st.sampled_from(["rotate", "permute"]),
    snap=st.sampled_from([0, 0.33, 0.6, 1]),
    repeat=st.sampled_from([0, 0.5, 1]),
    wrap=st.sampled_from([0, 14, 17, 22, 30]),
    marks=st.sampled_from(["none", "short"]),
    indent=st.booleans(),
    blank=st.booleans(),
    half_width=st.booleans(),
    furniture=st.integers(0, 3),
    shape=st.sampled_from(SHAPES),
)
awkward = st.text(
    alphabet="一二三、（）()“”\"'，。,.:：；;！？ 　\n委员代表主席张王李市政协省会议发言摘登编者按"
    "——·12年月日版上接abZ是要嘉宾主持本报记者\t\u200b",
    max_size=200,
)


def _characters(text):
    """Count what prints, widths and kinds of quotes set equal: another way than fold()."""
    plain = unicodedata.normalize("NFKC", text.replace("…", "*"))
    plain = plain.translate(str.maketrans("“”。", '"".', "\u200b"))
    return Counter(char for char in plain if not char.isspace())


def _kept(digest):
    texts = [digest.headline or digest.meeting, digest.kicker, digest.label, digest.editors_note]
    texts += digest.notes
    for speech in digest.speeches:
        texts += [speech.title, "" if speech.inline else speech.byline]
        texts += [*speech.paragraphs, *speech.notes]
    texts += [warning.dropped for warning in digest.warnings]
    return _characters("".join(texts))


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(DIGESTS), damages)
def test_damaged_digests_keep_every_character(digest, damage):
    source = spoil(digest, damage)
    parsed = parse_digest(source)
    assert (parsed.lost, parsed.invented) == ("", "")
    assert _kept(parsed) == _characters(source)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(DIGESTS), damages, st.integers(0, 3000), st.integers(0, 3000), awkward)
def test_files_cut_and_turned_anywhere_keep_every_character(digest, damage, first, second, noise):
    source = spoil(digest, damage)
    first, second = first % len(source), second % len(source)
    turned = source[first:] + noise + source[:first]
    turned = turned[second:] + turned[:second]
    parsed = parse_digest(turned)
    assert (parsed.lost, parsed.invented) == ("", "")
    assert _kept(parsed) == _characters(turned)


@settings(max_examples=200, deadline=None)
@given(awkward)
def test_any_text_is_read_without_an_error_and_kept(text):
    parsed = parse_digest(text)
    assert (parsed.lost, parsed.invented) == ("", "")
    assert _kept(parsed) == _characters(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(DIGESTS), damages)
def test_every_dropped_character_is_named_in_its_warning(digest, damage):
    for warning in parse_digest(spoil(digest, damage)).warnings:
        assert not warning.dropped or warning.dropped in warning.message


def _digest(*paragraphs, warnings=()):
    speech = ParsedSpeech("题", "署名", "", (), (), paragraphs)
    return ParsedDigest(meeting="会", speeches=(speech,), warnings=warnings)


def test_a_character_in_no_field_is_lost():
    assert account("会题署名，甲乙乙", _digest("甲乙")) == (",乙", "")


def test_a_character_of_no_source_is_invented():
    assert account("会题署名甲", _digest("甲丙")) == ("", "丙")


def test_a_character_named_by_a_warning_is_accounted_for():
    warning = ParseWarning("doubled-character", "“乙”重复", dropped="乙")
    assert account("会题署名甲乙乙", _digest("甲乙", warnings=(warning,))) == ("", "")


def test_width_and_blanks_do_not_count():
    assert account("会 题\n署名　甲,乙(丙)", _digest("甲，乙（丙）")) == ("", "")


def test_lost_and_invented_characters_are_warned_of():
    digest = replace(_digest("甲"), lost="乙", invented="丙")
    warnings = {warning.code: warning.message for warning in warn_of_digest(digest)}
    assert "乙" in warnings["characters-lost"]
    assert "丙" in warnings["characters-invented"]
