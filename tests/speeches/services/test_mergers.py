"""Merging two people or two bodies: nothing that led to the one is lost."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from organizations.models import Appointment, Organization, Speaker
from speeches.exceptions import MergerRefused
from speeches.models import Meeting, Speech, SpeechEdition, SpeechEditionSpeaker
from speeches.search import index
from speeches.services import bin as recycling
from speeches.services import mergers
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(staff) -> tuple[Speaker, Speaker]:
    """One person on record twice: each with a public speech and the same post."""
    body = build.body(short_name="青禾政协")
    of = build.meeting(host=body)
    build.published(of)
    wrong = build.person("林清溪", note="重复", biography="曾在白鹭县工作。")
    right = build.person("林清溪")
    wrong.variants.create(name="林清西")
    for person in (wrong, right):
        post = Appointment.objects.create(
            speaker=person, organization=body, post_title="主席", start_date=date(2022, 1, 8)
        )
        draft = build.speech(of, title=f"发言{person.pk}", organization=body, speakers=(person,))
        draft.credits.update(appointment=post)
        build.published(draft)
    return wrong, right


def sound(capsys) -> bool:
    call_command("verify_editions")
    return "0 处不符" in capsys.readouterr().out


def test_speeches_posts_and_names_go_to_the_one_that_stays(twice, staff, client, capsys):
    wrong, right = twice
    address = reverse("speaker", args=[wrong.pk])
    feed = reverse("speaker_feed", args=[wrong.pk])
    mergers.merge(record=wrong, into=right, user=staff.manager)
    assert list(Speaker.objects.all()) == [right]
    right.refresh_from_db()
    assert right.biography == "曾在白鹭县工作。"
    assert [variant.name for variant in right.variants.all()] == ["林清西"]
    assert right.appointments.count() == 1
    assert Speech.objects.filter(speakers=right).count() == 2
    page = client.get(address, follow=True)
    assert page.redirect_chain == [(reverse("speaker", args=[right.pk]), 301)]
    assert all(draft.title in page.content.decode() for draft in Speech.objects.all())
    assert client.get(feed).url == reverse("speaker_feed", args=[right.pk])
    found = client.get(reverse("search"), {"q": "发言", "speaker": right.pk}).content.decode()
    assert all(f'"/speeches/{draft.pk}/' in found for draft in Speech.objects.all())
    assert list(index.check()) == []
    assert sound(capsys)


def test_what_lies_in_the_recycle_bin_follows_too(speech, staff):
    wrong, right = build.body("白鹭政协"), build.body("白鹭县政协")
    Speech.objects.update(organization=wrong)
    recycling.throw_away(draft=Speech.objects.get(), user=staff.editor)
    mergers.merge(record=wrong, into=right, user=staff.manager)
    assert Speech.everything.get().organization == right


def test_what_was_published_stays_provable_and_is_refused_any_other_change(twice, staff, capsys):
    wrong, right = twice
    hashes = list(SpeechEdition.objects.values_list("content_hash", flat=True))
    mergers.merge(record=wrong, into=right, user=staff.manager)
    assert list(SpeechEdition.objects.values_list("content_hash", flat=True)) == hashes
    credit = SpeechEditionSpeaker.objects.get(edition__title=f"发言{wrong.pk}")
    assert credit.speaker == right
    assert credit.link_at_publication("speaker_id") == wrong.pk
    assert sound(capsys)
    if connection.vendor == "postgresql":
        for change in ("speaker_id = NULL", "name_printed = '伪造'", "published_links = '{}'"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE speeches_speecheditionspeaker SET {change}")  # noqa: S608


def test_a_second_merger_leaves_no_chain(twice, staff, client):
    wrong, right = twice
    third = build.person("林清溪", note="第三")
    mergers.merge(record=wrong, into=right, user=staff.manager)
    mergers.merge(record=right, into=third, user=staff.manager)
    for person in twice:
        answer = client.get(reverse("speaker", args=[person.pk]))
        assert answer.url == reverse("speaker", args=[third.pk])
    assert SpeechEditionSpeaker.objects.filter(speaker=third).count() == 2


def test_bodies_keep_children_speeches_meetings_and_their_names(twice, staff, client, capsys):
    old = Organization.objects.get()
    above = build.body("云岭省政协")
    Organization.objects.filter(pk=old.pk).update(parent=above)
    new = build.body("政协青禾市委员会", parent=old)
    child = build.body("青禾市政协办公室", parent=old)
    child.parent = old
    number = old.pk
    mergers.merge(record=old, into=new, user=staff.manager)
    new.refresh_from_db()
    child.refresh_from_db()
    assert (new.parent, child.parent) == (above, new)
    assert {alias.name for alias in new.aliases.all()} == {"青禾市政协", "青禾政协"}
    assert Speech.objects.filter(organization=new).count() == 2
    assert Meeting.objects.get().host == new
    assert new.appointments.count() == 2
    page = client.get(f"/organizations/{number}/", follow=True)
    assert page.redirect_chain == [(new.get_absolute_url(), 301)]
    assert list(index.check()) == []
    assert sound(capsys)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (staff.manager, str(new.pk))


def test_the_page_shows_what_moves_before_it_does_it(twice, staff, client):
    wrong, right = twice
    client.force_login(staff.manager, "django.contrib.auth.backends.ModelBackend")
    address = reverse("admin:merge", args=["speaker", wrong.pk])
    page = client.get(address, {"into": right.pk})
    told = {moved.label: moved.count for moved in page.context["moved"]}
    assert set(told.values()) == {1}
    assert len(told) == 4
    assert Speaker.objects.count() == 2
    client.post(address, {"into": right.pk})
    assert Speaker.objects.count() == 1


@pytest.mark.parametrize("who", ["editor", "final"])
def test_only_managers_merge(who, twice, staff, client):
    wrong, right = twice
    with pytest.raises(PermissionDenied):
        mergers.merge(record=wrong, into=right, user=getattr(staff, who))
    client.force_login(getattr(staff, who), "django.contrib.auth.backends.ModelBackend")
    address = reverse("admin:merge", args=["speaker", wrong.pk])
    assert client.post(address, {"into": right.pk}).status_code == 403
    assert Speaker.objects.count() == 2


def test_nobody_is_merged_into_themselves(twice, staff):
    with pytest.raises(MergerRefused):
        mergers.merge(record=twice[0], into=twice[0], user=staff.manager)
