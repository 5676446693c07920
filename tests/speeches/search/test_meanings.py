"""Aliases, synonyms, pinyin and corrections, over what is public."""

import pytest
from django.test import override_settings

from organizations.models import OrganizationAlias
from speeches.models import SearchTerm, Synonym
from speeches.search import index, vocabulary
from speeches.search.engine import Order
from speeches.search.results import Results
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


def numbers(text, order=Order()):  # noqa: B008 - immutable
    return {(hit.kind.value, hit.number) for hit in Results(text, order)[:]}


@pytest.fixture
def site():
    """Two bodies, two people, a meeting with three speeches."""
    of = build.meeting(title="青禾市政协座谈会")
    build.published(of)
    body = build.body("青禾市政协", short_name="市政协")
    other = build.body("白鹭县政协")
    lin, zeng = build.person("林清溪"), build.person("曾远山")
    first = build.speech(
        of,
        title="竹编产业促乡村振兴",
        speakers=(lin,),
        organization=body,
        organization_printed="青禾市政协",
        byline="青禾市政协主席　林清溪",
        body="<p>竹编合作社。</p>",
        tags=("民生",),
    )
    second = build.speech(
        of,
        title="楼道里的议事会",
        speakers=(zeng,),
        organization=other,
        organization_printed="白鹭县政协",
        byline="白鹭县政协　曾远山",
        body="<p>老楼加装扶手。</p>",
        tags=("有事好商量",),
    )
    for draft in (first, second):
        build.published(draft)
    return first, second


def speech(draft):
    return ("speech", draft.pk)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("单位:青禾市政协", 0),
        ("单位:市政协", 0),
        ("单位：白鹭", 1),
        ("发言人:曾远山", 1),
        ("speaker:zengyuanshan", 1),
        ("speaker:lqx", 0),
        ("话题:民生", 0),
        ("topic:有事", 1),
    ],
)
def test_a_field_finds_by_every_name(site, text, place):
    found = numbers(text) & {speech(draft) for draft in site}
    assert found == {speech(site[place])}


def test_a_year_is_that_of_the_meeting(site):
    assert speech(site[0]) in numbers("year:2024 竹编")
    assert numbers("year:2023 竹编") == set()


def test_an_alias_finds_what_is_printed_and_is_forgotten_with_its_row(site):
    body = site[0].organization
    alias = OrganizationAlias.objects.create(organization=body, name="禾城政协")
    assert speech(site[0]) in numbers("禾城政协 竹编")
    alias.delete()
    assert numbers("禾城政协 竹编") == set()


def test_a_synonym_finds_the_other_words(site):
    Synonym.objects.create(words="篾编、竹编、竹艺")
    assert speech(site[0]) in numbers("竹艺")
    assert "竹编" in Results("竹艺").words
    Synonym.objects.all().delete()
    assert numbers("竹艺") == set()


@pytest.mark.parametrize("text", ["linqingxi", "lin qing xi", "LQX", "Lin Qingxi"])
def test_latin_letters_are_read_as_pinyin(site, text):
    results = Results(text)
    assert {hit.number for hit in results[:] if hit.kind == "speech"} == {site[0].pk}
    assert results.people() == [site[0].speakers.get().pk]


@pytest.mark.parametrize("text", ["zengyuanshan", "cengyuanshan", "zys"])
def test_a_surname_answers_to_both_readings(site, text):
    assert Results(text).people() == [site[1].speakers.get().pk]


def test_what_stands_in_a_text_is_not_read_as_pinyin(site):
    of = site[0].meeting
    draft = build.speech(of, title="LQX 型设备", body="<p>用上了 LQX。</p>")
    build.published(draft)
    assert numbers("lqx") == {speech(draft)}


def test_people_and_bodies_are_named(site):
    assert Results("青禾市政协").bodies() == [site[0].organization.pk]
    assert Results("市政协").bodies() == [site[0].organization.pk]
    assert Results("曾远山 扶手").people() == [site[1].speakers.get().pk]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("竹变", "竹编"), ("乡村正行", "乡村振兴"), ("林清西", "林清溪"), ("竹编合作射", "")],
)
def test_what_sounds_alike_is_offered_where_it_finds(site, text, meant):
    vocabulary.rebuild()
    results = Results(text)
    assert len(results) == 0
    assert results.did_you_mean() == meant


def test_nothing_is_offered_that_finds_nothing(site):
    SearchTerm.objects.create(
        kind="word", text="祝辩", words="祝辩", sound="zubian", pinyin="zhubian"
    )
    for draft in site:
        index.remove(draft.editions.get())
    assert Results("竹变").did_you_mean() == ""


def test_answers_are_counted_by_what_they_carry(site):
    tally = Results("政协").tally()
    assert tally[f"_o{site[0].organization.pk}"] == 1
    assert tally["_kspeech"] == 2
    assert tally["_t民生"] == 1
    assert tally[f"_m{site[0].meeting_id}"] == 3


def test_an_order_narrows(site):
    body = str(site[0].organization.pk)
    assert numbers("政协", Order(organization=body)) == {speech(site[0])}
    assert numbers("政协", Order(topic="有事好商量")) == {speech(site[1])}
    assert numbers("政协", Order(speaker="x' OR 1", year="*")) == set()


def test_an_engine_that_does_not_exist_is_named(site):
    with override_settings(SEARCH_ENGINE="solr"), pytest.raises(Exception, match="solr"):
        len(Results("政协"))
