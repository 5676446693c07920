"""The page that tells people how to use the interface."""

import shlex

import pytest
from django.urls import reverse
from lxml import html

from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(page):
    build.small_site(1)
    return html.fromstring(page("api_guide"))


def test_every_example_can_be_run(client, guide):
    commands = [element.text_content() for element in guide.iter("pre")]
    assert len(commands) > 15
    for command in commands:
        program, address = shlex.split(command)
        assert program == "curl"
        if "…" not in address:
            answer = client.get(address.removeprefix("http://127.0.0.1:8000"))
            assert answer.status_code in {200, 404}, address


def test_every_parameter_is_explained_in_chinese(guide):
    rows = guide.xpath("//dl[@class='guide-parameters']/div")
    assert len(rows) > 50
    assert [row.text_content() for row in rows if row.find("dd").text.strip().isascii()] == []


def test_nothing_is_loaded_from_elsewhere(guide):
    loaded = guide.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src")
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    assert guide.xpath("//*[@style] | //script[not(@src) and @type!='application/ld+json']") == []


def test_every_page_leads_to_it(page):
    assert f'href="{reverse("api_guide")}"' in page("home")


def test_it_tells_the_limits_that_are_set(page, settings):
    settings.API_RATE = "7/min"
    assert "每分钟 7 次" in page("api_guide")
