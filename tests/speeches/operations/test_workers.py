"""Background work outlives its worker, however that ends, and is done once by many."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as project_settings
from django.core.management import call_command
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from speeches.enums import ExportState
from speeches.exporting.selection import ALL
from speeches.models import ExportFile, MeetingEdition
from speeches.operations import workers
from speeches.services import exports

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def in_background(settings, places):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def asked_for(staff, format_name="markdown"):
    return exports.request_export(
        meeting=MeetingEdition.objects.get(),
        format_name=format_name,
        selection=ALL,
        user=staff.editor,
    )


def work():
    call_command("run_tasks", batch=True, verbosity=0, startup_delay=False, reload=False)


def died_with(task, *names):
    DBTaskResult.objects.filter(pk=task.pk).update(
        status=TaskResultStatus.RUNNING, worker_ids=list(names)
    )


def test_what_a_dead_worker_left_is_done_by_the_next(published, staff):
    file = asked_for(staff)
    task = DBTaskResult.objects.get(task_path__endswith="make_export")
    died_with(task, "gone")
    work()
    file.refresh_from_db()
    assert file.state == ExportState.READY
    task.refresh_from_db()
    assert task.status == TaskResultStatus.SUCCESSFUL
    assert not list(Path(project_settings.STATE_ROOT).glob("workers/*"))


def test_what_a_living_worker_does_is_left_to_it(published, staff):
    asked_for(staff)
    task = DBTaskResult.objects.get(task_path__endswith="make_export")
    died_with(task, "busy")
    with workers.alive("busy"):
        assert workers.take_back() == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING


def test_a_task_of_which_workers_die_is_given_up_and_may_be_asked_for_again(published, staff):
    file = asked_for(staff)
    task = DBTaskResult.objects.get(task_path__endswith="make_export")
    died_with(task, "one", "two", "three")
    assert workers.take_back() == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert asked_for(staff).pk == file.pk
    assert DBTaskResult.objects.ready().filter(task_path__endswith="make_export").count() == 0
    ExportFile.objects.update(requested_at=file.requested_at - exports.STALLED_AFTER * 2)
    asked_for(staff)
    work()
    file.refresh_from_db()
    assert file.state == ExportState.READY


@pytest.mark.skipif(connection.vendor != "postgresql", reason="other processes need its address")
def test_of_several_workers_killed_at_random_none_loses_a_task(published, staff, settings):
    formats = ("markdown", "json", "csv", "html", "txt")
    made = [asked_for(staff, name) for name in formats if name in exports.registry.EXPORTERS]
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cppcc_cms.settings",
        "DATABASE_URL": url,
        "DEBUG": "1",
        "TASKS_BACKEND": "database",
        **{name: str(getattr(settings, name)) for name in ("STATE_ROOT", "PRIVATE_ROOT")},
    }

    def worker():
        return subprocess.Popen(
            [sys.executable, "manage.py", "run_tasks", "--batch", "--no-reload", "-v", "0"],
            cwd=project_settings.BASE_DIR,
            env=environment,
        )

    for _round in range(3):
        running = [worker(), worker()]
        deadline = time.monotonic() + 60
        while (
            time.monotonic() < deadline and not DBTaskResult.objects.exclude(worker_ids=[]).exists()
        ):
            time.sleep(0.01)
        running[0].send_signal(signal.SIGKILL)
        for process in running:
            process.wait(120)
    work()
    states = set(ExportFile.objects.values_list("state", flat=True))
    assert (len(made), states) == (ExportFile.objects.count(), {ExportState.READY})
