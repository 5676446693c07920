import pytest
from django.urls import reverse

from organizations.models import Organization
from speeches.enums import ExportState
from speeches.models import ExportFile
from speeches.services import publications


def page_of(scope, key):
    return reverse("admin:speeches_compilation", args=[scope, key])


@pytest.fixture
def published_speech(meeting, speech, staff):
    """A public speech of a recorded body."""
    speech.organization = Organization.objects.create(name="白鹭县政协")
    speech.save()
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.final)
    return speech


@pytest.fixture
def address(published_speech):
    return page_of("organization", published_speech.organization_id)


@pytest.fixture
def ask(client, staff, address, django_capture_on_commit_callbacks):
    client.force_login(staff.editor)

    def ask(**choice):
        with django_capture_on_commit_callbacks(execute=True):
            posted = client.post(address, {"format_name": "json", **choice})
        return client.get(address) if posted.status_code == 302 else posted

    return ask


def test_a_compilation_is_asked_for_made_and_taken(ask, client, address, published_speech):
    page = ask().content.decode()
    file = ExportFile.objects.get()
    assert (file.state, file.meeting) == (ExportState.READY, None)
    assert file.filename in page
    answer = client.get(f"{address}{file.pk}/")
    assert published_speech.title in b"".join(answer.streaming_content).decode()


def test_years_and_meetings_bound_what_goes_in(ask, published_speech):
    year = published_speech.meeting.start_date.year
    assert "这里没有已发布的发言" in ask(first_year=year + 1).content.decode()
    assert not ExportFile.objects.exists()
    ask(first_year=year, last_year=year, meetings=[published_speech.meeting_id])
    assert ExportFile.objects.get().state == ExportState.READY


def test_years_in_the_wrong_order_are_told(ask):
    assert "起始年份晚于终止年份" in ask(first_year=2026, last_year=2025).content.decode()


def test_a_subject_is_found_by_name_and_from_its_own_page(client, staff, address, published_speech):
    client.force_login(staff.editor)
    body = published_speech.organization
    found = client.get(reverse("admin:speeches_compilation_search"), {"q": body.name[:3]})
    assert f'href="{address}"' in found.content.decode()
    form = client.get(reverse("admin:organizations_organization_change", args=[body.pk]))
    assert f'href="{address}"' in form.content.decode()


@pytest.mark.parametrize(
    "path", [("organization", "0"), ("speaker", "x"), ("place", "1"), ("topic", "none")]
)
def test_an_unknown_subject_is_not_found(client, staff, path):
    client.force_login(staff.editor)
    assert client.get(page_of(*path)).status_code == 404


def test_a_withdrawal_deletes_the_compilations(ask, published_speech, staff):
    ask()
    publications.withdraw(draft=published_speech, user=staff.manager, opinion="撤稿")
    assert not ExportFile.objects.exists()


def test_nobody_without_the_right_sees_page_or_file(client, ask, address, django_user_model):
    ask()
    client.force_login(django_user_model.objects.create_user("outsider", is_staff=True))
    for path in (address, f"{address}{ExportFile.objects.get().pk}/"):
        assert client.get(path).status_code == 403
