"""What belongs to the whole site."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db

OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def test_browsers_learn_how_to_search(client, page, settings):
    settings.SITE_URL = "https://speeches.example.cn"
    settings.SITE_NAME = "云岭政协发言与建议<公开>网站平台系统"
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ET.fromstring(response.content)  # noqa: S314 - our own output
    assert len(root.findtext("o:ShortName", namespaces=OPENSEARCH)) <= 16
    template = root.find("o:Url", OPENSEARCH).get("template")
    assert template == "https://speeches.example.cn/search/?q={searchTerms}"
    assert 'href="/opensearch.xml"' in page("home")


def test_phones_learn_the_name_and_the_colour(client, page, settings):
    settings.SITE_COLOUR = "#123456"
    response = client.get("/site.webmanifest")
    described = json.loads(response.content)
    assert described["name"] == settings.SITE_NAME
    assert described["theme_color"] == "#123456"
    assert client.get(described["start_url"]).status_code == 200
    assert 'href="/site.webmanifest"' in page("home")


def test_security_txt_names_whom_to_write_to_and_until_when(client, settings):
    settings.SITE_SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SITE_SECURITY_CONTACT = "mailto:safety@example.cn"
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:safety@example.cn"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert 30 < left.days < 366
    assert datetime.fromisoformat(fields["Expires"]).tzinfo == UTC


def test_about_says_what_is_set_and_nothing_else(page, settings):
    settings.SITE_ABOUT = "青禾市政协办公室主办。\n\n<b>"
    settings.SITE_CONTACT = "0900-1234567"
    text = page("about")
    assert "青禾市政协办公室主办。" in text
    assert "&lt;b&gt;" in text
    assert text.count("0900-1234567") == 2
    settings.SITE_ABOUT = settings.SITE_CONTACT = ""
    assert "本站刊登历次会议上的发言" in page("about")


def test_the_map_for_people_leads_to_everything(client, page):
    build.small_site(3)
    build.meeting("draft-only", title="未发布的会议")
    text = page("site_map")
    for name in ("第0次会议", "第2次会议", "青禾市第1政协", "民生"):
        assert name in text
    assert "未发布的会议" not in text
