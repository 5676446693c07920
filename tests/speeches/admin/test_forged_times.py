"""When something was first published, or published again, is told by the press alone."""

from django.urls import reverse

from speeches.enums import Action
from speeches.models import Speech, SpeechEdition
from speeches.services import drafts, reviews
from tests.speeches.admin.conftest import speech_form

LONG_AGO = "2001-01-01 08:00:00"
FORGED = {
    f"{name}{suffix}": value
    for name in ("first_published_at", "published_at", "closed_at", "created_at", "updated_at")
    for suffix, value in (("", LONG_AGO), ("_0", LONG_AGO[:10]), ("_1", LONG_AGO[11:]))
}


def times() -> list[tuple]:
    rows = SpeechEdition.objects.order_by("number")
    return list(rows.values_list("first_published_at", "published_at", "closed_at"))


def test_times_that_are_posted_with_a_draft_change_nothing(sit_down, published_speech, office):
    before = times()
    reviews.advance(draft=published_speech, action=Action.REVISE, user=office["editor"])
    published_speech.refresh_from_db()
    created = published_speech.created_at
    address = reverse("admin:speeches_speech_change", args=[published_speech.pk])
    for name in ("editor", "root"):
        published_speech.refresh_from_db()
        data = speech_form(published_speech, title=f"{name}改过", stage="published", **FORGED)
        assert sit_down(name).post(address, data).status_code == 302
    published_speech.refresh_from_db()
    assert (published_speech.stage, published_speech.created_at) == ("draft", created)
    assert published_speech.updated_at.year != 2001
    assert times() == before


def test_the_pages_of_an_edition_take_nothing(sit_down, published_speech):
    before = times()
    edition = SpeechEdition.objects.get()
    for name in ("final", "manager", "root"):
        for page in ("change", "delete"):
            address = reverse(f"admin:speeches_speechedition_{page}", args=[edition.pk])
            sit_down(name).post(address, {**FORGED, "title": "伪造", "post": "yes"})
        sit_down(name).post(
            reverse("admin:speeches_speechedition_changelist"),
            {"action": "delete_selected", "_selected_action": [edition.pk], "post": "yes"},
        )
    assert times() == before
    assert SpeechEdition.objects.get().title == edition.title


def test_publishing_again_keeps_the_first_time_whatever_is_posted(
    sit_down, published_speech, staff
):
    ((first, _published, _closed),) = times()
    reviews.advance(draft=published_speech, action=Action.REVISE, user=staff.editor)
    draft = Speech.objects.get()
    draft.title = "更正后的标题"
    drafts.save_draft(draft=draft, user=staff.editor)
    staff.approve(draft)
    sit_down("manager").post(
        reverse("admin:speeches_speech_review", args=[draft.pk]),
        {"action": "publish", "lock_version": draft.lock_version, **FORGED},
    )
    old, new = times()
    assert new[0] == old[0] == first
    assert new[1] > old[1]
    assert old[2] == new[1]
