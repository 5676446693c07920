"""What a page costs a reader who comes for the first time."""

import gzip
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Response

from speeches.models import MeetingEdition, SpeechEdition
from speeches.services import demo
from tests.browser.conftest import SHIFTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_REQUESTS = 8
MOST_BYTES = 60 * 1024
"""Of all that is not a picture, compressed."""


@pytest.fixture
def biggest(groups, samples: Path) -> MeetingEdition:
    """The demo's meeting with the most speeches."""
    staff, _password = demo.create_staff()
    demo.run(samples=samples, staff=staff, tell=lambda _line: None)
    spoken = SpeechEdition.objects.current()
    return max(
        MeetingEdition.objects.current(),
        key=lambda edition: spoken.filter(meeting_id=edition.meeting_id).count(),
    )


def weight(response: Response) -> int:
    """Return the compressed size of what came, in bytes; a picture counts nothing here."""
    if response.headers.get("content-type", "").startswith("image/"):
        return 0
    return len(gzip.compress(response.body(), 6))


@pytest.mark.parametrize("size", ["medium", "huge"])
def test_a_meeting_page_is_light_asks_little_and_stands_still(browser, live_server, biggest, size):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.add_init_script(f"localStorage.setItem('reading-size', '{size}')")
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))  # noqa: PLW0108 - it sets an attribute
    page.goto(live_server.url + reverse("meeting", args=[biggest.slug]), wait_until="networkidle")
    assert len(answers) <= MOST_REQUESTS
    assert sum(map(weight, answers)) <= MOST_BYTES
    assert page.evaluate("window.shifted || 0") < 0.01
    held = page.evaluate(
        """[...document.scripts].filter(s => s.src && !s.defer && !s.async).map(s => s.src)"""
    )
    assert held == []
    context.close()
