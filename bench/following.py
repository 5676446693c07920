"""How soon readers see what is published, and no longer what is withdrawn, while a worker runs.

``BENCH_SPEECHES`` says how many speeches there are (200), ``BENCH_ROUNDS`` how many are withdrawn
and published again (20), ``BENCH_DATABASE_URL`` which database. ``BENCH_SITE`` is a site that was
built of that database, to begin with a copy of it: building ten thousand takes long. The worker is
a process of its own. Search needs no worker: its index is written by the transaction itself.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from bench.comparison import Spread
from speeches.enums import Stage
from speeches.models import Speech
from speeches.services import publications, seeding
from tests import sharing

SPEECHES = int(os.environ.get("BENCH_SPEECHES", "200"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "20"))
BUILT = os.environ.get("BENCH_SITE", "")
LONGEST = 3600
"""Seconds until it is given up."""


def run() -> list[Spread]:
    """Measure by the clock, from the end of the transaction."""
    seeding.seed(speeches=SPEECHES, seed=3, tell=lambda _message: None)
    user = get_user_model().objects.create_superuser("bench", password=None)
    drafts = list(Speech.objects.order_by("pk")[:: max(1, SPEECHES // ROUNDS)][:ROUNDS])
    with tempfile.TemporaryDirectory(prefix="cppcc-cms-bench-") as name:
        folder = Path(name)
        site = folder / "site"
        if BUILT:
            _copy_built(Path(BUILT), site)
        with (
            sharing.shared_database(folder) as address,
            sharing.following(site, BENCH_DATABASE_URL=address),
        ):
            _until((site / "manifest.json").exists)
            return _measured(site, drafts, user)


def _copy_built(built: Path, site: Path) -> None:
    """Copy by hard links: files are replaced, never changed."""
    build = site.with_name("site.builds") / "1"
    shutil.copytree(built.resolve(), build, copy_function=os.link)
    site.symlink_to(build.relative_to(site.parent))


def _measured(site: Path, drafts: list[Speech], user: AbstractUser) -> list[Spread]:
    taken, brought, settled = [], [], []
    for draft in [drafts[0], *drafts]:  # the first round does not count
        whole = _whole(site)
        publications.withdraw(draft=draft, user=user, opinion="bench")
        taken.append(_until(lambda draft=draft: not any(_seen(site, draft))))
        _until(lambda whole=whole: _whole(site) != whole)
        Speech.objects.filter(pk=draft.pk).update(stage=Stage.APPROVED)
        whole = _whole(site)
        publications.publish(draft=draft, user=user)
        started = time.perf_counter()
        brought.append(_until(lambda draft=draft: all(_seen(site, draft))))
        _until(lambda whole=whole: _whole(site) != whole)
        settled.append(time.perf_counter() - started)
    of = f"of {SPEECHES} speeches"
    return [
        Spread(f"Withdrawn: page, meeting, feed and map {of}", tuple(taken[1:])),
        Spread(f"Published: page, meeting, feed and map {of}", tuple(brought[1:])),
        Spread(f"Published: all related pages {of} too", tuple(settled[1:])),
    ]


def _seen(site: Path, draft: Speech) -> list[bool]:
    """Return whether the page is there, and whether its meeting, feed and map name it."""
    address = f"/speeches/{draft.pk}/"
    of_meeting = f"meetings/{draft.meeting.slug}"
    naming = (f"{of_meeting}/index.html", f"{of_meeting}/feed/index.xml", "sitemap-speeches-1.xml")
    return [
        (site / f"speeches/{draft.pk}/index.html").exists(),
        *(f"{address}<" in text or f'{address}"' in text for text in _texts(site, naming)),
    ]


def _texts(site: Path, names: tuple[str, ...]) -> list[str]:
    return [(site / name).read_text("utf-8") for name in names]


def _whole(site: Path) -> int:
    """Return what changes once a change is in all its files."""
    return (site / "manifest.json").stat().st_mtime_ns


def _until(holds: Callable[[], bool]) -> float:
    """Return the seconds until ``holds`` does."""
    started = time.perf_counter()
    while not holds():
        if time.perf_counter() - started > LONGEST:
            raise TimeoutError
        time.sleep(0.005)
    return time.perf_counter() - started
