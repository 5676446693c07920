"""A speech as a card on another site."""

import json
import re
from html import unescape

import pytest
from lxml import etree, html

from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def speech():
    of = build.meeting()
    build.published(of)
    draft = build.speech(
        of, title="<script>alert(1)</script>与“提案”", summary="一句话\x0b的摘要。"
    )
    build.published(draft)
    return draft


def test_a_speech_is_a_card_without_script(client, speech):
    response = client.get("/api/oembed", {"url": f"{SITE}/speeches/{speech.pk}/"})
    card = json.loads(response.content)
    assert (card["type"], card["version"]) == ("rich", "1.0")
    assert card["title"] == speech.title
    assert card["author_name"] == speech.byline
    (quote,) = html.fragments_fromstring(card["html"])
    assert quote.tag == "blockquote"
    assert [link.get("href") for link in quote.iter("a")] == [f"{SITE}/speeches/{speech.pk}/"]
    assert {element.tag for element in quote.iter()} <= {"blockquote", "p", "a", "footer"}
    assert (card["width"], card["height"]) == (600, 200)


def test_the_card_fits_the_bounds_of_the_site_that_asks(client, speech):
    asked = {"url": f"{SITE}/speeches/{speech.pk}/", "maxwidth": 320, "maxheight": 90}
    card = json.loads(client.get("/api/oembed", asked).content)
    assert (card["width"], card["height"]) == (320, 90)


def test_xml_tells_the_same(client, speech):
    asked = {"url": f"{SITE}/speeches/{speech.pk}/"}
    card = json.loads(client.get("/api/oembed", asked).content)
    response = client.get("/api/oembed", {**asked, "format": "xml"})
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    told = {element.tag: element.text for element in etree.fromstring(response.content)}
    assert told.keys() == card.keys()
    assert told["title"] == card["title"]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/speeches/1/",
        f"{SITE}/speeches/987654/",
        f"{SITE}/speeches/99999999999999999999999/",
        f"{SITE}/meetings/",
        f"{SITE}/nothing",
        "http://[",
        "x",
    ],
)
def test_another_address_has_no_card(client, speech, url):
    assert client.get("/api/oembed", {"url": url}).status_code == 404


def test_a_withdrawn_speech_has_none_any_more(client, speech):
    build.withdrawn(speech)
    asked = {"url": f"{SITE}/speeches/{speech.pk}/"}
    assert client.get("/api/oembed", asked).status_code == 410


def test_the_page_of_a_speech_says_where_its_card_is(client, page, speech):
    text = page("speech", speech.pk)
    links = re.findall(r'type="(\S+oembed)"[^>]* href="([^"]+)"', text)
    assert [kind for kind, _address in links] == ["application/json+oembed", "text/xml+oembed"]
    for _kind, address in links:
        assert client.get(unescape(address).removeprefix(SITE)).status_code == 200
