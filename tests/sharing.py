"""The database of this process where another process finds it too, and a worker that does."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

LONGEST = 60
"""Seconds in which a worker that is told to end has ended."""


@contextmanager
def shared_database(folder: Path) -> Iterator[str]:
    """Give the address of the database; one in memory is copied to ``folder`` and used there."""
    stored = connection.settings_dict
    if connection.vendor != "sqlite":
        yield "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**stored)
        return
    path = folder / "shared.sqlite3"
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


@contextmanager
def following(output: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``publish_changes`` for the site ``output``; it must still run at the end."""
    log_path = output.with_name("worker.log")
    with log_path.open("wb") as log:
        worker = subprocess.Popen(  # noqa: S603 - our own command, no shell
            [sys.executable, "manage.py", "publish_changes", "--output", output, "--jobs", "1"],
            cwd=settings.BASE_DIR,
            env={**os.environ, **environment},
            stdout=log,
            stderr=log,
        )
        try:
            yield worker
            assert worker.poll() is None, log_path.read_text("utf-8")
        finally:
            worker.terminate()
            worker.wait(LONGEST)
