"""What staff decide on the speeches of a file that repeats a meeting: stored until it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from speeches.enums import BatchState, ItemState, RevisionChoice
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedSpeech, Reimport, RevisedSpeech, Speech
from speeches.services.revisions import Revision, Status


@dataclass(frozen=True, slots=True)
class Decision:
    """What staff say of one speech, and the ``seen`` state of it that they had before them."""

    revision: Revision
    choice: RevisionChoice
    seen: tuple[int | None, str]
    parts: tuple[str, ...] = ()
    work_items: tuple[int, ...] = ()


@transaction.atomic
def store_decisions(*, reimport: Reimport, decisions: Iterable[Decision]) -> None:
    """Store what staff said of some speeches; what they may not choose is dropped.

    Raises ImportRefused once the batch was decided on.
    """
    _require_open(reimport.batch)
    for decision in decisions:
        row = decision.revision
        if decision.choice not in row.choices:
            continue
        version, text = decision.seen
        place: dict[str, Any] = (
            {"item": row.item} if row.item else {"item": None, "speech": row.speech}
        )
        RevisedSpeech.objects.update_or_create(
            reimport=reimport,
            **place,
            defaults={
                "speech": row.speech,
                "choice": decision.choice,
                "parts": sorted(row.different.intersection(decision.parts)),
                "work_items": sorted(decision.work_items),
                "seen_version": version,
                "seen_text": text,
            },
        )


def decide_all(
    *, reimport: Reimport, revisions: Iterable[Revision], choice: RevisionChoice | None
) -> None:
    """Store ``choice`` for every pending speech where it is possible; None forgets them all.

    Taking takes everything, also back what was changed here and not in the file.
    """
    if choice is None:
        _require_open(reimport.batch)
        reimport.rows.update(choice="", parts=[], work_items=[])
        return
    store_decisions(
        reimport=reimport,
        decisions=[
            Decision(row, choice, row.seen, tuple(row.different), tuple(row.work_ticked))
            for row in revisions
            if is_pending(row) and row.status in {Status.CHANGED, Status.NEW}
        ],
    )


@transaction.atomic
def pair(*, reimport: Reimport, item: ImportedSpeech, speech: Speech | None) -> None:
    """Store that ``item`` is ``speech``, or none that is there.

    Raises ImportRefused where the draft is of another meeting, or the speech was decided on.
    """
    _require_open(reimport.batch)
    wrong = speech is not None and speech.meeting_id != reimport.meeting_id
    if wrong or item.batch_id != reimport.batch_id or item.state != ItemState.PENDING:
        raise ImportRefused(_("This speech was already decided on."))
    if speech is not None:
        reimport.rows.filter(speech=speech).delete()
    RevisedSpeech.objects.update_or_create(
        reimport=reimport,
        item=item,
        defaults={"speech": speech, "paired": True, "choice": "", "parts": [], "work_items": []},
    )


def _require_open(batch: ImportBatch) -> None:
    if batch.state != BatchState.OPEN:
        raise ImportRefused(_("“%(file)s” was already decided on.") % {"file": batch.filename})


def is_pending(row: Revision) -> bool:
    """Whether the speech of the file still waits; what is missing there always does."""
    return row.item is None or row.item.state == ItemState.PENDING
