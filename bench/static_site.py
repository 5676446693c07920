"""Building the public pages beside django-distill, and one change beside a whole build.

``BENCH_SPEECHES`` says how many speeches there are (100).
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.test.utils import override_settings
from django_distill.renderer import render_single_file

from bench import distilled
from bench.comparison import Comparison, in_turns
from speeches.models import Speech, SpeechEdition
from speeches.publishing import builder
from speeches.publishing.builder import build, follow
from speeches.publishing.folder import SiteFolder
from speeches.publishing.making import each
from speeches.publishing.pages import Address
from speeches.services import seeding
from speeches.services.editions import append_edition

SPEECHES = int(os.environ.get("BENCH_SPEECHES", "100"))
ROUNDS = 3
JOBS = 2


def run() -> list[Comparison]:
    """Measure by the clock, since both ways use several processes."""
    seeding.seed(speeches=SPEECHES, seed=1, tell=lambda _message: None)
    with _folder() as folder:
        return [_pages(folder), _change(folder)]


def _pages(folder: Path) -> Comparison:
    """The pages of speeches alone, which both render by the same view."""
    editions = list(SpeechEdition.objects.current())
    addresses = [Address(edition.get_absolute_url()) for edition in editions]

    def ours(_round: int) -> None:
        target = folder / "ours"
        target.mkdir()
        work = partial(builder.stored, folder=target, before=None)
        assert len(list(each(work, addresses, jobs=JOBS))) == len(addresses)
        shutil.rmtree(target)

    def peer(_round: int) -> None:
        target = folder / "distill"
        with override_settings(ROOT_URLCONF=distilled.__name__):
            for edition in editions:
                render_single_file(target, "speech_distilled", pk=edition.speech_id)
        assert len(list(target.rglob("index.html"))) == len(addresses)
        shutil.rmtree(target)

    ours_took, peer_took = in_turns(ours=ours, peer=peer, rounds=ROUNDS, clock=time.perf_counter)
    return Comparison(
        title=f"{len(addresses)} pages of speeches to files",
        ours_is=f"{JOBS} processes: rendered, packed, links and editions noted",
        peer_is="django-distill: rendered and written, in one process as is its way",
        ours=ours_took,
        peer=peer_took,
        unit="s",
    )


def _change(folder: Path) -> Comparison:
    output = folder / "site"
    build(output=output, tell=print, jobs=JOBS)
    speech = Speech.objects.first()

    def ours(_round: int) -> None:
        append_edition(draft=speech, user=speech.author)
        done = follow(SiteFolder(output))
        assert done is not None
        assert done.written

    ours_took, peer_took = in_turns(
        ours=ours,
        peer=lambda _round: build(output=output, tell=print, jobs=JOBS),
        rounds=1,
        clock=time.perf_counter,
    )
    return Comparison(
        title=f"One speech published again among {SPEECHES}",
        ours_is="publish_changes: the addresses it touches",
        peer_is=f"build_site: all of them, {JOBS} processes",
        ours=ours_took,
        peer=peer_took,
        unit="s",
    )


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cppcc-cms-bench-") as name:
        yield Path(name)
