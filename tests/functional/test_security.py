"""What hostile readers and clumsy staff try, and what stands in the way."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from speeches import richtext
from speeches.enums import Action
from speeches.exceptions import TransitionRefused
from speeches.models import ImportBatch, Meeting, Speech, SpeechEdition, WorkItem
from speeches.publishing.assets import assets_of
from speeches.services import drafts, imports, publications, reviews
from speeches.services.slugs import free_slug

HUGE = "9" * 5000
"""More digits than Python turns into a number."""


@pytest.fixture
def public(meeting, speech, staff):
    """Publish the meeting with its speech."""
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    return speech


@pytest.fixture
def elsewhere(staff):
    """Return a second meeting, public and empty."""
    draft = drafts.save_draft(
        draft=Meeting(slug="bailu-2025", title="白鹭县政协工作座谈会"), user=staff.editor
    )
    staff.approve(draft)
    publications.publish(draft=draft, user=staff.manager)
    return draft


def revise(draft, staff, **values):
    reviews.advance(draft=draft, action=Action.REVISE, user=staff.editor)
    for name, value in values.items():
        setattr(draft, name, value)
    return drafts.save_draft(draft=draft, user=staff.editor)


def signed_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/meetings/%00/",
        "/meetings/%00/digest.docx",
        "/topics/a%00b/",
        "/work/?organization=%00",
        "/admin/speeches/speech/?stage__exact=%00",
    ],
)
def test_an_address_with_nul_leads_nowhere(address, db):
    assert Client().get(address).status_code == 404


def test_a_withdrawn_meeting_takes_along_a_speech_whose_draft_was_moved(
    public, elsewhere, staff, client
):
    meeting = public.meeting
    revise(Speech.objects.get(pk=public.pk), staff, meeting=elsewhere)
    publications.withdraw(
        draft=Meeting.objects.get(pk=meeting.pk), user=staff.manager, opinion="内容有误"
    )
    assert client.get(reverse("speech", args=[public.pk])).status_code == 410


def test_a_withdrawn_meeting_leaves_a_speech_that_readers_find_in_another(
    public, elsewhere, staff, client
):
    revise(Speech.objects.get(pk=public.pk), staff, meeting=elsewhere)
    publications.withdraw(draft=elsewhere, user=staff.manager, opinion="内容有误")
    assert client.get(reverse("speech", args=[public.pk])).status_code == 200


def test_nobody_takes_over_the_address_of_a_published_meeting(public, staff):
    address = public.meeting.slug
    revise(Meeting.objects.get(pk=public.meeting_id), staff, slug="qinghe-2025-new")
    with pytest.raises(ValidationError, match="已有会议使用这个网址标识"):
        drafts.save_draft(draft=Meeting(slug=address, title="另一次会议"), user=staff.colleague)


def test_a_proposed_address_was_never_that_of_another_meeting(public, staff):
    meeting = Meeting.objects.get(pk=public.meeting_id)
    revise(meeting, staff, slug="qinghe-2025-new")
    assert free_slug("", "qinghe-2025") == "qinghe-2025-2"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_a_speech_is_not_published_into_a_meeting_that_is_being_withdrawn(
    meeting, speech, staff, django_db_serialized_rollback
):
    staff.approve(meeting, speech)
    publications.publish(draft=meeting, user=staff.manager)
    together = threading.Barrier(2)

    def run(service, **arguments):
        try:
            together.wait()
            service(user=staff.manager, **arguments)
        except TransitionRefused:
            pass
        finally:
            connections.close_all()

    steps = [
        threading.Thread(target=run, args=(publications.publish,), kwargs={"draft": speech}),
        threading.Thread(
            target=run,
            args=(publications.withdraw,),
            kwargs={"draft": meeting, "opinion": "内容有误"},
        ),
    ]
    for step in steps:
        step.start()
    for step in steps:
        step.join()
    assert not meeting.editions.current().exists()
    assert not SpeechEdition.objects.current().exists()


@pytest.mark.parametrize(
    "address",
    ["/media/../secret", "/static/../manage.py", "/media/pictures/", "/static/css/", "/media/\0"],
)
def test_a_link_out_of_the_folders_or_to_a_folder_finds_no_file(address, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media" / "pictures").mkdir(parents=True)
    (tmp_path / "secret").write_text("不公开", encoding="utf-8")
    assert list(assets_of([address])) == [(address, None)]


def test_a_colleagues_draft_can_neither_be_named_nor_chosen(speech, staff):
    colleague = signed_in(staff.colleague)
    address = reverse("admin:speeches_workitem_add")
    assert speech.title not in colleague.get(f"{address}?speech={speech.pk}").content.decode()
    answer = colleague.post(
        address,
        {
            "title": "借题发挥",
            "speech": speech.pk,
            "paragraph": "p1",
            "body": richtext.from_paragraphs(["全年办实事56件。"]),
            "position": "0",
            "figures-TOTAL_FORMS": "0",
            "figures-INITIAL_FORMS": "0",
        },
    )
    assert answer.status_code == 200
    assert not WorkItem.objects.exists()


def test_a_version_of_thousands_of_digits_is_told_to_be_out_of_date(meeting, staff):
    answer = signed_in(staff.editor).post(
        reverse("admin:speeches_meeting_review", args=[meeting.pk]),
        {"action": "submit", "lock_version": HUGE},
        follow=True,
    )
    assert answer.status_code == 200
    meeting.refresh_from_db()
    assert meeting.stage == "draft"


@pytest.fixture
def batch(samples, staff) -> ImportBatch:
    """Import a sample."""
    path = samples / "2025-yunling-party-building.txt"
    created, _is_new = imports.create_batch(
        data=path.read_bytes(), filename=path.name, user=staff.editor
    )
    return created


def test_a_tick_of_thousands_of_digits_accepts_nothing(batch, staff):
    answer = signed_in(staff.editor).post(
        reverse("admin:speeches_importbatch_accept", args=[batch.pk]), {"item": HUGE}
    )
    assert answer.status_code == 302
    assert not Speech.objects.exists()


def test_the_same_file_at_the_same_moment_is_one_batch(batch, samples, staff, monkeypatch):
    path = samples / "2025-yunling-party-building.txt"
    seen = iter([ImportBatch.objects.none()])
    find = ImportBatch.objects.filter
    monkeypatch.setattr(
        type(ImportBatch.objects), "filter", lambda _self, **wanted: next(seen, find(**wanted))
    )
    again, is_new = imports.create_batch(
        data=path.read_bytes(), filename=path.name, user=staff.editor
    )
    assert (again, is_new) == (batch, False)
