"""Every page of the demo is valid HTML, and every link leads somewhere."""

from collections import deque
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.urls import resolve, reverse

from speeches.models import Speech
from speeches.services import demo
from tests.speeches.public import builders as build
from tests.speeches.public.markup import Markup, read, without_fragment

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
KINDS = {
    *("home", "meetings", "meeting", "meeting_in_full", "speech", "organizations", "organization"),
    *("speakers", "speaker", "work_items", "work_item", "topics", "topic", "search", "report"),
    *("about", "site_map", "api_guide"),
}
FILES = ("digest.", "card.png", "qr.svg", "/feed/")


class Crawl:
    """What a reader can reach from the home page."""

    def __init__(self) -> None:
        self.client = Client()
        self.pages: dict[str, Markup] = {}
        self.dead: list[str] = []

    def run(self) -> None:
        """Follow every link of the site; an address with a query is followed once a kind."""
        seen = {f"{HOST}/", f"{HOST}/search/"}
        waiting = deque(seen)
        queried = set()
        while waiting:
            address = waiting.popleft()
            for link in self._links(address):
                page, _fragment = without_fragment(link)
                parts = urlsplit(page)
                if not page.startswith(HOST) or page in seen:
                    continue
                if parts.query and (kind := resolve(unquote(parts.path)).url_name) in queried:
                    continue
                if parts.query:
                    queried.add(kind)
                seen.add(page)
                waiting.append(page)

    def _links(self, address: str) -> set[str]:
        parts = urlsplit(address)
        path = unquote(parts.path)
        if path.startswith(settings.STATIC_URL):
            if finders.find(path.removeprefix(settings.STATIC_URL)) is None:
                self.dead.append(address)
            return set()
        if any(part in path for part in FILES):
            return set()
        answer = self.client.get(address)
        if answer.status_code in {301, 302}:
            return {answer["Location"]}
        if answer.status_code != 200:
            self.dead.append(f"{answer.status_code} {address}")
            return set()
        if not answer["Content-Type"].startswith("text/html") or not answer.content:
            return set()
        self.pages[address] = read(address, answer.content.decode())
        return self.pages[address].links

    def lost_fragments(self) -> list[str]:
        """Return the links to a place that its page does not have."""
        lost = []
        for page in self.pages.values():
            for link in page.links:
                target, fragment = without_fragment(link)
                if (
                    fragment
                    and target in self.pages
                    and unquote(fragment) not in self.pages[target].ids
                ):
                    lost.append(f"{page.address} to {link}")
        return lost


def test_the_demo_is_valid_and_no_link_of_it_is_dead(groups, samples: Path):
    staff, _password = demo.create_staff()
    demo.run(samples=samples, staff=staff, tell=lambda _line: None)
    crawl = Crawl()
    crawl.run()
    reached = {resolve(unquote(urlsplit(address).path)).url_name for address in crawl.pages}
    wrong = {page.address: page.problems for page in crawl.pages.values() if page.problems}
    assert wrong == {}
    assert crawl.dead == []
    assert crawl.lost_fragments() == []
    assert reached >= KINDS


def test_pages_that_no_link_leads_to_are_valid_too(client):
    build.small_site()
    draft = Speech.objects.get()
    draft.title = "改正过的题目"
    draft.save()
    build.published(draft)
    gone = build.meeting("withdrawn")
    build.published(gone)
    build.withdrawn(gone)
    report = f"{reverse('report')}?page={reverse('speech', args=[draft.pk])}"
    addresses = {
        reverse("corrections", args=[draft.pk]): 200,
        reverse("report_thanks"): 200,
        f"{reverse('search')}?q=提案": 200,
        f"{reverse('search')}?q=没有的词": 200,
        reverse("meeting", args=["withdrawn"]): 410,
        "/nowhere/": 404,
    }
    pages = {}
    for address, status in addresses.items():
        answer = client.get(address)
        assert answer.status_code == status
        pages[address] = answer.content.decode()
    pages["refused report"] = client.post(report, {"message": ""}).content.decode()
    for name in ("403.html", "500.html", "503.html"):
        pages[name] = render_to_string(name, {"reason": "缺少字体"})
    wrong = {
        name: page.problems for name, text in pages.items() if (page := read(HOST, text)).problems
    }
    assert wrong == {}


def test_pages_of_an_empty_site_are_valid(client):
    names = KINDS & {"home", "meetings", "organizations", "speakers", "work_items", "topics"}
    wrong = {}
    for name in (*sorted(names), "site_map", "search", "about", "indicators"):
        if problems := read(HOST, client.get(reverse(name)).content.decode()).problems:
            wrong[name] = problems
    assert wrong == {}


def test_the_check_finds_what_is_wrong():
    text = (
        "<!doctype html><html lang=zh><head><title>x</title></head><body><h1>x</h1><h3>y</h3>"
        "<p id=a></p><div id=a><p><div></p></div><label for=b>c</label><img src=d>"
        "<p style='color:red'></p><input name=e></body></html>"
    )
    found = " ".join(read(HOST, text).problems)
    for problem in ("id 'a' 2 times", "h3 behind h1", "label for 'b'", "no alt", "style on p"):
        assert problem in found
    assert "unexpected-end-tag" in found
    assert "no label for 'e'" in found
