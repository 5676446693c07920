"""Readers of the page and of the file see one signature, whatever was printed."""

import pytest

from speeches.exporting.composition import byline_of
from speeches.exporting.editions import digest_of
from tests.speeches.public import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("printed", ["", "白鹭县政协"])
def test_a_speech_without_a_byline_is_signed_alike_on_the_page_and_in_the_digest(printed, client):
    meeting = builders.meeting()
    edition = builders.published(meeting)
    draft = builders.speech(
        meeting,
        byline="",
        organization_printed=printed,
        organization=builders.body("白鹭县政协"),
        speakers=(builders.person("林清溪"),),
    )
    page = client.get(builders.published(draft).get_absolute_url()).content.decode()
    signed = byline_of(digest_of(edition).speeches[0])
    assert signed.startswith("白鹭县政协党组书记、主席")
    body, name = signed.split("　")
    assert body in page
    assert name in page
