import json
from urllib.parse import quote

import pytest
from django.urls import reverse

from speeches.exceptions import ExportRefused
from speeches.exporting import registry
from speeches.public.downloads import public_formats
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


def test_the_digest_is_a_file_with_a_chinese_name(client):
    of = build.meeting()
    build.published(of)
    build.published(build.speech(of))
    response = client.get(reverse("digest", args=[of.slug, "json"]))
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/json")
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert quote("摘登") in disposition or quote(of.title) in disposition
    assert "以提案办理助推民生改善" in str(json.loads(response.content))


def test_the_meeting_page_links_every_form_that_readers_are_offered(page):
    of = build.meeting()
    build.published(of)
    text = page("meeting", of.slug)
    for name in public_formats():
        assert f'href="{reverse("digest", args=[of.slug, name])}"' in text


def test_an_unknown_format_is_404(client):
    of = build.meeting()
    build.published(of)
    assert client.get(reverse("digest", args=[of.slug, "exe"])).status_code == 404


def test_the_digest_of_a_draft_is_404_and_of_a_withdrawn_meeting_410(client):
    of = build.meeting()
    address = reverse("digest", args=[of.slug, "json"])
    assert client.get(address).status_code == 404
    build.published(of)
    build.withdrawn(of)
    assert client.get(address).status_code == 410


def test_a_digest_that_cannot_be_made_answers_503_with_the_reason(client, monkeypatch):
    def refuse(*_args: object) -> None:
        raise ExportRefused("第1篇发言：字体缺少“𰻞”字")

    monkeypatch.setattr(registry, "export", refuse)
    of = build.meeting()
    build.published(of)
    response = client.get(reverse("digest", args=[of.slug, "json"]))
    assert response.status_code == 503
    assert "第1篇发言：字体缺少“𰻞”字" in response.content.decode()


def test_a_digest_names_no_staff_note(client):
    of = build.meeting()
    build.published(of)
    build.published(build.speech(of, speakers=(build.person(note="内部区分用"),)))
    response = client.get(reverse("digest", args=[of.slug, "json"]))
    assert "内部区分用" not in response.content.decode()
