"""What the records hold, and what an address answers to over the life of a piece."""

import json
from datetime import date

import pytest

from organizations.models import Appointment
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """A meeting with a speech by two people, one with a post on record, and its work."""
    place = build.body("青禾市政协", level="municipal", kind="committee")
    of = build.meeting(host=place, kind="exchange", term=14, session=3)
    build.published(of)
    person, other = build.person("林清溪"), build.person("王小川")
    post = Appointment.objects.create(
        speaker=person, organization=place, post_title="主席", start_date=date(2022, 1, 1)
    )
    draft = build.speech(of, organization=place, speakers=(person, other), tags=("民生",))
    draft.credits.filter(speaker=person).update(appointment=post)
    draft.credits.filter(speaker=other).update(name_printed="王小川（女）")
    build.published(draft)
    work = build.work(
        organization=place,
        speech=draft,
        paragraph="p3",
        figures=(
            {
                **build.EXACT_FIGURE,
                "printed": "400多万元",
                "low": 4_000_000,
                "high": 5_000_000,
                "bound": "over",
                "unit": "元",
                "object": "资金",
                "claim": "target",
            },
        ),
    )
    build.published(work)
    return of, draft, place, person, other, work


def test_a_speech_names_who_spoke_and_where(read, story):
    of, draft, place, person, other, _work = story
    told = read(f"speeches/{draft.pk}")
    assert told["title"] == draft.title
    assert told["event_id"] == of.pk
    assert told["event"]["slug"] == of.slug
    assert told["date"] == "2024-10-18"
    assert told["creator_id"] is None
    assert told["contributor_ids"] == [person.pk, other.pk]
    assert [speaker["name"] for speaker in told["speakers"]] == ["林清溪", "王小川（女）"]
    assert told["organization"] == {
        "id": place.pk,
        "name": "青禾市政协",
        "url": f"http://127.0.0.1:8000/api/v1/organizations/{place.pk}",
    }
    assert told["role"] == "党组书记、主席"
    assert told["attribution_text"] == draft.byline
    assert told["topics"][0]["name"] == "民生"
    assert "全年提交提案19件。" in told["text"].split("\n")
    assert 'id="p1"' in told["html"]
    assert told["sources"][0]["url"] == f"http://127.0.0.1:8000/speeches/{draft.pk}/"


def test_a_list_leaves_the_text_out_unless_asked(read, story):
    assert read("speeches")["results"][0]["text"] is None
    assert "提案19件" in read("speeches", full="true")["results"][0]["text"]


def test_a_speaker_has_the_posts_of_the_speeches_with_the_dates_on_record(read, story):
    _of, _draft, place, person, other, _work = story
    posts = read(f"speakers/{person.pk}")["memberships"]
    assert [(post["role"], post["organization_id"], post["start_date"]) for post in posts] == [
        ("党组书记", place.pk, None),
        ("主席", place.pk, "2022-01-01"),
    ]
    assert read(f"speakers/{other.pk}")["other_names"] == [{"name": "王小川（女）"}]


def test_a_meeting_is_told_as_an_event(read, story):
    of, _draft, place, *_rest = story
    told = read(f"meetings/{of.slug}")
    assert (told["name"], told["classification"]) == (of.title, "exchange")
    assert (told["start_date"], told["location"]) == ("2024-10-18", "青禾市")
    assert (told["organization_id"], told["speech_count"]) == (place.pk, 1)
    assert (told["term"], told["session"]) == (14, 3)


def test_a_figure_keeps_the_printed_words_beside_their_meaning(read, story):
    *_rest, draft_work = story
    (figure,) = read("figures")["results"]
    assert figure["printed"] == "400多万元"
    assert (figure["low"], figure["high"], figure["unit"]) == (4_000_000, 5_000_000, "元")
    assert (figure["bound"], figure["claim"], figure["period"]) == ("over", "target", "2024")
    assert figure["meaning"] == "多于400万元，少于500万元"
    assert figure["work_item_id"] == draft_work.pk
    assert figure["sources"][1]["url"].endswith(f"/speeches/{draft_work.speech_id}/#p3")
    assert read(f"work-items/{draft_work.pk}")["figures"] == [figure]


def test_a_body_counts_what_is_its_own(read, story):
    place = story[2]
    told = read(f"organizations/{place.pk}")
    assert (told["classification"], told["level"]) == ("committee", "municipal")
    assert (told["speech_count"], told["work_item_count"]) == (1, 1)
    (topic,) = read("topics")["results"]
    assert (topic["id"], topic["speech_count"]) == ("民生", 1)
    assert read("topics/民生") == topic


