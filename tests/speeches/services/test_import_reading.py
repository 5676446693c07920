"""Reading in the background: progress, failure, reading again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from speeches.enums import BatchState
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch
from speeches.parsing.progress import Stage, report, telling, watched
from speeches.services import import_reading, imports
from tests.speeches.services.test_imports import DIGEST


def request(staff, data: bytes = DIGEST, **more):
    return import_reading.request_batch(data=data, filename="交流会.txt", user=staff.editor, **more)


@pytest.fixture
def later(settings):
    """Leave tasks to a worker, which these tests are."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_requested_file_is_read_and_open(staff):
    batch, is_new = request(staff, title="另定的会议")
    assert (is_new, batch.state, batch.meeting_title) == (True, BatchState.OPEN, "另定的会议")
    assert batch.items.count() == 2
    assert request(staff) == (batch, False)


def test_a_worker_reads_what_waits(staff, later):
    batch, _new = request(staff)
    assert (batch.state, batch.items.count()) == (BatchState.READING, 0)
    assert DBTaskResult.objects.count() == 1
    import_reading.read_batch.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.items.count()) == (BatchState.OPEN, 2)
    import_reading.read_batch.func(batch.pk)
    assert batch.items.count() == 2


def test_a_useless_file_keeps_its_reason_and_is_read_again_when_sent_again(staff):
    batch, _new = request(staff, "今天天气很好。\n".encode() * 3)
    assert (batch.state, batch.problem[:5]) == (BatchState.FAILED, "“交流会.")
    assert "没有找到发言" in batch.problem
    again, is_new = request(staff, "今天天气很好。\n".encode() * 3)
    assert (again, is_new) == (batch, True)


def test_a_failed_file_is_read_with_another_encoding(staff):
    data = DIGEST.decode().replace("坚持", "堅持").encode("big5", errors="ignore")
    batch, _new = request(staff, data, encoding="utf-8")
    assert batch.state == BatchState.FAILED
    import_reading.read_again(batch=batch, encoding="big5")
    batch.refresh_from_db()
    assert batch.state == BatchState.OPEN
    with pytest.raises(ImportRefused):
        import_reading.read_again(batch=batch)


def test_the_command_fills_a_file_that_failed_before(staff, later):
    batch, _new = request(staff)
    ImportBatch.objects.update(state=BatchState.FAILED)
    filled, is_new = imports.create_batch(data=DIGEST, filename="a.txt", user=staff.editor)
    assert (filled, is_new, filled.state) == (batch, True, BatchState.OPEN)


def test_reading_that_stands_still_can_be_started_again(staff, later):
    batch, _new = request(staff)
    with pytest.raises(ImportRefused):
        import_reading.read_again(batch=batch)
    batch.progress["at"] = (timezone.now() - timedelta(hours=1)).isoformat()
    batch.save()
    import_reading.read_again(batch=batch)
    assert not import_reading.has_stalled(ImportBatch.objects.get())


def test_every_stage_is_told_in_its_order():
    told = []
    with telling(lambda *row: told.append(row)):
        imports.read_digest(data=DIGEST, filename="a.txt")
    stages = [row[0] for row in told]
    assert list(dict.fromkeys(stages)) == [Stage.SEGMENTS, Stage.ORDER, Stage.FIGURES]
    assert (Stage.ORDER, 2, 2) in told


def test_without_a_listener_nothing_is_told():
    report(Stage.READING)
    assert list(watched(Stage.ORDER, [1, 2])) == [1, 2]
