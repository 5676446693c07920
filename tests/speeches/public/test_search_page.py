"""The search page beside its list: names, filters, corrections, and pages that mark words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from speeches.public.highlighting import highlighted
from speeches.search import vocabulary
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ask(client):
    def ask(text, name="search", headers=None, **options):
        response = client.get(reverse(name), {"q": text, **options}, headers=headers)
        assert response.status_code == 200
        return response.content.decode()

    return ask


def test_people_and_bodies_are_answered_first(ask):
    build.small_site(2)
    assert 'class="search-named"' in ask("林1溪")
    page = ask("青禾市第1政协")
    assert page.index('class="search-named"') < page.index('class="entries hits"')
    assert 'class="search-named"' not in ask("提案")


def test_who_has_nothing_public_is_not_named(ask):
    build.person("苏望舒")
    build.body("霁苔县政协")
    page = ask("苏望舒") + ask("霁苔县政协")
    assert 'class="search-named"' not in page


def test_htmx_gets_the_list_alone(ask):
    build.small_site(1)
    page = ask("提案", headers=HTMX)
    assert "<html" not in page
    assert "<mark>提案</mark>" in page


def test_filters_come_behind_the_list_and_without_script_on_a_page(ask):
    build.small_site(3)
    page = ask("政协")
    assert 'hx-trigger="load"' in page
    assert "search-facet-count" not in page
    for answer in (ask("政协", "search_facets"), ask("政协", "search_facets", headers=HTMX)):
        for label in ("青禾市第1政协", "2024", "民生", "第2次会议"):
            assert label in answer
    assert "<html" not in answer


def test_a_chosen_filter_narrows_and_can_be_taken_away(ask):
    build.small_site(3)
    body = build.body("青禾市第1政协分会").parent  # another body, that nothing belongs to
    assert body is None
    page = ask("政协", kind="speech", year="2024")
    assert page.count('class="entry"') == 3
    assert "kind=speech" in page
    assert 'class="search-chosen"' in page
    assert "/work/" not in page[page.index("search-main") :].split("search-facets")[0]


@pytest.mark.parametrize(
    "value", ["", "x", "99999999999999999999", "' OR 1=1", "１", "*", "\U0001f38b"]
)
def test_no_filter_is_an_error(ask, value):
    build.small_site(1)
    for name in ("kind", "organization", "speaker", "year", "topic", "meeting", "sort"):
        ask("政协", **{name: value})
        ask("政协", "search_facets", **{name: value})


@pytest.mark.parametrize(
    "text",
    [
        "'",
        '"',
        "%",
        "*",
        "NEAR(",
        "\\",
        "🎋",
        "党" * 64,
        "民" * 10_000,
        "５０．４",
        "organization:",
    ],
)
def test_no_text_is_an_error(ask, text):
    build.small_site(1)
    ask(text)
    ask(text, headers=HTMX)
    ask(text, "search_facets")


def test_what_sounds_alike_is_offered(ask):
    build.small_site(1)
    vocabulary.rebuild()
    assert "search-meant" in ask("提安")
    assert "search-meant" not in ask("没有这回事")


def test_topics_are_offered_where_nothing_is_found(ask):
    build.small_site(1)
    for page in (ask("没有这回事"), ask("")):
        assert reverse("topic", args=["民生"]) in page or "民生" in page


def test_a_hit_leads_to_a_page_that_marks_its_words(client):
    build.published(of := build.meeting())
    build.published(draft := build.speech(of, body="<p>全年提交<strong>提</strong>案19件。</p>"))
    page = client.get(
        draft.editions.get().get_absolute_url(), {"mark": "提案19件"}
    ).content.decode()
    assert "<strong><mark>提</mark></strong><mark>案19件</mark>" in page
    assert "<mark>" not in client.get(f"/speeches/{draft.pk}/").content.decode()


def test_marking_changes_no_word_and_lets_nothing_in():
    html = (
        '<p id="p1">一 &lt;b&gt; 二<br>三㎡</p><h2>四</h2>'
        '<ul><li>五<a href="/x">六</a>七</li></ul>尾'
    )
    marked = highlighted(html, ("m2", "二", "五六七", "b", "四五", "尾"))
    assert marked.replace("<mark>", "").replace("</mark>", "") == html
    assert "<mark>㎡</mark>" in marked
    assert '<mark>五</mark><a href="/x"><mark>六</mark></a><mark>七</mark>' in marked
    assert "<mark>四" not in marked


def test_pages_of_bodies_and_people_search_inside(client, ask):
    build.small_site(2)
    from organizations.models import Organization, Speaker  # noqa: PLC0415 - only here

    body, person = Organization.objects.get(name="青禾市第1政协"), Speaker.objects.get(name="林1溪")
    for thing, name in ((body, "organization"), (person, "speaker")):
        page = client.get(thing.get_absolute_url()).content.decode()
        assert f'<input type="hidden" name="{name}" value="{thing.pk}">' in page
        assert ask("提案", **{name: str(thing.pk)}).count('class="entry"') in {1, 2}


def test_every_page_of_the_search_takes_a_constant_number_of_queries(client):
    build.small_site(2)
    addresses = [
        "/search/?q=政协",
        "/search/?q=林1溪",
        "/search/?q=没有这个",
        "/search/facets/?q=政协",
    ]
    before = [_queries(client, address) for address in addresses]
    for number in range(20):
        of = build.meeting(f"more-{number}")
        build.published(of)
        place, person = build.body(f"新单位{number}政协"), build.person(f"新人{number}")
        draft = build.speech(of, speakers=(person,), organization=place, tags=(f"新{number}",))
        build.published(draft)
    assert [_queries(client, address) for address in addresses] == before


def _queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
