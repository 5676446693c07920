"""Reading an uploaded file in the background, and telling how far it is."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from speeches.enums import BatchState
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch
from speeches.parsing.progress import Stage, report, telling
from speeches.services import import_pictures, imports

if TYPE_CHECKING:
    from django.contrib.auth.models import User

STALLED_AFTER = timedelta(minutes=3)
"""Without any progress for so long, reading may be started again."""
_TOLD_EVERY = 0.25
"""Seconds between two notes of the progress."""


def request_batch(
    *,
    data: bytes,
    filename: str,
    user: User,
    title: str = "",
    held_on: date | None = None,
    encoding: str = "",
) -> tuple[ImportBatch, bool]:
    """Keep an uploaded file and have it read; return its batch and whether it is new.

    The same bytes again give the batch that is there; one that could not be read is read again.
    """
    digest_hash = hashlib.sha256(data).hexdigest()
    known = ImportBatch.objects.filter(sha256=digest_hash).first()
    if known is not None and known.state != BatchState.FAILED:
        return known, False
    batch = known or ImportBatch(sha256=digest_hash)
    batch.filename, batch.created_by = filename[:255], user
    batch.meeting_title, batch.meeting_date, batch.encoding = title[:200], held_on, encoding
    try:
        with transaction.atomic():
            batch.original.save(digest_hash, ContentFile(data), save=False)
            _mark_reading(batch)
    except (IntegrityError, ValidationError):
        known = ImportBatch.objects.filter(sha256=digest_hash).first()
        if known is None:
            raise
        return known, False
    read_batch.enqueue(batch.pk)
    batch.refresh_from_db()
    return batch, True


def read_again(*, batch: ImportBatch, encoding: str = "") -> None:
    """Have a file read once more that could not be read, or whose reading stands still.

    Raises ImportRefused for one that was read or is being read.
    """
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state != BatchState.FAILED and not has_stalled(locked):
            raise ImportRefused(_("This file was read, or is being read."))
        locked.encoding = encoding
        _mark_reading(locked)
    read_batch.enqueue(batch.pk)


def _mark_reading(batch: ImportBatch) -> None:
    batch.state, batch.problem = BatchState.READING, ""
    batch.progress = _progress(None, 0, 1)
    batch.full_clean(exclude=["original", "source_text"])
    batch.save()


def has_stalled(batch: ImportBatch) -> bool:
    """Whether reading went no further for so long that the process must have ended."""
    told_at = batch.progress.get("at")
    return (
        batch.state == BatchState.READING
        and bool(told_at)
        and timezone.now() - datetime.fromisoformat(told_at) > STALLED_AFTER
    )


def _progress(stage: Stage | None, done: int, total: int) -> dict[str, object]:
    return {"stage": stage, "done": done, "total": total, "at": timezone.now().isoformat()}


@task()
def read_batch(pk: int) -> None:
    """Read the file of a batch; where it is of no use, the reason is kept with it."""
    batch = ImportBatch.objects.filter(pk=pk, state=BatchState.READING).first()
    if batch is None:
        return
    try:
        _read(batch)
    except ImportRefused as refusal:
        _fail(pk, str(refusal))
    except Exception:
        _fail(pk, _("The file could not be read; the log of the server tells why."))
        raise


def _read(batch: ImportBatch) -> None:
    with telling(_Note(batch.pk)):
        report(Stage.READING)
        with batch.original.open("rb") as stored:
            data = stored.read()
        reading = imports.read_digest(
            data=data, filename=batch.filename, encoding=batch.encoding or None
        )
        pictures = import_pictures.encoded(reading.pictures)
        report(Stage.NAMES)
        with transaction.atomic():
            locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
            if locked.state == BatchState.READING:
                imports.fill(batch=locked, reading=reading, pictures=pictures)


def _fail(pk: int, problem: str) -> None:
    ImportBatch.objects.filter(pk=pk, state=BatchState.READING).update(
        state=BatchState.FAILED, problem=problem
    )


class _Note:
    """Writes the progress into the batch: each new stage, and now and then what is done of it."""

    def __init__(self, pk: int) -> None:
        self._pk = pk
        self._stage: Stage | None = None
        self._told_at = 0.0

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        now = monotonic()
        if stage == self._stage and now - self._told_at < _TOLD_EVERY:
            return
        self._stage, self._told_at = stage, now
        ImportBatch.objects.filter(pk=self._pk, state=BatchState.READING).update(
            progress=_progress(stage, done, total)
        )
