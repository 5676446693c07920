import pytest
from django.urls import reverse

from speeches.enums import Action, ExportStep
from speeches.models import ExportFile, Meeting
from speeches.services import drafts, publications, reviews


@pytest.fixture
def address(meeting):
    return reverse("admin:speeches_meeting_exports", args=[meeting.pk])


def choice(speech, **changed):
    return {
        "format_name": "json",
        "with_work_items": "on",
        f"take-{speech.pk}": "on",
        f"place-{speech.pk}": "1",
        **changed,
    }


@pytest.fixture
def made(client, staff, published_speech, address, django_capture_on_commit_callbacks):
    client.force_login(staff.editor)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, choice(published_speech)).status_code == 302
    return ExportFile.objects.get()


def test_a_file_is_asked_for_made_and_taken(client, made, published_speech, address):
    page = client.get(address).content.decode()
    link = reverse(
        "admin:speeches_meeting_export_file", args=[published_speech.meeting_id, made.pk]
    )
    assert link in page
    assert made.filename in page
    answer = client.get(link)
    assert published_speech.title in b"".join(answer.streaming_content).decode()
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_waiting_file_shows_progress_and_the_page_asks_again(
    client, staff, published_speech, address
):
    client.force_login(staff.editor)
    client.post(address, choice(published_speech))
    page = client.get(address).content.decode()
    assert "<progress" in page
    assert 'http-equiv="refresh"' in page


def test_an_empty_choice_is_told(client, staff, published_speech, address):
    client.force_login(staff.editor)
    page = client.post(address, {"format_name": "json"}).content.decode()
    assert "至少" in page
    assert not ExportFile.objects.exists()


def test_a_meeting_that_is_not_published_has_no_files(client, staff, meeting, address):
    client.force_login(staff.editor)
    answer = client.get(address)
    assert answer.url == reverse("admin:speeches_meeting_change", args=[meeting.pk])


def test_nobody_without_the_right_sees_page_or_file(client, made, address, django_user_model):
    outsider = django_user_model.objects.create_user("outsider", is_staff=True)
    client.force_login(outsider)
    assert client.get(address).status_code == 403
    link = reverse("admin:speeches_meeting_export_file", args=[made.meeting_id, made.pk])
    assert client.get(link).status_code == 403


def test_a_file_is_found_at_its_own_meeting_only(client, made, staff):
    other = drafts.save_draft(draft=Meeting(slug="other", title="另一次会议"), user=staff.editor)
    link = reverse("admin:speeches_meeting_export_file", args=[other.pk, made.pk])
    assert client.get(link).status_code == 404


def test_a_file_of_an_earlier_edition_says_so(client, made, address, published_speech, staff):
    assert "由较早的版本生成" not in client.get(address).content.decode()
    reviews.advance(draft=published_speech, action=Action.REVISE, user=staff.editor)
    published_speech.title = "更正后的标题"
    published_speech.save()
    staff.approve(published_speech)
    publications.publish(draft=published_speech, user=staff.manager)
    assert "由较早的版本生成" in client.get(address).content.decode()


@pytest.fixture
def more_speeches(published_speech, write_speech, staff):
    more = [write_speech(f"又一篇{number}") for number in range(5)]
    staff.approve(*more)
    for speech in more:
        publications.publish(draft=speech, user=staff.manager)


def test_the_number_of_queries_is_constant(
    client, made, address, more_speeches, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        client.get(address)


def test_the_bar_tells_what_is_being_done(client, staff, published_speech, address):
    client.force_login(staff.editor)
    client.post(address, choice(published_speech))
    ExportFile.objects.update(step=ExportStep.TYPESETTING)
    page = client.get(address).content.decode()
    assert '<progress max="5" value="3">' in page
    assert "正在排版" in page
    assert "admin-exports.js" in page
