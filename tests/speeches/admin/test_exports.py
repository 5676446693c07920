import pytest
from django.urls import reverse

from speeches.models import ExportFile
from speeches.services import publications


@pytest.fixture
def address(meeting):
    return reverse("admin:speeches_meeting_exports", args=[meeting.pk])


@pytest.fixture
def published(meeting, speech, staff):
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    return meeting


def choice(speech, **changed):
    return {
        "format_name": "json",
        "with_work_items": "on",
        f"take-{speech.pk}": "on",
        f"place-{speech.pk}": "1",
        **changed,
    }


@pytest.fixture
def made(client, staff, published, speech, address, django_capture_on_commit_callbacks):  # noqa: PLR0917 - fixtures
    client.force_login(staff.editor)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, choice(speech)).status_code == 302
    return ExportFile.objects.get()


def test_a_file_is_asked_for_made_and_taken(client, made, published, speech, address):
    page = client.get(address).content.decode()
    link = reverse("admin:speeches_meeting_export_file", args=[published.pk, made.pk])
    assert link in page
    assert made.filename in page
    answer = client.get(link)
    assert speech.title in b"".join(answer.streaming_content).decode()
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_waiting_file_shows_progress_and_the_page_asks_again(
    client, staff, published, speech, address
):
    client.force_login(staff.editor)
    client.post(address, choice(speech))
    page = client.get(address).content.decode()
    assert "<progress" in page
    assert 'http-equiv="refresh"' in page


def test_an_empty_choice_is_told(client, staff, published, speech, address):
    client.force_login(staff.editor)
    page = client.post(address, {"format_name": "json"}).content.decode()
    assert "至少" in page
    assert not ExportFile.objects.exists()


def test_a_meeting_that_is_not_published_has_no_files(client, staff, meeting, address):
    client.force_login(staff.editor)
    answer = client.get(address)
    assert answer.url == reverse("admin:speeches_meeting_change", args=[meeting.pk])


def test_nobody_without_the_right_sees_page_or_file(client, published, address, django_user_model):
    outsider = django_user_model.objects.create_user("outsider", is_staff=True)
    client.force_login(outsider)
    assert client.get(address).status_code == 403
    link = reverse("admin:speeches_meeting_export_file", args=[published.pk, 1])
    assert client.get(link).status_code == 403


def test_the_file_of_another_meeting_is_not_found(client, staff, published):
    client.force_login(staff.editor)
    link = reverse("admin:speeches_meeting_export_file", args=[published.pk, 999])
    assert client.get(link).status_code == 404
