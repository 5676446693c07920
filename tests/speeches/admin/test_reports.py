"""The queue of readers' reports."""

import pytest
from django.urls import reverse

from speeches.enums import ReportState
from speeches.models import ErrorReport

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return ErrorReport.objects.create(
        path="/speeches/1/", page_title="一件提案", anchor="p3", message="<b>应为29件</b>"
    )


def form_of(report: ErrorReport) -> str:
    return reverse("admin:speeches_errorreport_change", args=[report.pk])


def test_an_editor_records_what_was_done(client, staff, report):
    client.force_login(staff.editor)
    text = client.get(form_of(report)).content.decode()
    assert "&lt;b&gt;应为29件" in text
    assert 'href="/speeches/1/#p3"' in text
    client.post(form_of(report), {"state": "corrected", "note": "已更正", "message": "改写"})
    report.refresh_from_db()
    assert (report.state, report.note) == (ReportState.CORRECTED, "已更正")
    assert report.handled_by == staff.editor
    assert report.handled_at is not None
    assert report.message == "<b>应为29件</b>"


def test_a_reviewer_reads_and_does_not_decide(client, staff, report):
    client.force_login(staff.first)
    assert client.get(form_of(report)).status_code == 200
    assert client.post(form_of(report), {"state": "declined", "note": ""}).status_code == 403


def test_nobody_deletes_or_invents_a_report(client, staff, report):
    client.force_login(staff.manager)
    assert client.get(reverse("admin:speeches_errorreport_add")).status_code == 403
    delete = reverse("admin:speeches_errorreport_delete", args=[report.pk])
    assert client.get(delete).status_code == 403


def test_the_list_takes_as_many_queries_for_thirty_as_for_three(
    client, staff, report, django_assert_max_num_queries
):
    ErrorReport.objects.update(handled_by=staff.editor)
    for number in range(30):
        ErrorReport.objects.create(
            path="/", page_title=f"{number}", message="错", handled_by=staff.colleague
        )
    client.force_login(staff.manager)
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:speeches_errorreport_changelist"))
