"""The built site behind a real nginx, with the application and the database stopped."""

import http.client
import json
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.core.management import call_command

from speeches.models import Meeting, Speech, WorkItem
from speeches.public import paging
from speeches.publishing.manifest import Manifest
from tests import nginx
from tests.speeches.public import builders

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(nginx.NGINX is None, reason=nginx.MISSING),
]

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


@pytest.fixture
def site(settings, tmp_path, monkeypatch):
    """A site with lists of several pages, downloads, a withdrawn speech and a moved meeting."""
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PUBLIC_EXPORTS = ["json", "markdown"]
    settings.STATIC_ROOT.mkdir()
    monkeypatch.setitem(paging.page_of.__kwdefaults__, "size", 1)
    builders.small_site(2)
    meeting = Meeting.objects.get(slug="meeting-0")
    meeting.slug = "renamed"
    meeting.save()
    builders.published(meeting)
    withdrawn = builders.speech(meeting, title="撤下的发言", position=9)
    builders.published(withdrawn)
    builders.withdrawn(withdrawn)
    call_command("build_site", output=tmp_path / "site", with_digests=True)
    return tmp_path


def ask(address, path, method="GET", **headers):
    """Return status, headers and body; the connection is closed."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    try:
        connection.request(method, quote(path, safe="/?=&%"), headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_files_answer_for_everything_while_nothing_else_is_up(site, client, settings):
    """Every page, list, feed and download: 200 with the headers of Django; what is gone: 410."""
    manifest = Manifest.read(site / "site")
    policy = client.get("/").headers
    with nginx.serving(site / "nginx", nginx.deployed(site)) as address:
        for name, entry in manifest.entries.items():
            if name.startswith((".gone", ".moved", "404", "410", "503")):
                continue
            status, headers, body = ask(address, entry.address)
            assert (status, body) == (200, (site / "site" / name).read_bytes()), entry.address
            for header in (
                *("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options"),
                *("Referrer-Policy", "Cross-Origin-Opener-Policy"),
            ):
                (told,) = headers.get_all(header)
                assert set(told.split("; ")) == set(policy[header].split("; ")), entry.address
            assert headers["ETag"]
            media_type = TYPES.get(Path(name).suffix)
            if "digest." not in name and media_type:
                assert headers["Content-Type"] == media_type
        _check_withdrawn(address)
        _check_packed(address)
        _check_lists(address)
        _check_what_needs_the_application(address, (site / "site/503.html").read_bytes())


def _check_withdrawn(address):
    gone = Speech.objects.get(title="撤下的发言")
    for end in ("", "card.png", "qr.svg"):
        status, headers, body = ask(address, f"/speeches/{gone.pk}/{end}")
        assert status == 410
        assert "撤下的发言".encode() not in body
        assert headers["Content-Security-Policy"]
    assert "410" in ask(address, f"/speeches/{gone.pk}/")[2].decode()


def _check_packed(address):
    packed = ask(address, "/", **{"Accept-Encoding": "gzip"})
    assert packed[1]["Content-Encoding"] == "gzip"
    assert packed[1]["Vary"] == "Accept-Encoding"
    assert packed[1]["Cache-Control"] == "no-cache"
    plain = ask(address, "/")
    assert ask(address, "/", **{"If-None-Match": plain[1]["ETag"]})[0] == 304


def _check_lists(address):
    head = ask(address, "/meetings/", "HEAD")
    assert (head[0], head[2]) == (200, b"")
    assert head[1]["ETag"] == ask(address, "/meetings/")[1]["ETag"]
    first, second = ask(address, "/meetings/"), ask(address, "/meetings/?page=2")
    assert (first[0], second[0]) == (200, 200)
    assert first[2] != second[2]
    assert ask(address, "/meetings/?page=1")[2] == first[2]
    assert ask(address, "/feed/")[1]["Content-Type"].startswith("application/atom+xml")
    assert ask(address, "/sitemap.xml")[1]["Content-Type"].startswith("application/xml")
    download = ask(address, "/meetings/renamed/digest.markdown")
    assert download[1]["Content-Disposition"] == 'attachment; filename="digest.md"'
    json.loads(ask(address, "/meetings/renamed/digest.json")[2])


def _check_what_needs_the_application(address, notice):
    for path in ("/search/?q=x", "/report/", "/api/v1/speeches", "/admin/", "/work/?year=2024"):
        status, headers, body = ask(address, path)
        assert (status, body) == (503, notice), path
        assert headers["Content-Security-Policy"]
    for method, path in (("POST", "/about/"), ("PUT", "/meetings/renamed/"), ("GET", "/work/?a")):
        assert ask(address, path, method)[0] == 503, (method, path)
    for hidden in (
        *("/manifest.json", "/.gone/x", "/.gone/speeches/1/", "/.moved/meetings/", "/.moved/x/"),
        *("/private/x", "/private/x/", "/Private/speeches/1/", "/.env", "/.git/"),
        *("/meetings/../.moved/meetings/meeting-0/", "/meetings/%2e%2e/.moved/meetings/"),
    ):
        assert ask(address, hidden)[0] == 404, hidden
    status, _headers, body = ask(address, "/meetings/meeting-0/")
    assert status == 200
    assert b"/meetings/renamed/" in body
    number = WorkItem.objects.first().pk
    status, headers, _body = ask(address, f"/work/{number}")
    assert (status, urlsplit(headers["Location"]).path) == (301, f"/work/{number}/")


@pytest.mark.django_db(transaction=True)
def test_with_the_application_up_the_same_addresses_answer_alike(site, live_server):
    """What is no file is asked for behind nginx: a moved address, a filter, the search."""
    application = live_server.url.removeprefix("http://")
    with nginx.serving(site / "nginx", nginx.deployed(site, application)) as address:
        assert ask(address, "/meetings/meeting-0/")[0] == 301
        assert ask(address, "/meetings/?year=2024")[0] == 200
        assert ask(address, "/search/?q=提案")[0] == 200
        assert ask(address, "/nothing/")[0] == 404
        assert ask(address, "/manifest.json")[0] == 404
        direct, served = ask(live_server.url, "/about/"), ask(address, "/about/")
        assert direct[2] == served[2]
        for method, path in (
            *(("POST", "/about/"), ("PUT", "/speeches/1/"), ("HEAD", "/topics/没有/")),
            *(("GET", path) for path in ("/topics/没有/?q=1", "/topics/没%2F有/", "/work/feed/?x")),
            *(("GET", path) for path in ("/meetings/?page=999", "/speeches/1/?page=7")),
        ):
            direct = ask(live_server.url, path, method, Host="localhost")
            served = ask(address, path, method, Host="localhost")
            assert (served[0], _named(served)) == (direct[0], _named(direct)), (method, path)


def _named(answer):
    """What tells two answers apart: their type, where they lead, and what they say."""
    _status, headers, body = answer
    return headers["Content-Type"], headers["Location"], body
