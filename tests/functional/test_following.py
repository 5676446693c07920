"""The worker as it is run: it brings what is published and takes what is withdrawn."""

import threading
import time
from pathlib import Path

import pytest
from django.db import connection

from speeches.management.commands import publish_changes
from speeches.models import SiteChange
from speeches.services import outbox, publications
from tests import sharing

LONGEST = 60
"""Seconds until the test gives up; on a machine at rest all of it takes a few."""
pytestmark = pytest.mark.django_db(transaction=True)


def until(told, condition):
    """Wait until ``condition`` holds."""
    end = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < end, told
        time.sleep(0.02)


@pytest.fixture
def site(tmp_path, meeting, speech, staff):
    """The folder of a site that the worker follows, with a meeting and no speech yet."""
    staff.approve(meeting, speech)
    publications.publish(draft=meeting, user=staff.manager)
    output = tmp_path / "site"
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with (
        sharing.shared_database(tmp_path) as address,
        sharing.following(output, DATABASE_URL=address, **environment),
    ):
        until("no first build", (output / "manifest.json").exists)
        yield output


def test_a_running_worker_brings_what_is_published_and_takes_what_is_withdrawn(
    site, client, meeting, speech, staff
):
    page = site / f"speeches/{speech.pk}/index.html"
    address = f"/speeches/{speech.pk}/"
    naming = [
        *("index.html", "feed/index.xml", f"meetings/{meeting.slug}/index.html"),
        *(f"meetings/{meeting.slug}/feed/index.xml", "sitemap-speeches-1.xml"),
    ]

    def named():
        """Return which of the lists, feeds and maps lead to the speech, and whether search does."""
        found = [name for name in naming if address in (site / name).read_text("utf-8")]
        answer = client.get("/search/", {"q": "搬到田埂上"}).content.decode()
        return found + (["search"] if address in answer else [])

    assert named() == []
    publications.publish(draft=speech, user=staff.manager)
    until("not published", lambda: page.exists() and named() == [*naming, "search"])
    assert speech.title in page.read_text("utf-8")

    publications.withdraw(draft=speech, user=staff.manager, opinion="有误")
    until("not withdrawn", lambda: not page.exists() and named() == [])
    assert (site / f".gone/speeches/{speech.pk}/gone").exists()
    words = speech.title.encode()
    until("still there", lambda: not any(words in content for content in contents(site)))


def contents(folder: Path):
    """Yield the content of every page, feed and map in a folder."""
    for path in folder.resolve().rglob("*.*ml"):
        yield path.read_bytes()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite wakes nobody")
def test_a_change_wakes_the_worker(monkeypatch):
    """Heard while it waits, and later too when it came while the site was being written."""
    monkeypatch.setattr(publish_changes, "POLL_SECONDS", 10 * LONGEST)
    listens, woken, resumed = threading.Event(), threading.Event(), threading.Event()
    rounds = []

    def worker():
        try:
            publish_changes.listen()
            listens.set()
            publish_changes.wait()
            rounds.append("while it waited")
            woken.set()
            resumed.wait(LONGEST)
            SiteChange.objects.count()
            publish_changes.wait()
            rounds.append("while it wrote")
        finally:
            connection.close()

    thread = threading.Thread(target=worker, daemon=True)
    thread.start()
    assert listens.wait(LONGEST)
    outbox.everything_changed()
    assert woken.wait(LONGEST)
    outbox.everything_changed()
    resumed.set()
    thread.join(LONGEST)
    assert rounds == ["while it waited", "while it wrote"]
