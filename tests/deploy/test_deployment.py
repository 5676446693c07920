"""``docs/deployment.md`` word for word, and what lies in ``deploy/``."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.db import connection

from speeches.operations.databases import copy_out
from tests.deploy import page

ROOT = page.ROOT
DEPLOY = ROOT / "deploy"
MOVED = ("/srv/cppcc-cms", "/var/lib/cppcc-cms", "/etc/", "/root/")
IN_PLACE_OF = {
    **dict.fromkeys(("apt-get", "adduser", "chown", "systemctl", "nginx", "git"), "exit 0"),
    **dict.fromkeys(("createuser", "createdb"), "exit 0"),
    "sudo": 'shift 2; exec "$@"',  # sudo -u SOMEBODY command
    "python3": f'[ "$1" = -m ] || exec {sys.executable} "$@"',  # the environment is there
    "install": 'kept=(); while [ $# -gt 0 ]; do case $1 in -o|-g) shift;; *) kept+=("$1");; esac; '
    'shift; done; exec /usr/bin/install "${kept[@]}"',
}
"""What the machine of the tests has not, or must not do."""


def program(path: Path, body: str) -> None:
    path.write_text(f'#!/bin/bash\necho "${{0##*/}} $*" >> "$CALLS"\n{body}\n')
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path, transactional_db):
    """A folder that looks like a fresh server, with the code and a database in their place.

    The database is the one of the tests, so that its migrations need no second minute.
    """
    code = tmp_path / "srv/cppcc-cms"
    shutil.copytree(ROOT, code, ignore=shutil.ignore_patterns(*page.KEPT_OUT))
    (code / ".venv/bin").mkdir(parents=True)
    python = f'[ "${{2-}}" = collectstatic ] || exec {sys.executable} "$@"'  # it takes a minute
    program(code / ".venv/bin/python", python)
    for name in ("bin", "root", "var/lib/cppcc-cms"):
        (tmp_path / name).mkdir(parents=True)
    copy_out(tmp_path / "var/lib/cppcc-cms")
    for name in ("systemd/system", "logrotate.d", "nginx/sites-available", "nginx/sites-enabled"):
        (tmp_path / "etc" / name).mkdir(parents=True)
    program(code / ".venv/bin/pip", "exit 0")
    program(code / ".venv/bin/pybabel", f'exec {Path(sys.executable).parent}/pybabel "$@"')
    for name, body in IN_PLACE_OF.items():
        program(tmp_path / "bin" / name, body)
    return tmp_path


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one of the two is enough")
def test_the_page_is_followed_word_for_word(machine):
    script = page.script(page.text())
    for folder in MOVED:
        script = script.replace(folder, f"{machine}{folder}")
    environment = machine / "srv/cppcc-cms/deploy/env.example"
    environment.write_text(environment.read_text().replace("/var/lib", f"{machine}/var/lib"))
    ours = ("DJANGO", "SITE_", "DEBUG", "SECRET_KEY", "CACHE_URL")
    known = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(ours) and not name.endswith("_ROOT")
    }
    outcome = subprocess.run(  # noqa: S603 - our own page
        ["/bin/bash", "-euo", "pipefail", "-c", script],
        env={
            **known,
            "PATH": f"{machine}/bin:{os.environ['PATH']}",
            "CALLS": str(machine / "calls"),
            "DATABASE_URL": f"sqlite:///{machine}/var/lib/cppcc-cms/database.sqlite3",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert outcome.returncode == 0, outcome.stderr[-3000:]
    env = machine / "srv/cppcc-cms/.env"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    assert "BACKUP_RECIPIENTS=age1" in env.read_text()
    assert len(list((machine / "var/lib/cppcc-cms/backups").glob("*.backup.age"))) == 2
    assert (machine / "etc/systemd/system/cppcc-cms-.service.d/common.conf").exists()
    assert (machine / "etc/nginx/sites-enabled/cppcc-cms").exists()
    calls = (machine / "calls").read_text()
    assert calls.index("nginx -t") < calls.index("systemctl reload nginx")
    assert calls.rstrip().endswith("systemctl restart cppcc-cms-worker cppcc-cms-publisher")


def units():
    return sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])


def test_every_command_that_a_unit_calls_is_there():
    called = {
        name for unit in units() for name in re.findall(r"manage\.py (\w+)", unit.read_text())
    }
    assert called >= {"run_tasks", "backup", "alarm"}
    assert called <= get_commands().keys()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_the_units_are_sound(tmp_path):
    for unit in units():
        text = re.sub(r"/srv/cppcc-cms/.venv/bin/\w+", "/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text)
    names = [tmp_path / unit.name.replace("@.", "@x.") for unit in units()]
    outcome = subprocess.run(  # noqa: S603 - a program of the system, files of our own
        [shutil.which("systemd-analyze"), "verify", "--man=no", *names],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "cppcc-cms" not in outcome.stderr, outcome.stderr
    assert outcome.returncode == 0


def test_the_containers_files_are_sound():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    assert compose["services"].keys() >= {"database", "application", "worker", "publisher"}
    for name, service in compose["services"].items():
        if name != "database":
            assert (ROOT / service["build"]["dockerfile"]).exists()
    hadolint = Path(sys.executable).with_name("hadolint")
    outcome = subprocess.run(  # noqa: S603 - a program of the project
        [hadolint, DEPLOY / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout


def test_every_setting_is_explained():
    asked = set()
    for name in ("settings.py", "operation_settings.py"):
        text = (ROOT / "cppcc_cms" / name).read_text("utf-8")
        asked |= set(re.findall(r'(?:env(?:\.\w+)?|required|_networks)\(\s*"([A-Z_]+)"', text))
    explained = set(
        re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )
    assert asked <= explained
    server = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE))
    assert server <= explained