def test_a_hidden_body_is_named_and_not_linked(read, ask, story):
    place, draft = story[2], story[1]
    place.is_public = False
    place.save()
    assert read(f"speeches/{draft.pk}")["organization"]["url"] is None
    assert ask(f"organizations/{place.pk}").status_code == 404


def test_search_answers_with_the_paragraph_and_the_marks(read, story):
    draft = story[1]
    (hit,) = read("search", q="提案19件", kind="speech")["results"]
    assert (hit["kind"], hit["id"]) == ("speech", draft.pk)
    assert hit["url"].endswith(f"/api/v1/speeches/{draft.pk}")
    assert f"/speeches/{draft.pk}/#p" in hit["sources"][0]["url"]
    assert {"text": "提案19件", "is_marked": True} in hit["snippet"]


def test_a_meeting_that_is_found_leads_to_its_record(read, story):
    (hit,) = read("search", q="经验交流会", kind="meeting")["results"]
    assert hit["url"].endswith(f"/api/v1/meetings/{story[0].slug}")


def facets_of(page):
    return {
        facet["name"]: {one["value"]: (one["name"], one["count"]) for one in facet["values"]}
        for facet in page["facets"]
    }


def test_facets_count_what_the_search_can_be_narrowed_to(read, story):
    of, _draft, place = story[:3]
    assert read("search", q="青禾市政协")["facets"] is None
    assert facets_of(read("search", q="青禾市政协", facets="true")) == {
        "kind": {"speech": ("发言", 1), "work_item": ("亮点工作", 1)},
        "organization": {str(place.pk): (place.name, 2)},
        "year": {"2024": ("2024", 2)},
        "topic": {"民生": ("民生", 1)},
        "meeting": {of.slug: (of.title, 1)},
    }
    narrowed = read("search", q="青禾市政协", facets="true", year=2024, limit=1)
    assert sorted(facets_of(narrowed)) == ["kind", "meeting", "organization", "topic"]


@pytest.mark.parametrize("name", ["kind", "organization", "year", "topic", "meeting"])
def test_every_value_of_a_facet_narrows_to_as_many_as_it_counts(read, story, name):
    page = read("search", q="青禾市政协", facets="true")
    for value, (_label, count) in facets_of(page)[name].items():
        narrowed = read("search", q="青禾市政协", **{name: value})
        assert narrowed["total"] == len(narrowed["results"]) == count > 0


def test_what_nothing_carries_narrows_the_search_to_nothing(read, story):
    person = story[3]
    assert read("search", q="提案", speaker=person.pk)["total"] == 1
    for nothing in (
        {"speaker": 9999},
        {"meeting": "no-such"},
        {"topic": "无此主题"},
        {"year": 1950},
    ):
        page = read("search", q="提案", facets="true", **nothing)
        assert (page["total"], page["facets"]) == (0, [])


def addresses(story):
    of, draft, place, person, _other, work = story
    return [
        f"meetings/{of.slug}",
        f"speeches/{draft.pk}",
        f"work-items/{work.pk}",
        f"organizations/{place.pk}",
        f"speakers/{person.pk}",
        "topics/民生",
    ]


def test_what_was_withdrawn_answers_410_and_what_never_was_404(ask, story):
    of, draft, _place, _person, _other, work = story
    for piece in (work, draft, of):
        build.withdrawn(piece)
    for address in addresses(story):
        response = ask(address)
        assert (address, response.status_code) == (address, 410)
        assert json.loads(response.content)["title"] == "已撤下" or response.content
    for kind in ("meetings", "speeches", "work-items", "organizations", "speakers", "topics"):
        assert (kind, ask(f"{kind}/987654").status_code) == (kind, 404)


def test_a_former_slug_redirects_to_the_meeting(ask, story):
    of = story[0]
    former = of.slug
    of.slug = "新地址"
    of.save()
    build.published(of)
    response = ask(f"meetings/{former}")
    assert response.status_code == 301
    assert response["Location"] == (
        "http://127.0.0.1:8000/api/v1/meetings/%E6%96%B0%E5%9C%B0%E5%9D%80"
    )


def test_an_unknown_address_is_a_problem(ask):
    response = ask("nothing/here")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
