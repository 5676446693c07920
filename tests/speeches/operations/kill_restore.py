"""Restores a backup again and again, ended without warning at one step after another.

    python -m tests.speeches.operations.kill_restore FOLDER BACKUP KEY POINTS

``FOLDER/before`` is what is there before; a copy of it, ``FOLDER/live``, is what the settings name.
Prints, as JSON, what stood there after each end, and after the run that completed it.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import django

django.setup()

from django.db import connections  # noqa: E402 - needs the settings

from speeches.operations import archives, backups  # noqa: E402 - the same


def restored(backup: Path, key: Path, at_step: Callable[[int], None]) -> bool:
    """Restore in a child; ``at_step`` is called with the number of each step it takes."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1] == 0
    steps = 0

    def count(event: str, _arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event != "os.truncate" and (steps or event == "fcntl.flock"):  # that is the tally
            steps += 1
            at_step(steps)

    sys.addaudithook(count)
    backups.restore(backup=backup, identity=archives.identity_in(key), replace=True)
    os._exit(0)


def there(live: Path) -> list[object]:
    """Return the title in the database and the names of the files."""
    with closing(sqlite3.connect(live / "database.sqlite3")) as database:
        [(title,)] = database.execute("SELECT title FROM speeches_speech").fetchall()
    media = live / "media"
    return [title, sorted(path.name for path in media.rglob("*") if path.is_file())]


def main(folder: Path, backup: Path, key: Path, points: int) -> None:
    """Count the steps, then end at ``points`` of them."""
    live, tally = folder / "live", folder / "tally"

    def afresh() -> None:
        shutil.rmtree(live, ignore_errors=True)
        shutil.copytree(folder / "before", live)

    afresh()
    restored(backup, key, lambda step: os.truncate(tally, step))
    steps = tally.stat().st_size
    told = []
    for number in range(points):
        last = 1 + number * (steps - 1) // points
        afresh()

        def end(step: int, last: int = last) -> None:
            if step == last:
                os.kill(os.getpid(), signal.SIGKILL)

        completed = restored(backup, key, end)
        after = there(live)
        again = restored(backup, key, lambda _step: None)
        told.append([completed, after, again, there(live)])
    print(json.dumps(told))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), int(sys.argv[4]))
