import json

import pytest
from django.urls import reverse

from speeches.public.downloads import public_formats
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken():
    place, person = build.body(), build.person()
    of = build.meeting()
    build.published(of)
    draft = build.speech(of, organization=place, speakers=(person,), tags=("民生",))
    build.published(draft)
    return {
        "speech": draft.pk,
        "organization": place.pk,
        "speaker": person.pk,
        "topic": "民生",
    }, draft


@pytest.mark.parametrize("view", ["speech", "organization", "speaker", "topic"])
def test_each_page_links_the_files_of_its_speeches(client, spoken, view):
    keys, draft = spoken
    page = client.get(reverse(view, args=[keys[view]])).content.decode()
    for name in public_formats():
        assert reverse(f"{view}_digest", args=[keys[view], name]) in page
    answer = client.get(reverse(f"{view}_digest", args=[keys[view], "json"]))
    (speech,) = json.loads(answer.content)["speeches"]
    assert speech["title"] == draft.title


@pytest.mark.parametrize("view", ["speech", "organization", "speaker", "topic"])
def test_what_is_withdrawn_answers_410_and_what_never_was_404(client, spoken, view):
    keys, draft = spoken
    build.withdrawn(draft)
    assert client.get(reverse(f"{view}_digest", args=[keys[view], "json"])).status_code == 410
    other = "无此主题" if view == "topic" else 999
    assert client.get(reverse(f"{view}_digest", args=[other, "json"])).status_code == 404


def test_only_the_forms_of_the_setting_are_offered(client, spoken, settings):
    keys, _draft = spoken
    settings.PUBLIC_EXPORTS = ["markdown"]
    assert client.get(reverse("speech_digest", args=[keys["speech"], "json"])).status_code == 404
    assert (
        client.get(reverse("speech_digest", args=[keys["speech"], "markdown"])).status_code == 200
    )
