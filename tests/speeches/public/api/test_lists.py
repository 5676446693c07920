"""Every list: its pages, its filters, its refusals, and how many queries it takes."""

import json
from base64 import urlsafe_b64encode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speeches.enums import FigureClaim
from tests.speeches.public import builders as build
from tests.speeches.public.test_query_counts import ten_more

pytestmark = pytest.mark.django_db

LISTS = {
    "meetings": {},
    "speeches": {},
    "speeches full": {"full": "true"},
    "work-items": {},
    "work-items full": {"full": "true"},
    "figures": {},
    "organizations": {},
    "speakers": {},
    "topics": {},
    "search": {"q": "政协"},
    "search with facets": {"q": "政协", "facets": "true"},
    "changes": {},
    "changes full": {"full": "true"},
}
PAGED = [name for name in LISTS if "changes" not in name]


def path_of(name):
    return name.partition(" ")[0]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_as_many_queries_for_twelve_rows_as_for_two(ask, name):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            response = ask(path_of(name), limit=100, **LISTS[name])
        rows = json.loads(response.content)["results"]
        return len(rows), len(captured)

    build.small_site(2)
    queries()
    rows, few = queries()
    ten_more()
    more_rows, as_many = queries()
    assert more_rows > rows >= 2
    assert as_many == few <= 20


@pytest.mark.parametrize("name", PAGED)
def test_next_leads_through_every_row_once_and_previous_back(client, read, name):
    build.small_site(5)

    def keys(page):
        return [json.dumps(row, sort_keys=True) for row in page["results"]]

    def follow(page, way):
        pages = [page]
        while pages[-1][way]:
            address = pages[-1][way].removeprefix("http://127.0.0.1:8000")
            pages.append(json.loads(client.get(address).content))
        return pages

    whole = read(path_of(name), limit=100, **LISTS[name])
    pages = follow(read(path_of(name), limit=2, **LISTS[name]), "next")
    assert [key for page in pages for key in keys(page)] == keys(whole)
    assert {page["total"] for page in pages} == {len(whole["results"])}
    back = follow(pages[-1], "previous")
    assert [key for page in back[::-1] for key in keys(page)] == keys(whole)


def test_rows_that_are_added_meanwhile_move_nothing(client, read):
    build.small_site(4)
    first = read("speeches", limit=2)
    build.published(build.speech(build.meeting("later")))
    second = json.loads(client.get(first["next"]).content)
    titles = [row["title"] for page in (first, second) for row in page["results"]]
    assert titles == [f"第{number}篇发言" for number in (3, 2, 1, 0)]


def test_the_way_on_stands_in_the_link_header_too(ask):
    build.small_site(3)
    response = ask("speeches", limit=1)
    assert response["Link"] == f'<{json.loads(response.content)["next"]}>; rel="next"'
    assert response["Link"].startswith("<http://127.0.0.1:8000/api/v1/speeches?limit=1&cursor=")


@pytest.fixture
def two_worlds():
    """Two meetings, each with a speech and a piece of work of its own kind."""
    told = []
    for year, kind in ((2023, "plenary"), (2024, "forum")):
        of = build.meeting(f"meeting-{year}", kind=kind, host=build.body(f"{year}主办单位"))
        of.start_date = of.start_date.replace(year=year)
        of.save()
        build.published(of)
        place, person = build.body(f"{year}政协"), build.person(f"林{year}")
        draft = build.speech(
            of,
            title=f"{year}的发言",
            organization=place,
            speakers=(person,),
            tags=(f"主题{year}",),
            kind="oral" if year == 2023 else "written",
        )
        build.published(draft)
        claim = FigureClaim.RESULT if year == 2023 else FigureClaim.TARGET
        figure = {**build.EXACT_FIGURE, "claim": claim, "unit": "件" if year == 2023 else "元"}
        item = build.work(
            title=f"{year}的工作",
            year=year,
            organization=place,
            speech=draft,
            paragraph="p3",
            tags=(f"主题{year}",),
            figures=(figure,),
        )
        build.published(item)
        told.append((of, draft, place, person, item))
    return told


def filters(world):
    of, draft, place, person, _item = world
    year = of.start_date.year
    shared = [("organization", place.pk), ("topic", f"主题{year}"), ("meeting", of.slug)]
    kinds = [("kind", draft.kind), ("speaker", person.pk), ("year", year)]
    figures = [("unit", "元"), ("claim", "target"), ("speech", draft.pk), ("year", year)]
    yield from (("speeches", *one) for one in (*shared, *kinds))
    yield from (("work-items", *one) for one in (*shared, ("year", year), ("speech", draft.pk)))
    yield from (("figures", *one) for one in (*shared, *figures))
    for name, value in (("organization", of.host_id), ("kind", of.kind), ("year", year)):
        yield "meetings", name, value
    yield "speakers", "organization", place.pk
    yield "speakers", "name", person.name
    yield "organizations", "name", place.name


