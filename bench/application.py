"""gunicorn as it is deployed, on 127.0.0.1: how long it takes to start, and what it holds."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.nginx import free_port

ROOT = Path(__file__).parent.parent
STARTING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """gunicorn that answers at ``host``, ``seconds`` after it was called."""

    host: str
    process: subprocess.Popen[bytes]
    seconds: float

    def get(self, path: str) -> bytes:
        """Return the page of ``path``; raise where there is none."""
        return fetch(self.host, path)

    def workers(self) -> list[int]:
        """Return the ids of the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in children.read_text("ascii").split()]

    def megabytes(self) -> float:
        """Return the resident memory of all workers."""
        return sum(resident(number) for number in self.workers())


@contextmanager
def serving(
    application: str, settings: str, path: str, *, workers: int = 1, **environment: str
) -> Iterator[Server]:
    """Serve ``application`` under deploy/gunicorn.conf.py; wait for ``path`` to be answered."""
    port = free_port()
    host = f"127.0.0.1:{port}"
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command, no shell
        [
            *(sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"),
            *("--max-requests", "0", "--log-level", "warning", application),
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "GUNICORN_BIND": host,
            "WEB_CONCURRENCY": str(workers),
            **environment,
        },
    )
    try:
        _wait_for(host, path, process)
        yield Server(host, process, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(STARTING_SECONDS)


def fetch(host: str, path: str) -> bytes:
    """Return what ``host`` answers with; raise where that is no page."""
    connection = http.client.HTTPConnection(host, timeout=STARTING_SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == 200, (path, answer.status)
        return answer.read()
    finally:
        connection.close()


def _wait_for(host: str, path: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            fetch(host, path)
        except ConnectionRefusedError:
            time.sleep(0.005)
        else:
            return
    raise TimeoutError(path)


def resident(number: int) -> float:
    """Return the megabytes of memory that a process holds."""
    status = Path(f"/proc/{number}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
