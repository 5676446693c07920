"""The lists and forms of a big office: as many queries for all its speeches as for ten.

``ADMIN_SPEECHES=10000`` asks the same of ten thousand.
"""

import os

import pytest
from django.urls import reverse

from organizations.models import Organization
from speeches.models import Meeting, Speech
from speeches.services import seeding
from tests.speeches.admin.test_lists import queries_of

FEW, MANY = 10, int(os.environ.get("ADMIN_SPEECHES", "150"))
LIST = reverse("admin:speeches_speech_changelist")


@pytest.fixture
def few(sit_down):
    seeding.seed(speeches=FEW, seed=1, tell=lambda _line: None)
    return sit_down("manager")


def addresses() -> list[str]:
    speech = Speech.objects.order_by("pk").first()
    body = Organization.objects.exclude(speech=None).order_by("pk").first()
    return [
        LIST,
        f"{LIST}?stage__exact=published",
        f"{LIST}?q={speech.title[:4]}",
        f"{LIST}?o=1.-2",
        reverse("admin:speeches_meeting_changelist"),
        reverse("admin:speeches_speechedition_changelist"),
        reverse("admin:speeches_speech_change", args=[speech.pk]),
        reverse("admin:speeches_speech_history", args=[speech.pk]),
        reverse("admin:speeches_meeting_change", args=[speech.meeting_id]),
        reverse("admin:organizations_organization_change", args=[body.pk]),
    ]


def test_lists_and_forms_take_as_many_queries_for_all_speeches_as_for_ten(few):
    before = {address: queries_of(few, address) for address in addresses()}
    seeding.seed(speeches=MANY, seed=1, tell=lambda _line: None)
    assert Speech.objects.count() == MANY
    assert Meeting.objects.count() == MANY // seeding.SPEECHES_IN_A_MEETING
    assert {address: queries_of(few, address) for address in before} == before
    assert max(before.values()) <= 30
