"""The page of a speech beside a Wagtail page of the same text, both by gunicorn, one worker.

How long it is from the call of gunicorn to the first page, how long a page takes then (wrk), and
what the worker holds.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import application, wrk
from bench.comparison import Comparison
from speeches.models import Meeting, SpeechEdition
from speeches.public.entries import SpeechEntry
from speeches.services import seeding
from tests import sharing

SPEECHES = 30
ROUNDS = 5
SECONDS = 3
CONNECTIONS = 4
PAGES_BEFORE_WEIGHING = 200
_SITE = "bench.contenders.wagtail_site"


def run() -> list[Comparison]:
    """Measure in turns; nothing where wrk or Wagtail is not installed."""
    if wrk.MISSING or shutil.which("wagtail", path=Path(sys.executable).parent) is None:
        print("left out: wrk (apt-get install wrk) or Wagtail (make bench-env) is not installed")
        return []
    seeding.seed(speeches=SPEECHES, seed=1, tell=lambda _message: None)
    with tempfile.TemporaryDirectory(prefix="cppcc-cms-bench-") as name:
        folder = Path(name)
        theirs = {"WAGTAIL_DATABASE": str(folder / "wagtail.sqlite3")}
        path = SpeechEdition.objects.current().order_by("pk")[0].get_absolute_url()
        sides = [
            ("cppcc_cms.wsgi", "bench.product_settings", path),
            (f"{_SITE}.wsgi", f"{_SITE}.settings", _filled(folder, theirs)),
        ]
        with sharing.shared_database(folder) as address:
            environments = ({"BENCH_DATABASE_URL": address}, theirs)
            rounds = [
                [_measured(*side, env) for side, env in zip(sides, environments, strict=True)]
                for _round in range(ROUNDS)
            ]
    return [
        Comparison(
            title=title,
            ours_is="the public page of a speech",
            peer_is="a Wagtail page of the same text, by the middleware of `wagtail start`",
            ours=tuple(ours[place] for ours, _peer in rounds),
            peer=tuple(peer[place] for _ours, peer in rounds),
            unit=unit,
        )
        for place, (title, unit) in enumerate(
            (
                ("From the call of gunicorn to the first page", "s"),
                (f"A page uncached, {CONNECTIONS} connections", "ms"),
                (f"A worker after {PAGES_BEFORE_WEIGHING} pages, resident", "MB"),
            )
        )
    ]


def _filled(folder: Path, environment: dict[str, str]) -> str:
    """Make the Wagtail site; return the address of its first speech."""
    source = folder / "speeches.json"
    source.write_text(json.dumps(_meetings()), "utf-8")
    settings = {"DJANGO_SETTINGS_MODULE": f"{_SITE}.settings"}
    return subprocess.run(  # noqa: S603 - our own command, no shell
        [sys.executable, "-m", f"{_SITE}.fill", source],
        env={**os.environ, **settings, **environment},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout.strip()


def _meetings() -> list[dict[str, object]]:
    return [
        {
            "title": meeting.title,
            "speeches": [
                {
                    "title": edition.title,
                    "byline": SpeechEntry(edition, None).signature,
                    "speaker": "、".join(one.name_printed for one in edition.credits.all()),
                    "organization": edition.organization_name,
                    "body": edition.body,
                    "topics": edition.topics,
                }
                for edition in SpeechEdition.objects.current().filter(meeting=meeting)
            ],
        }
        for meeting in Meeting.objects.order_by("pk")
    ]


def _measured(
    served: str, settings: str, path: str, environment: dict[str, str]
) -> tuple[float, float, float]:
    """Return the seconds of a start, the milliseconds of a page and the megabytes of the worker."""
    with application.serving(served, settings, path, **environment) as server:
        for _time in range(PAGES_BEFORE_WEIGHING):
            server.get(path)
        megabytes = server.megabytes()
        microseconds = wrk.microseconds(
            f"http://{server.host}{path}", connections=CONNECTIONS, seconds=SECONDS
        )
        return server.seconds, microseconds / 1000, megabytes
