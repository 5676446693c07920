"""Readers, editors and publications at once, for ``BENCH_SECONDS`` (60), on one database.

gunicorn as it is deployed, nginx before it where it is installed, and a worker that follows:
processes of their own. Nothing may answer with 5xx, no save that was taken may be lost, and the
last change of each speech must be on the site; memory is told. ``BENCH_DATABASE_URL`` says which
database, ``BENCH_SPEECHES`` how many speeches there are (200).
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from bench import application
from bench.comparison import Comparison, Spread
from bench.visitors import Editor, Reader, Visitor, programs, searches
from speeches import richtext
from speeches.enums import Stage
from speeches.models import Meeting, Speech, SpeechEdition
from speeches.services import drafts, publications, seeding
from tests import nginx, sharing

SECONDS = int(os.environ.get("BENCH_SECONDS", "60"))
SPEECHES = int(os.environ.get("BENCH_SPEECHES", "200"))
WORKERS = 2
READERS = 4
EDITORS = 3
PUBLISHED = 10
"""How many speeches are withdrawn and published, in turns."""
PAUSE = 1.0
"""Seconds between a publication and the next."""
LONGEST = 900
"""Seconds that the worker may need for the first build, and after the last change."""
PASSWORD = "only-for-benches"  # noqa: S105 - guards nothing


def run() -> list[Comparison | Spread]:
    """Run the load; raise where anything was lost or failed."""
    seeding.seed(speeches=SPEECHES, seed=4, tell=lambda _message: None)
    user = _user("bench")
    editors = [(_user(f"editor-{number}"), _draft(user, number)) for number in range(EDITORS)]
    public = SpeechEdition.objects.current().values("speech_id")
    changed = list(Speech.objects.filter(pk__in=public).order_by("pk")[:PUBLISHED])
    with tempfile.TemporaryDirectory(prefix="cppcc-cms-bench-") as name:
        folder = Path(name)
        with (
            sharing.shared_database(folder) as database,
            sharing.following(folder / "site", BENCH_DATABASE_URL=database) as worker,
            application.serving(
                "cppcc_cms.wsgi",
                "bench.product_settings",
                "/about/",
                workers=WORKERS,
                BENCH_DATABASE_URL=database,
                API_RATE="",
                API_SEARCH_RATE="",
            ) as server,
            _before(folder, server.host) as address,
        ):
            _until((folder / "site/manifest.json").exists)
            pages = [edition.get_absolute_url() for edition in SpeechEdition.objects.current()]
            visitors = {
                "Pages that are files": [
                    Reader(address, 0.02, [*pages, "/", "/meetings/", "/feed/"])
                    for _number in range(READERS)
                ],
                "Pages that the application makes": [Reader(address, 0.5, _asked_anew(pages))],
                "Searches": [Reader(address, 0.5, searches())],
                "Answers to programs": [Reader(address, 0.5, programs())],
                "Forms opened and drafts saved": [
                    Editor(address, 0.5, draft, editor.get_username(), PASSWORD)
                    for editor, draft in editors
                ],
            }
            processes = [worker.pid, *server.workers()]
            return _measured(folder / "site", visitors, changed, user, processes)


@contextmanager
def _before(folder: Path, host: str) -> Iterator[str]:
    """Give the address that readers ask: nginx before gunicorn, or gunicorn itself."""
    if nginx.NGINX is None:
        yield f"http://{host}"
        return
    with nginx.serving(folder / "nginx", nginx.deployed(folder, host)) as address:
        yield address


def _measured(
    site: Path,
    visitors: dict[str, list[Visitor]],
    changed: list[Speech],
    user: AbstractUser,
    processes: list[int],
) -> list[Comparison | Spread]:
    started = time.monotonic()
    everybody = [one for group in visitors.values() for one in group]
    for one in everybody:
        one.start()
    weights: list[tuple[float, ...]] = []
    publishing: list[float] = []
    for draft in cycle(changed):
        passed = time.monotonic() - started
        if passed > SECONDS / 3 and not weights:
            weights.append(_weights(processes))
        if passed > SECONDS:
            break
        publishing.append(_change(draft, user))
        time.sleep(PAUSE)
    weights.append(_weights(processes))
    seen = {kind: [one.leave() for one in group] for kind, group in visitors.items()}
    _check_answers(seen)
    saved = _check_saves([one for one in everybody if isinstance(one, Editor)])
    _check_publications(site, changed)
    print(
        f"{saved} saves, all kept; {len(publishing)} changes, the last of each speech on the site"
    )
    return [
        Comparison(
            title=f"Each gunicorn worker's, and the publisher's, memory over {SECONDS} s",
            ours_is="resident at the end",
            peer_is="resident after a third of the time",
            ours=weights[1],
            peer=weights[0],
            unit="MB",
        ),
        Spread("Publishing or withdrawing, the transaction", tuple(publishing)),
        *(
            Spread(kind, tuple(value for one in group for value in one.seconds))
            for kind, group in seen.items()
        ),
    ]


def _weights(processes: list[int]) -> tuple[float, ...]:
    return tuple(application.resident(process) for process in processes)


def _change(draft: Speech, user: AbstractUser) -> float:
    """Withdraw what is public, publish what is not; return the seconds it took."""
    draft.refresh_from_db()
    public = draft.editions.current().exists()
    if not public:
        Speech.objects.filter(pk=draft.pk).update(stage=Stage.APPROVED)
    started = time.perf_counter()
    if public:
        publications.withdraw(draft=draft, user=user, opinion="bench")
    else:
        publications.publish(draft=draft, user=user)
    return time.perf_counter() - started


def _check_answers(seen: dict[str, list]) -> None:
    """Raise where an answer was neither a page nor that it was withdrawn."""
    for kind, group in seen.items():
        statuses = sum((one.statuses for one in group), Counter())
        print(f"{kind}: {', '.join(f'{n} × {status}' for status, n in statuses.items())}")
        assert set(statuses) <= {200, 302, 410}, kind


def _check_saves(editors: list[Editor]) -> int:
    """Raise where a save that was taken is not in the history, or the last is not the draft's."""
    for editor in editors:
        kept = set(Speech.history.filter(id=editor.draft.pk).values_list("title", flat=True))
        assert editor.saved, editor.draft
        assert kept >= set(editor.saved), set(editor.saved) - kept
        editor.draft.refresh_from_db()
        assert editor.draft.title == editor.saved[-1]
    return sum(len(editor.saved) for editor in editors)


def _check_publications(site: Path, changed: list[Speech]) -> None:
    """Wait until every public speech is a file and every other a mark; raise TimeoutError."""

    def agrees(draft: Speech) -> bool:
        page = site / f"speeches/{draft.pk}/index.html"
        gone = site / f".gone/speeches/{draft.pk}/gone"
        if draft.editions.current().exists():
            return page.exists() and not gone.exists()
        return gone.exists() and not page.exists()

    _until(lambda: all(agrees(draft) for draft in changed))


def _until(holds) -> None:
    deadline = time.monotonic() + LONGEST
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.1)


def _user(name: str) -> AbstractUser:
    found = get_user_model().objects.filter(username=name).first()
    return found or get_user_model().objects.create_superuser(name, password=PASSWORD)


def _draft(user: AbstractUser, number: int) -> Speech:
    body = richtext.from_paragraphs(["第一段讲学习。", "第二段讲服务。"])
    draft = Speech(meeting=Meeting.objects.first(), title=f"第{number}篇草稿", body=body)
    return drafts.save_draft(draft=draft, user=user)


def _asked_anew(pages: list[str]) -> list[str]:
    """Return addresses that no file answers, because something is asked with them."""
    return [f"{page}?from=bench" for page in pages]
