"""The worker as it is run: it brings what is published and takes what is withdrawn."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from speeches.management.commands import publish_changes
from speeches.models import SiteChange
from speeches.services import outbox, publications

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
def shared(tmp_path, meeting, speech, staff):
    """The database where another process finds it too; gives its address."""
    staff.approve(meeting, speech)
    publications.publish(draft=meeting, user=staff.manager)
    stored = connection.settings_dict
    if connection.vendor != "sqlite":
        yield "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**stored)
        return
    path = tmp_path / "shared.sqlite3"
    connection.ensure_connection()
    target = sqlite3.connect(path)
    connection.connection.backup(target)
    target.close()
    in_memory = connections["default"]
    in_file = type(in_memory)({**stored, "NAME": str(path)}, "default")
    connections["default"] = in_file
    try:
        yield f"sqlite:///{path}"
    finally:
        in_file.close()
        connections["default"] = in_memory


@pytest.fixture
def site(shared, tmp_path):
    """The folder of a site that the worker follows in a process of its own."""
    output = tmp_path / "site"
    log = (tmp_path / "worker.log").open("wb")
    worker = subprocess.Popen(  # noqa: S603 - our own command, no shell
        [sys.executable, "manage.py", "publish_changes", "--output", output, "--jobs", "1"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": shared},
        stdout=log,
        stderr=log,
    )
    try:
        until("no first build", (output / "manifest.json").exists)
        yield output
        assert worker.poll() is None, (tmp_path / "worker.log").read_text()
    finally:
        worker.terminate()
        worker.wait(LONGEST)
        log.close()


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
