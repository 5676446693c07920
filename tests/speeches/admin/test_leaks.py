"""Wherever a draft could leak, a person without the right to it sees nothing.

Beside colleagues (of whom an editor opens own drafts only) each door is tried by a stranger, and
after the draft was thrown away by everybody.
"""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from speeches.models import Speech
from speeches.services import bin as recycling
from speeches.services import drafts
from tests.speeches.admin.conftest import speech_form

SECRET = "绝密的标题"

STAFF_DOORS: dict[str, Callable[[Speech], str]] = {
    name: (lambda speech, name=name: reverse(f"admin:speeches_speech_{name}", args=[speech.pk]))
    for name in (
        "change",
        "delete",
        "history",
        "reading",
        "sheet",
        "sheet_file",
        "schedule",
        "proofreading",
        "typesetting",
        "preview",
        "links",
    )
} | {
    "compare": lambda speech: reverse(
        "admin:speeches_speech_version", args=[speech.pk, speech.history.last().pk]
    ),
    "preview frame": lambda speech: reverse("admin:speeches_preview", args=["speech", speech.pk]),
    "list": lambda _speech: reverse("admin:speeches_speech_changelist") + f"?q={SECRET}",
    "board": lambda speech: reverse("admin:speeches_meeting_board", args=[speech.meeting_id]),
    "meeting proofreading": lambda speech: reverse(
        "admin:speeches_meeting_proofreading", args=[speech.meeting_id]
    ),
    "meeting sheet": lambda speech: reverse(
        "admin:speeches_meeting_sheet", args=[speech.meeting_id]
    ),
    "meeting preview": lambda speech: reverse(
        "admin:speeches_preview", args=["meeting", speech.meeting_id]
    ),
    "autocomplete": lambda _speech: (
        reverse("admin:autocomplete")
        + f"?app_label=speeches&model_name=workitem&field_name=speech&term={SECRET}"
    ),
    "desk": lambda _speech: reverse("admin:index"),
    "bin": lambda _speech: reverse("admin:speeches_bin"),
    "compilations": lambda _speech: reverse("admin:speeches_compilation_search") + f"?q={SECRET}",
}
PUBLIC_DOORS: dict[str, Callable[[Speech], str]] = {
    "page": lambda speech: f"/speeches/{speech.pk}/",
    "corrections": lambda speech: f"/speeches/{speech.pk}/corrections/",
    "export": lambda speech: f"/speeches/{speech.pk}/digest.json",
    "meeting export": lambda speech: f"/meetings/{speech.meeting.slug}/digest.json",
    "search": lambda _speech: f"/search/?q={SECRET[:2]}",
    "feed": lambda _speech: "/feed/",
    "api": lambda _speech: "/api/v1/speeches",
    "api of one": lambda speech: f"/api/v1/speeches/{speech.pk}",
    "api search": lambda _speech: f"/api/v1/search?q={SECRET[:2]}",
    "sitemap": lambda _speech: "/sitemap.xml",
}
DOORS = STAFF_DOORS | PUBLIC_DOORS


@pytest.fixture
def secret(speech, staff) -> Speech:
    """A draft with a title that must not be seen."""
    speech.title = SECRET
    return drafts.save_draft(draft=speech, user=staff.editor)


def closed(answer) -> bool:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return SECRET not in body.decode("utf-8", "replace").replace(f'value="{SECRET}"', "")


@pytest.mark.parametrize("door", STAFF_DOORS)
def test_the_author_comes_in(sit_down, secret, door):
    """The doors are real: where this fails, the tests below prove nothing."""
    answer = sit_down("editor").get(STAFF_DOORS[door](secret))
    assert answer.status_code == 200


@pytest.mark.parametrize("door", DOORS)
def test_a_colleague_without_the_right_sees_nothing(sit_down, secret, door):
    assert closed(sit_down("neighbour").get(DOORS[door](secret)))


@pytest.mark.parametrize("door", DOORS)
def test_a_stranger_sees_nothing(secret, door):
    assert closed(Client().get(DOORS[door](secret)))


@pytest.mark.parametrize("door", [door for door in DOORS if door != "bin"])
def test_nobody_sees_what_lies_in_the_bin(sit_down, secret, staff, door):
    address = DOORS[door](secret)
    recycling.throw_away(draft=secret, user=staff.editor)
    assert closed(sit_down("root").get(address))


@pytest.mark.parametrize("name", ["neighbour", "first"])
def test_a_colleague_changes_nothing_by_any_door(sit_down, secret, name):
    client = sit_down(name)
    version = STAFF_DOORS["compare"](secret)
    kind = "admin:speeches_speech"
    for address, data in (
        (STAFF_DOORS["change"](secret), speech_form(secret, title="改")),
        (version, {"lock_version": secret.lock_version}),
        (STAFF_DOORS["delete"](secret), {"post": "yes"}),
        (STAFF_DOORS["links"](secret), {"create": "1", "recipient": "我", "days": "7"}),
        (reverse(f"{kind}_review", args=[secret.pk]), {"action": "submit", "lock_version": "1"}),
    ):
        client.post(address, data)
    stored = Speech.objects.get()
    assert (stored.title, stored.stage, stored.lock_version) == (
        SECRET,
        secret.stage,
        secret.lock_version,
    )
    assert client.get(reverse("admin:index")).status_code == 200


def test_a_colleague_neither_restores_nor_sees_a_foreign_bin(sit_down, secret, staff):
    recycling.throw_away(draft=secret, user=staff.editor)
    neighbour = sit_down("neighbour")
    bin_address = reverse("admin:speeches_bin")
    assert closed(neighbour.get(bin_address))
    neighbour.post(bin_address, {"restore": f"speech-{secret.pk}"})
    assert not Speech.objects.exists()


def test_a_colleague_says_nothing_of_open_forms(sit_down, secret):
    presence = reverse("admin:speeches_speech_presence", args=[secret.pk])
    assert sit_down("neighbour").post(presence).status_code == 403
