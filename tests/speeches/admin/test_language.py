"""Staff read Chinese: no English is left on the pages they use."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.urls import reverse

from speeches.enums import Action
from speeches.services import reviews

ALLOWED = {
    *("UTF", "GBK", "GB", "GB18030", "Big5", "Windows", "SHA", "MB", "JPEG", "PNG", "WebP", "GIF"),
    *("pbkdf2", "md5", "qinghe", "txt", "PDF", "Word"),
    *("editor", "colleague", "first", "second", "final", "manager", "root"),
}
SILENT = {"script", "style", "textarea", "bdi"}
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{2,}")


class VisibleText(HTMLParser):
    """Collects what a reader sees or hears: texts, titles, labels, button values."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        named = dict(attrs)
        shown = [named.get(name) or "" for name in ("title", "aria-label", "placeholder", "alt")]
        if tag == "input" and named.get("type") in {"submit", "button"}:
            shown.append(named.get("value") or "")
        self.words |= set(WORD.findall(" ".join(shown)))

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent:
            self.words |= set(WORD.findall(data))


def english_on(response) -> set[str]:
    parser = VisibleText()
    parser.feed(response.content.decode())
    return parser.words - ALLOWED


def registered() -> list[str]:
    return [
        f"{model._meta.app_label}_{model._meta.model_name}"
        for model in admin.site._registry
        if not model._meta.app_label.startswith(("axes", "easy_thumbnails"))
    ]


@pytest.mark.parametrize("name", ["manager", "root"])
def test_lists_and_forms_are_chinese(sit_down, published_speech, name):
    client = sit_down(name)
    left = {"index": english_on(client.get(reverse("admin:index")))}
    for model in registered():
        for page in ("changelist", "add"):
            response = client.get(reverse(f"admin:{model}_{page}"))
            if response.status_code == 200:
                left[f"{model} {page}"] = english_on(response)
    assert {page: words for page, words in left.items() if words} == {}


def test_the_pages_of_one_draft_are_chinese(sit_down, meeting, speech, office):
    client = sit_down("manager")
    pages = [
        reverse("admin:speeches_speech_change", args=[speech.pk]),
        reverse("admin:speeches_speech_history", args=[speech.pk]),
        reverse("admin:speeches_meeting_change", args=[meeting.pk]),
        reverse("admin:auth_user_change", args=[office["editor"].pk]),
    ]
    reviews.advance(draft=meeting, action=Action.SUBMIT, user=office["editor"])
    assert {page: english_on(client.get(page)) for page in pages} == {page: set() for page in pages}


def test_the_login_is_chinese(client, db):
    assert english_on(client.get(reverse("admin:login"))) == set()
