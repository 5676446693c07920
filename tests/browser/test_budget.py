"""What a page costs a reader who comes for the first time."""

import gzip
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Response

from speeches.models import MeetingEdition, SpeechEdition
from speeches.services import demo
from tests.browser.conftest import SHIFTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_BYTES_OF_A_FORM = 460 * 1024
"""Of all that the form of a speech asks for with an empty cache, compressed; pictures too."""
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


def is_picture(response: Response) -> bool:
    return response.headers.get("content-type", "").startswith("image/")


def weight(response: Response) -> int:
    """Return the size of what came, in bytes: compressed, except a picture."""
    return len(response.body()) if is_picture(response) else len(gzip.compress(response.body(), 6))


def test_the_form_of_a_speech_is_light_with_an_empty_cache(browser, live_server, speech, staff):
    client = Client()
    client.force_login(staff.editor, "django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(base_url=live_server.url)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([{**cookie, "url": live_server.url}])
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))  # noqa: PLW0108 - it sets an attribute
    page.goto(reverse("admin:speeches_speech_change", args=[speech.pk]), wait_until="networkidle")
    page.locator(".cke_editable").wait_for()
    assert any("ckeditor.js" in answer.url for answer in answers)
    assert sum(map(weight, answers)) <= MOST_BYTES_OF_A_FORM
    context.close()


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
    assert sum(weight(answer) for answer in answers if not is_picture(answer)) <= MOST_BYTES
    assert page.evaluate("window.shifted || 0") < 0.01
    held = page.evaluate(
        """[...document.scripts].filter(s => s.src && !s.defer && !s.async).map(s => s.src)"""
    )
    assert held == []
    context.close()
