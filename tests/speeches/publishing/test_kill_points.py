"""``kill -9`` at any step of writing files: readers see whole pages, and the next run completes."""

import gzip
import os
import random
import shutil
import signal
import sys
from pathlib import Path

import pytest
from django.db import connection

from speeches.models import Meeting, Speech
from speeches.publishing import builder, making, writing
from speeches.publishing.addresses import internal_path, is_answered_live, is_digest
from speeches.publishing.builder import build as build_whole
from speeches.publishing.builder import follow
from speeches.publishing.folder import SiteFolder
from speeches.publishing.links import links_in
from speeches.publishing.manifest import Manifest
from speeches.publishing.rendering import Renderer
from tests.speeches.public import builders
from tests.speeches.publishing.conftest import tree

POINTS = int(os.environ.get("KILL_POINTS", "6"))
STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink"}
"""What a process may be stopped before; audit events of Python."""

pytestmark = pytest.mark.django_db


class Remembering(Renderer):
    """A renderer that asks for a page once: the database does not change meanwhile."""

    answers = {}

    def get(self, path):
        """Return the answer at ``path``."""
        if path not in self.answers:
            self.answers[path] = super().get(path)
        return self.answers[path]


@pytest.fixture
def states(output, tmp_path, monkeypatch):
    """A site, and changes that it does not have yet; gives the files without and with them."""
    if connection.vendor != "sqlite":
        pytest.skip("a forked process shares no connection; the files are the same")
    builders.small_site(2)
    build_whole(output=output, tell=print)
    before = tree(output)
    gone, meeting = Speech.objects.get(title="第0篇发言"), Meeting.objects.get(slug="meeting-1")
    builders.published(builders.speech(meeting, title="新发言", position=5, tags=("新题",)))
    meeting.slug = "renamed"
    meeting.save()
    builders.published(meeting)
    builders.withdrawn(gone)
    monkeypatch.setattr(Remembering, "answers", {})
    monkeypatch.setattr(making, "Renderer", Remembering)
    monkeypatch.setattr(builder, "Renderer", Remembering)
    monkeypatch.setattr(writing, "Renderer", Remembering)
    build_whole(output=tmp_path / "fresh", tell=print)
    return before, tree(tmp_path / "fresh")


def publish(output):
    """Write the changes into the site that readers see."""
    assert follow(SiteFolder(output)) is not None


def rebuild(output):
    """Build the whole site anew."""
    build_whole(output=output, tell=print)


def copied(output, to):
    """Return the path of a copy of the site with its builds."""
    shutil.copytree(output.with_name("site.builds"), to / "site.builds", symlinks=True)
    shutil.copy(output, to / "site", follow_symlinks=False)
    return to / "site"


def in_child(work, output, stop_at):
    """Run ``work`` in a process that kills itself at step ``stop_at``; return how it ended.

    That is a signal, or 0; the number of steps is left in a file beside the site.
    """
    child = os.fork()
    if child == 0:
        steps = 0
        root = str(output.parent)

        def count(event, arguments):
            nonlocal steps
            if event not in STEPS or not str(arguments[0]).startswith(root):
                return
            steps += 1
            if steps == stop_at:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        status = 1
        try:
            work(output)
            output.with_name("steps").write_text(str(steps))
            status = 0
        finally:
            os._exit(status)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def check_readers(output, before, after):
    """Every file is the old or the new one, its variant too, and no link leads nowhere.

    Readers come from the pages that were there before and follow links: a new page that leads to
    another new one is not met until a page leads to it. What is withdrawn goes at once, as soon as
    no list leads to it: a speech that names it beside its own text, or was withdrawn with it, may
    lead to the notice of the withdrawal for a while.
    """
    seen = tree(output)
    for name, content in seen.items():
        assert content in (before.get(name), after.get(name)), name
        if name.endswith(".gz"):
            plain = name.removesuffix(".gz")
            assert gzip.decompress(content) in (before.get(plain), after.get(plain)), name
    waiting = [name for name in before.keys() & seen.keys() if name.endswith("index.html")]
    met = set(waiting)
    for name in waiting:
        address = f"/{name.removesuffix('index.html')}"
        for link in links_in(seen[name], "text/html"):
            path = internal_path(link, address)
            if name[0] == "." or path is None or is_answered_live(path) or is_digest(path):
                continue
            file = path.removeprefix("/")
            found = {file, f"{file}index.html", f"{file}index.xml"} & seen.keys()
            is_beside = name not in after or name.startswith("speeches/")
            if is_beside and f".gone/{file}gone" in seen:
                continue
            assert found, (name, link)
            new = {name for name in found if name.endswith("index.html")} - met
            waiting += new
            met |= new


@pytest.mark.parametrize("work", [publish, rebuild])
def test_wherever_it_is_killed_readers_see_whole_pages_and_the_next_run_completes(
    work, output, states, tmp_path
):
    before, after = states
    whole = copied(output, folder(tmp_path / "whole"))
    assert in_child(work, whole, stop_at=0) == 0
    assert tree(whole) == after
    steps = int(whole.with_name("steps").read_text())
    chance = random.Random(8)  # noqa: S311 - any sample does
    points = chance.sample(range(1, steps + 1), min(POINTS // 2, steps))
    for point in points:
        site = copied(output, folder(tmp_path / str(point)))
        assert in_child(work, site, stop_at=point) == signal.SIGKILL
        check_readers(site, before, after)
        work(site)
        assert tree(site) == after
        assert {f"{name}" for name in Manifest.read(site).entries} == {
            name for name in after if not name.endswith((".gz", ".br"))
        }
        shutil.rmtree(site.parent)


def test_two_at_once_end_with_the_same_site(output, states, tmp_path):
    _before, after = states
    site = copied(output, folder(tmp_path / "both"))
    children = []
    for _number in range(2):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                publish(site)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert tree(site) == after


def folder(path):
    """Make a folder and return it."""
    Path(path).mkdir()
    return path
