import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from speeches import site
from speeches.models import Indicator, Speech
from speeches.public.sitemaps import SECTIONS
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db

LISTS = (
    "home",
    "meetings",
    "work_items",
    "speakers",
    "organizations",
    "topics",
    "site_map",
    "indicators",
    "feed",
    "work_feed",
    "sitemap",
)

MOST = 4
"""Queries of a page, with nothing kept in the process: the settings of the site are among them."""


def queries(client: Client, address: str) -> int:
    """Return how many queries a page takes when nothing is kept from an earlier one."""
    site.forget()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_as_many_queries_for_twelve_pieces_as_for_two(client, name):
    build.small_site(2)
    few = queries(client, reverse(name))
    ten_more()
    assert queries(client, reverse(name)) == few
    assert few <= MOST


@pytest.mark.parametrize("name", SECTIONS)
def test_a_file_of_the_site_map_takes_as_many_queries_for_twelve_as_for_two(client, name):
    build.small_site(2)
    address = reverse("sitemap_section", args=[name, 1])
    few = queries(client, address)
    ten_more()
    assert queries(client, address) == few
    assert few <= MOST


def ten_more() -> None:
    """Publish ten more of everything, unconnected to what is there."""
    for number in range(2, 12):
        of = build.meeting(f"more-{number}", host=build.body(f"主办单位{number}"))
        build.published(of)
        place = build.body(f"新单位{number}", level="county")
        tags = (f"新主题{number}", "民生")
        draft = build.speech(
            of, speakers=(build.person(f"新人{number}"),), organization=place, tags=tags
        )
        build.published(draft)
        build.published(
            build.work(
                organization=place, speech=draft, tags=tags, figures=(build.EXACT_FIGURE,) * 3
            )
        )


@pytest.mark.parametrize(
    "name",
    [
        *("meeting", "meeting_in_full", "speech", "corrections", "work_item", "indicator"),
        *("speaker", "organization", "topic"),
    ],
)
def test_a_page_takes_as_many_queries_with_twelve_parts_as_with_two(client, name):
    of = build.meeting()
    build.published(of)
    place, person = build.body("青禾市政协"), build.person()
    measured = Indicator.objects.create(name="提案办理", unit="件")
    figure = {**build.EXACT_FIGURE, "indicator": measured}
    key = {
        "meeting": of.slug,
        "meeting_in_full": of.slug,
        "speaker": person.pk,
        "organization": place.pk,
        "topic": "民生",
        "indicator": measured.pk,
    }

    def add(count: int) -> None:
        for number in range(count):
            child = build.body(f"下属{place.children.count()}", parent=place)
            draft = build.speech(
                of, position=number, speakers=(person,), organization=place, tags=("民生",)
            )
            build.published(draft)
            key.setdefault("speech", draft.pk)
            for organization in (place, child):
                item = build.work(
                    organization=organization,
                    speech_id=key["speech"],
                    figures=(figure,) * (count // 2),
                    tags=("民生", f"主题{number}"),
                )
                build.published(item)
                key.setdefault("work_item", item.pk)

    add(2)
    build.published(build.speech(of, position=99))
    corrected = Speech.objects.get(pk=key["speech"])
    corrected.title = "改正过的题目"
    corrected.save()
    build.published(corrected)
    key["corrections"] = corrected.pk
    few = queries(client, reverse(name, args=[key[name]]))
    add(10)
    assert queries(client, reverse(name, args=[key[name]])) == few
    assert few <= MOST
