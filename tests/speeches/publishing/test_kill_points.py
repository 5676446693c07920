"""``kill -9`` at any step of writing files: readers see whole pages, and the next run completes."""

import os
import random
import shutil
import signal
import sys
from pathlib import Path

import pytest

from speeches.publishing.manifest import Manifest
from tests.speeches.publishing.halfway import check_readers, copied, publish, rebuild, tree

POINTS = int(os.environ.get("KILL_POINTS", "3"))
STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink"}
"""What a process may be stopped before; audit events of Python."""

pytestmark = pytest.mark.django_db


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
    points = chance.sample(range(1, steps + 1), min(POINTS, steps))
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
