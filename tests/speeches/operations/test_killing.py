"""A restore that is ended without warning leaves a database whose files are all there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as project_settings
from django.db import connection

from speeches.models import Speech
from speeches.operations import backups, databases

DRIVER = "tests.speeches.operations.kill_restore"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="psql does it at a stroke"),
]


def test_killed_at_any_step_nothing_is_lost_and_the_next_run_completes(
    published, picture, identity, settings, tmp_path
):
    made = backups.make(site=settings.SITE_OUTPUT, verified=False)
    Speech.objects.update(title="备份之后")
    before = tmp_path / "before"
    (before / "media").mkdir(parents=True)
    (before / "media/later.jpg").write_bytes(b"later")
    databases.copy_out(before)
    key = tmp_path / "key"
    key.write_text(f"{identity}\n")
    (tmp_path / "tally").touch()
    points = 200 if os.environ.get("KILL_POINTS") == "all" else 5
    live = tmp_path / "live"
    outcome = subprocess.run(  # noqa: S603 - a module of our own
        [sys.executable, "-m", DRIVER, *map(str, (tmp_path, made, key, points))],
        cwd=project_settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{live}/database.sqlite3",
            "DJANGO_SETTINGS_MODULE": "cppcc_cms.settings",
            "DEBUG": "1",
            "MEDIA_ROOT": str(live / "media"),
            "PRIVATE_ROOT": str(live / "private"),
            "BACKUP_ROOT": str(live / "backups"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert outcome.returncode == 0, outcome.stderr
    told = json.loads(outcome.stdout)
    assert len(told) == points
    needed = {"备份之后": "later.jpg", published.title: Path(picture).name}
    for completed, (title, files), again, after in told:
        assert not completed
        assert needed[title] in files
        assert (again, after) == (True, [published.title, [Path(picture).name]])
