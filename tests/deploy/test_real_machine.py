"""``docs/deployment.md`` word for word, on real nginx, PostgreSQL, Redis and gunicorn."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import nginx
from tests.deploy import page

UNSHARE = shutil.which("unshare") or "/bin/false"
NAMESPACES = ["--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"]
LAYERS = ["sh", "-c", "mount -t overlay overlay -o lowerdir=/etc:/srv /mnt"]


def may_divide():
    """Whether a process may have folders, a network and processes of its own here."""
    trial = [UNSHARE, *NAMESPACES, *LAYERS]
    return not os.geteuid() and not subprocess.run(trial, check=False).returncode  # noqa: S603


def lacking():
    """Yield the programs and packages that this machine has not."""
    if nginx.NGINX is None:
        yield nginx.MISSING
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        yield "the server of PostgreSQL (apt-get install postgresql)"
    for program in ("redis-server", "adduser", "setpriv", "curl", "openssl", "ip"):
        if not shutil.which(program):
            yield f"the program {program}"
    if importlib.util.find_spec("redis") is None:
        yield "the package redis"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="it brings a database of its own")
def test_the_page_is_followed_in_earnest_and_what_it_makes_outlives_its_parts(tmp_path):
    """Install, look, upgrade while readers read; then without Redis, database, application."""
    if not may_divide():
        pytest.skip("needs root, and the right to lay one folder over another")
    if lacks := list(lacking()):
        tell = pytest.fail if os.environ.get("CI") else pytest.skip
        tell(f"the machine lacks {'; '.join(lacks)}")
    outcome = subprocess.run(  # noqa: S603 - a module of our own
        [
            shutil.which("unshare"),
            *NAMESPACES,
            sys.executable,
            "-m",
            "tests.deploy.machine",
            tmp_path,
        ],
        cwd=page.ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert outcome.returncode == 0, outcome.stderr[-6000:]
