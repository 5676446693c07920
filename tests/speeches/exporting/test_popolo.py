import json
from dataclasses import replace
from datetime import date

import pytest

from speeches.exporting.document import DigestBody, DigestCredit
from speeches.exporting.popolo import render
from tests.speeches.exporting.hostile import HOSTILE, hostile_digest
from tests.speeches.exporting.samples import digest, speech

BODY = DigestBody(12, "中国人民政治协商会议青禾市委员会")
CREDIT = DigestCredit(7, "陆青禾", "陆青禾", "主席", BODY, date(2022, 1, 5))


def told(**fields: object) -> dict[str, list[dict]]:
    return json.loads(render(digest(**fields)))


def test_a_speech_leads_to_its_person_body_and_event():
    piece = speech(2, body=BODY, credits=(CREDIT,), on_behalf_of="青禾市政协提案委员会")
    found = told(speeches=(piece,))
    (made,) = found["speeches"]
    assert made["creator_id"] == "person/7"
    assert made["attribution_text"] == piece.byline
    assert (made["position"], made["date"]) == (1, "2026-03-05")
    assert made["event_id"] == found["events"][0]["id"] == "event/yunling-2026"
    names = {body["id"]: body["name"] for body in found["organizations"]}
    assert names["organization/12"] == BODY.name
    assert names[made["on_behalf_of_id"]] == "青禾市政协提案委员会"
    (body,) = (body for body in found["organizations"] if body["id"] == "organization/12")
    assert body["other_names"] == [{"name": "青禾市政协"}]


def test_posts_on_record_have_their_dates_and_stand_once():
    found = told(speeches=(speech(2, body=BODY, credits=(CREDIT,)),))
    posts = {post["role"]: post for post in found["memberships"]}
    assert set(posts) == {"主席", "党组书记"}
    assert posts["主席"]["start_date"] == "2022-01-05"
    assert "end_date" not in posts["主席"]
    assert posts["党组书记"]["organization_id"] == "organization/12"


def test_several_speakers_speak_as_their_body():
    found = told(speeches=(speech(6, speakers=("周静", "吴一帆")),))
    (made,) = found["speeches"]
    assert made["creator_id"] == "organization/民革云岭省委会"
    assert made["contributor_ids"] == ["person/周静", "person/吴一帆"]


def test_people_of_one_name_are_two():
    pieces = tuple(
        replace(speech(2), id=number, credits=(replace(CREDIT, person_id=number),))
        for number in (7, 8)
    )
    assert [person["id"] for person in told(speeches=pieces)["persons"]] == ["person/7", "person/8"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    document = hostile_digest(text)
    (made,) = json.loads(render(document))["speeches"]
    assert made["title"] == document.speeches[0].title
    assert made["text"].split("\n")[1] == document.speeches[0].blocks[1].text
