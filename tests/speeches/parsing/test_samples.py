"""The sample digests of docs/samples are read whole: every speech, speaker and paragraph."""

import json
from pathlib import Path

import pytest

from speeches.parsing import digest_to_json, parse_digest, read_text
from speeches.parsing.typography import fold

SAMPLES = Path(__file__).resolve().parents[3] / "docs" / "samples"
SCRAMBLED = "2025-yunling-party-building"
EXPECTED = Path(__file__).parent / "data" / f"{SCRAMBLED}.expected.json"
SPEAKERS = {
    "2024-bailu-plenary-speeches": ["沈知微", "顾云舟", "罗望川", "林听雨、何远山", "乔木南"],
    "2025-qinghe-experience-exchange": ["苏望舒", "江照野", "贺兰舟", "叶知秋", "陆行舟", "秦牧晚"],
    SCRAMBLED: ["温若川", "顾南乔", "沈青崖", "陆知行", "江晚舟", "林听涛"],
}


def _source(stem):
    return read_text((SAMPLES / f"{stem}.txt").read_bytes())


def test_every_sample_is_covered():
    assert {path.stem for path in SAMPLES.glob("*.txt")} == set(SPEAKERS)


@pytest.mark.parametrize("stem", SPEAKERS)
def test_all_speakers_are_found_and_nothing_is_lost_or_invented(stem):
    digest = parse_digest(_source(stem))
    assert ["、".join(speech.speakers) for speech in digest.speeches] == SPEAKERS[stem]
    assert all(speech.organization for speech in digest.speeches)
    assert (digest.lost, digest.invented) == ("", "")


@pytest.mark.parametrize("stem", [stem for stem in SPEAKERS if stem != SCRAMBLED])
def test_samples_printed_in_order_keep_their_order_without_a_warning(stem):
    source = fold(_source(stem))
    digest = parse_digest(_source(stem))
    assert digest.warnings == ()
    assert not any(speech.reordered for speech in digest.speeches)
    places = [source.index(fold(text)) for speech in digest.speeches for text in speech.paragraphs]
    assert places == sorted(places)


def test_the_scrambled_sample_is_read_in_its_true_order():
    digest = digest_to_json(parse_digest(_source(SCRAMBLED)))
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    assert digest["meeting"] == expected["meeting"]
    fields = expected["speeches"][0]
    read = [{name: speech[name] for name in fields} for speech in digest["speeches"]]
    assert read == expected["speeches"]


def test_the_speaker_for_another_body_keeps_the_own_seat():
    speech = parse_digest(_source("2024-bailu-plenary-speeches")).speeches[-1]
    assert speech.byline == "县政协委员　乔木南（代表县工商联）"
    assert (speech.organization, speech.posts) == ("县政协", ("委员",))
    assert speech.on_behalf_of == "县工商联"
