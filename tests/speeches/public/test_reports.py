"""Readers tell of errors."""

import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from speeches.models import ErrorReport, MeetingEdition, Speech, WorkItemEdition
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()


@pytest.fixture
def speech():
    of = build.meeting()
    build.published(of)
    draft = build.speech(of)
    build.published(draft)
    return draft


def form_of(page: str, **query: str) -> str:
    return f"{reverse('report')}?{urlencode({'page': page, **query}, safe='/')}"


def test_the_page_leads_to_the_form_and_the_form_names_the_paragraph(client, page, speech):
    address = form_of(f"/speeches/{speech.pk}/")
    assert f'href="{address}"' in page("speech", speech.pk)
    text = client.get(form_of(f"/speeches/{speech.pk}/", paragraph="p3")).content.decode()
    assert '<option value="p3" selected>全年提交提案19件。</option>' in text
    assert 'name="robots" content="noindex"' in text


def test_a_report_is_stored_with_the_passage_and_nothing_of_the_reader(client, speech):
    response = client.post(
        form_of(f"/speeches/{speech.pk}/"),
        {"paragraph": "p3", "message": "应为29件 <script>alert(1)</script>"},
        headers={"User-Agent": "a browser"},
    )
    assert response.status_code == 302
    assert client.get(response["Location"]).status_code == 200
    report = ErrorReport.objects.get()
    assert (report.passage, report.anchor) == ("全年提交提案19件。", "p3")
    assert report.page_title == speech.title
    assert report.get_absolute_url() == f"/speeches/{speech.pk}/#p3"
    values = " ".join(str(value) for value in ErrorReport.objects.values().get().values())
    assert "127.0.0.1" not in values
    assert "a browser" not in values


@pytest.mark.parametrize(
    "given",
    [{"message": ""}, {"message": "一" * 1001}, {"paragraph": "p99", "message": "应为29件"}],
    ids=["empty", "too long", "unknown paragraph"],
)
def test_a_report_that_cannot_be_taken_comes_back_with_the_reason(client, speech, given):
    response = client.post(form_of(f"/speeches/{speech.pk}/"), given)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not ErrorReport.objects.exists()


def test_the_sixth_report_within_the_hour_is_asked_to_wait(client, speech):
    for number in range(5):
        client.post(form_of(f"/speeches/{speech.pk}/"), {"message": f"第{number}处错误"})
    response = client.post(form_of(f"/speeches/{speech.pk}/"), {"message": "第六处错误"})
    assert response.status_code == 429
    assert "第六处错误" in response.content.decode()
    assert ErrorReport.objects.count() == 5


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client, speech):
    given = {"message": "buy now", "website": "https://spam.example"}
    assert client.post(form_of(f"/speeches/{speech.pk}/"), given).status_code == 302
    assert not ErrorReport.objects.exists()


def test_a_report_needs_the_token_of_the_form(speech):
    strict = Client(enforce_csrf_checks=True)
    given = {"message": "应为29件"}
    assert strict.post(form_of(f"/speeches/{speech.pk}/"), given).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["", "/admin/", "/nowhere/", "//evil.example/", "https://evil.example/", "/search/", "\0"],
)
def test_only_public_pages_can_be_reported_on(client, path):
    assert client.get(form_of(path)).status_code == 404


def test_a_draft_and_a_withdrawn_speech_cannot_be_reported_on(client, speech):
    draft = build.speech(speech.meeting, title="未发布")
    build.withdrawn(Speech.objects.get(pk=speech.pk))
    for piece in (draft, speech):
        assert client.get(form_of(f"/speeches/{piece.pk}/")).status_code == 404


@pytest.mark.parametrize("kind", [MeetingEdition, WorkItemEdition])
def test_meetings_and_work_can_be_reported_on(client, kind):
    build.small_site()
    address = kind.objects.get().get_absolute_url()
    assert client.post(form_of(address), {"message": "日期不对"}).status_code == 302
    assert ErrorReport.objects.get().path == address


def test_a_page_with_a_chinese_address_can_be_reported(client, page):
    of = build.meeting("青禾市会议")
    build.published(of)
    address = of.editions.get().get_absolute_url()
    form = re.search(r'href="(/report/[^"]+)"', page("meeting", of.slug))[1]
    assert client.get(form).status_code == 200
    client.post(form, {"message": "应为二十九件"})
    assert ErrorReport.objects.get().path == address