def test_each_filter_leaves_what_it_asks_for(read, two_worlds):
    of, draft, place, person, item = two_worlds[1]
    wanted = {
        "meetings": of.pk,
        "speeches": draft.pk,
        "work-items": item.pk,
        "figures": item.pk,
        "organizations": place.pk,
        "speakers": person.pk,
    }
    for path, name, value in filters(two_worlds[1]):
        page = read(path, **{name: value})
        found = [row.get("work_item_id", row.get("id")) for row in page["results"]]
        assert (path, name, found) == (path, name, [wanted[path]])
        assert page["total"] == 1


def test_times_of_publication_narrow_a_list(read):
    build.small_site(1)
    (row,) = read("speeches")["results"]
    assert read("speeches", published_since=row["created_at"])["total"] == 1
    assert read("speeches", published_until=row["created_at"])["total"] == 0
    assert read("speeches", updated_since="2199-01-01")["total"] == 0
    assert read("speeches", published_since="0001-01-01")["total"] == 1


def test_a_lost_plus_in_a_time_is_put_back(client):
    address = "/api/v1/speeches?published_since=2025-03-01T08:00:00+08:00"
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("ordering", ["position", "-position", "created_at", "-updated_at"])
def test_speeches_come_in_the_order_asked_for(read, ordering):
    of = build.meeting()
    build.published(of)
    for position in (2, 1, 3):
        build.published(build.speech(of, title=f"第{position}篇", position=position))
    titles = [row["title"] for row in read("speeches", ordering=ordering)["results"]]
    assert (
        titles
        == {
            "position": ["第1篇", "第2篇", "第3篇"],
            "-position": ["第3篇", "第2篇", "第1篇"],
            "created_at": ["第2篇", "第1篇", "第3篇"],
            "-updated_at": ["第3篇", "第1篇", "第2篇"],
        }[ordering]
    )


def test_a_former_slug_still_names_its_meeting_in_a_filter(read):
    of = build.meeting("old")
    build.published(of)
    build.published(build.speech(of))
    of.slug = "new"
    of.save()
    build.published(of)
    assert [read("speeches", meeting=slug)["total"] for slug in ("old", "new", "none")] == [1, 1, 0]


def test_meetings_without_a_date_are_in_the_list(read):
    build.published(build.meeting("dated"))
    build.published(build.meeting("undated", start_date=None))
    slugs = [row["slug"] for row in read("meetings")["results"]]
    assert slugs == ["dated", "undated"]


HOSTILE = [
    ("speeches?limit=0", "limit"),
    ("speeches?limit=101", "limit"),
    ("speeches?limit=abc", "limit"),
    ("speeches?limit=99999999999999999999999999", "limit"),
    ("speeches?organization=99999999999999999999", "organization"),
    ("speeches?organization=-1", "organization"),
    ("speeches?year=0", "year"),
    ("speeches?published_since=yesterday", "published_since"),
    ("speeches?published_since=2025-02-31", "published_since"),
    ("speeches?kind=none", "kind"),
    ("speeches?ordering=title", "ordering"),
    ("speeches?full=maybe", "full"),
    ("speeches?organisation=1", "organisation"),
    ("speeches/99999999999999999999999999", "number"),
    ("search", "q"),
    ("search?q=" + "政" * 65, "q"),
]


@pytest.mark.parametrize(("address", "parameter"), HOSTILE)
def test_a_parameter_that_does_not_fit_is_refused_by_its_name(client, address, parameter):
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    told = json.loads(response.content)
    assert [error["parameter"] for error in told["errors"]] == [parameter]
    assert told["errors"][0]["detail"] != "此值不正确。"
    assert not told["errors"][0]["detail"].isascii()


ENDLESS = json.dumps(["-created_at", "next", ["9999-12-31T23:59:59-14:00", 1]]).encode()
CURSORS = ["%", "zzz", "政协", "W10", "bnVsbA", urlsafe_b64encode(ENDLESS).decode(), "0" * 199]


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("name", LISTS)
def test_a_cursor_of_ones_own_making_is_refused(ask, name, cursor):
    key = "since" if "changes" in name else "cursor"
    response = ask(path_of(name), **LISTS[name], **{key: cursor})
    assert response.status_code == 400
    assert json.loads(response.content)["detail"] == "这个游标不是本站给出的。"


def test_a_cursor_of_another_order_is_refused(ask, read):
    build.small_site(2)
    other = read("speeches", limit=1)["next"].rpartition("cursor=")[2]
    assert ask("speeches", ordering="created_at", cursor=other).status_code == 400


@pytest.mark.parametrize("name", [*LISTS, "speeches/%00", "topics/%00", "meetings/a%00b"])
def test_a_nul_is_refused_as_a_problem(client, name):
    response = client.get(f"/api/v1/{path_of(name)}?topic=%00&q=%00")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_thousands_of_parameters_are_refused_as_a_problem(client):
    response = client.get("/api/v1/speeches?" + "&".join(f"a{n}=1" for n in range(6000)))
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
