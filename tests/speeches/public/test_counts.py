"""Reading counts: asked for by the page, kept by day, told of nobody."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from speeches.models import PageReads, Speech
from speeches.public import counts
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db

PERSON = {
    "User-Agent": "Mozilla/5.0 (Windows NT 6.1) Firefox/115.0",
    "Sec-Fetch-Site": "same-origin",
}


@pytest.fixture(autouse=True)
def site():
    cache.clear()
    build.small_site()


@pytest.fixture
def path() -> str:
    return reverse("speech", args=[Speech.objects.get().pk])


def ask(path: str, **headers: str):
    return Client(enforce_csrf_checks=True).post(
        reverse("counts"), {"page": path}, headers={**PERSON, **headers}
    )


def reads(path: str, **headers: str) -> int:
    return ask(path, **headers).json()["reads"]


def test_each_visitor_counts_once_within_half_an_hour(path):
    assert reads(path) == 1
    assert reads(path) == 1
    assert reads(path, **{"User-Agent": "another browser"}) == 2
    cache.clear()
    assert reads(path) == 3


def test_meetings_speeches_and_work_are_counted_apart(path):
    speech = Speech.objects.get()
    others = [speech.meeting.editions.get(), speech.workitem_set.get().editions.get()]
    assert reads(path) == 1
    assert [reads(edition.get_absolute_url()) for edition in others] == [1, 1]


def test_a_meeting_keeps_its_count_under_a_new_address():
    of = Speech.objects.get().meeting
    reads(reverse("meeting", args=[of.slug]))
    of.slug = "新地址"
    of.save()
    build.published(of)
    assert reads(reverse("meeting", args=["新地址"])) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Baiduspider/2.0"},
        {"User-Agent": "python-requests/2.32"},
        {"User-Agent": ""},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_programs_and_other_sites_are_told_and_not_counted(path, headers):
    assert reads(path) == 1
    cache.clear()
    assert reads(path, **headers) == 1


def test_an_old_browser_is_known_by_its_origin(path):
    old = {"User-Agent": PERSON["User-Agent"]}
    address = reverse("counts")
    client = Client()
    for origin, total in (("http://elsewhere.example", 0), ("http://testserver", 1)):
        answer = client.post(address, {"page": path}, headers={**old, "Origin": origin})
        assert answer.json() == {"reads": total}


def test_who_opens_everything_is_no_longer_counted(path, monkeypatch):
    monkeypatch.setattr(counts, "PER_VISITOR", 1)
    other = Speech.objects.get().meeting.editions.get().get_absolute_url()
    assert (reads(path), reads(other)) == (1, 0)


@pytest.mark.parametrize("wanted", ["/", "/nowhere/", "/speeches/999/", "https://elsewhere/", ""])
def test_only_public_pieces_are_counted(wanted):
    assert ask(wanted).status_code == 404
    assert not PageReads.objects.exists()


def test_what_was_withdrawn_is_no_longer_counted(path):
    reads(path)
    build.withdrawn(Speech.objects.get())
    assert ask(path).status_code == 404


def test_a_line_tells_the_day_and_nothing_of_the_reader(path):
    answer = ask(path)
    row = PageReads.objects.get()
    assert (row.kind, row.number, row.count) == ("speech", Speech.objects.get().pk, 1)
    assert isinstance(row.day, date)
    assert {field.name for field in PageReads._meta.fields} == {
        *("id", "kind", "number", "day", "count"),
    }
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_the_page_itself_holds_no_number_and_says_where_to_ask(page, path):
    before = page("speech", Speech.objects.get().pk)
    reads(path)
    assert page("speech", Speech.objects.get().pk) == before
    assert f'data-counts="/counts/" data-page="{path}"' in before


def test_staff_see_the_reads_of_a_day_and_of_all_days(
    path, groups, client, django_assert_max_num_queries
):
    reads(path)
    piece = Speech.objects.get()
    PageReads.objects.create(kind="speech", number=piece.pk, day=date(2024, 1, 2), count=7)
    colleague = get_user_model().objects.create_user("colleague", is_staff=True)
    colleague.groups.add(Group.objects.get(name="采编"))
    client.force_login(colleague)
    with django_assert_max_num_queries(12):
        text = client.get(reverse("admin:speeches_pagereads_changelist")).content.decode()
    assert f'<a href="{path}">{piece.title}</a>' in text
    assert '<td class="field-total">8</td>' in text
