"""Importing a meeting again: all that staff decided is done in one transaction, or none of it.

Drafts change as by hand: on the version that was seen, with a history. A published speech stays as
it is for readers; its draft is opened again and needs its reviews again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import Speaker
from speeches.enums import Action, BatchState, ItemState, RevisionChoice
from speeches.exceptions import EditConflict, ImportRefused, TransitionRefused
from speeches.models import (
    ImportBatch,
    ImportedSpeech,
    Meeting,
    Reimport,
    Speech,
    SpeechEdition,
    WorkItem,
)
from speeches.services import drafts, highlights, import_edits, repeats, reviews
from speeches.services.acceptance import (
    accept_new,
    credit_speakers,
    open_question,
    take_signature,
)
from speeches.services.comparing import compare
from speeches.services.decisions import is_pending
from speeches.services.import_pictures import are_missing, illustrate
from speeches.services.merging import last_anchor_of
from speeches.services.particulars import POSITION, SIGNATURE, TITLE
from speeches.services.revisions import Revision, Status

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(slots=True)
class Result:
    """What was done. ``revised`` are those of ``updated`` that were public and need reviews again.

    ``problems`` names the speeches that wait, and why; ``todo`` what is left to do by hand, each
    with ``speech`` (a number) and ``text``.
    """

    meeting: Meeting
    created: list[Speech] = field(default_factory=list)
    updated: list[Speech] = field(default_factory=list)
    revised: list[Speech] = field(default_factory=list)
    kept: list[Revision] = field(default_factory=list)
    unchanged: list[Revision] = field(default_factory=list)
    work_items: list[WorkItem] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    todo: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def apply(
    *, batch: ImportBatch, meeting: Meeting, user: User, leave_undecided: bool = False
) -> Result:
    """Do what staff decided, and the default where they did not, for all pending speeches.

    Raises ImportRefused, naming every obstacle (a draft that somebody saved after it was compared,
    an undecided name), and changes nothing then; with ``leave_undecided`` those speeches wait and
    are told in ``problems``. The batch is accepted once nothing is pending.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == BatchState.DISCARDED:
        raise ImportRefused(_("“%(file)s” was already decided on.") % {"file": batch.filename})
    result = Result(meeting)
    if batch.state == BatchState.ACCEPTED:
        return result
    reimport = repeats.decide(batch=batch, meeting=meeting, user=user)
    rows = [row for row in compare(batch=batch, meeting=meeting, user=user) if is_pending(row)]
    problems = {row.key: problem for row in rows if (problem := _problem(row))}
    if problems and not leave_undecided:
        raise ImportRefused("\n".join(problems.values()))
    result.problems += problems.values()
    try:
        _apply_rows([row for row in rows if row.key not in problems], result, user)
    except (EditConflict, TransitionRefused) as error:
        raise ImportRefused(str(error)) from error
    _close(batch, reimport, rows, result, user)
    return result


def _problem(row: Revision) -> str:
    if row.stored is not None and row.stored.choice and not row.is_as_seen:
        return _changed_meanwhile(row)
    makes_people = SIGNATURE in row.taken or (
        row.status is Status.NEW and row.choice == RevisionChoice.TAKE
    )
    return open_question(row.item) if row.item and makes_people else ""


def _changed_meanwhile(row: Revision) -> str:
    if row.speech is None or (row.stored and row.stored.seen_version == row.seen[0]):
        return _("“%(title)s” was corrected in the file meanwhile; please look again.") % {
            "title": row.title
        }
    return _(
        "%(name)s saved “%(title)s” at %(time)s, after you compared it; please look again."
    ) % {
        "name": drafts.last_editor(row.speech),
        "title": row.speech,
        "time": row.speech.updated_at.astimezone().strftime("%H:%M"),
    }


def _apply_rows(rows: list[Revision], result: Result, user: User) -> None:
    new_speakers: dict[tuple[str, str], Speaker] = {}
    last_anchors = _last_anchors(rows)
    for row in rows:
        if row.choice == RevisionChoice.LATER:
            if row.obstacle:
                result.problems.append(f"“{row.title}”：{row.obstacle}")
        elif row.status is Status.MISSING:
            _note_missing(row, result)
        elif row.status is Status.UNCHANGED:
            _settle(row, ItemState.SKIPPED)
            result.unchanged.append(row)
            _note_pictures(row, result)
        elif row.status is Status.NEW and row.choice == RevisionChoice.TAKE:
            _create(row, result, new_speakers, user)
        elif row.speech is not None and row.taken:
            _update(row, result, new_speakers, user, last_anchors[row.speech.pk])
        else:
            _settle(row, ItemState.SKIPPED)
            result.kept.append(row)
            _note_by_hand(row, result)
            _note_pictures(row, result)


def _last_anchors(rows: Iterable[Revision]) -> dict[int, int]:
    """Return the highest anchor that readers ever saw of each draft, or that work points to."""
    bodies: dict[int, list[str]] = defaultdict(list)
    changing = {row.speech.pk: row for row in rows if row.speech is not None and row.taken}
    editions = SpeechEdition.objects.filter(speech__in=changing)
    for speech_id, body in editions.values_list("speech_id", "body"):
        bodies[speech_id].append(body)
    for speech_id, row in changing.items():
        bodies[speech_id] += [f' id="{work_item.paragraph}"' for work_item in row.work]
    return defaultdict(int, {pk: last_anchor_of(found) for pk, found in bodies.items()})


def _settle(row: Revision, state: ItemState) -> None:
    if row.item is not None:
        row.item.state, row.item.speech = state, row.speech


def _create(
    row: Revision, result: Result, new_speakers: dict[tuple[str, str], Speaker], user: User
) -> None:
    if row.item is None:
        return
    position = row.item.position if row.position is None else row.position
    speech = Speech(meeting=result.meeting, position=position)
    result.work_items += accept_new(
        item=row.item, speech=speech, new_speakers=new_speakers, user=user
    )
    result.created.append(speech)


def _update(
    row: Revision,
    result: Result,
    new_speakers: dict[tuple[str, str], Speaker],
    user: User,
    last_anchor: int,
) -> None:
    if row.item is None or row.speech is None:
        return
    taken, touched = row.taken, row.touched_work(row.taken)
    speech = drafts.locked(draft=row.speech, expected_version=row.speech.lock_version)
    if not speech.is_editable():
        reviews.advance(draft=speech, action=Action.REVISE, user=user)
        result.revised.append(speech)
    if TITLE in taken:
        speech.title = row.title
    if SIGNATURE in taken:
        take_signature(item=row.item, speech=speech, user=user)
    if POSITION in taken and row.position is not None:
        speech.position = row.position
    merge = row.comparison.merged(taken=taken, last_anchor=last_anchor)
    speech.body = illustrate(item=row.item, body=merge.body, anchors=merge.anchors, user=user)
    drafts.save_draft(draft=speech, user=user)
    if SIGNATURE in taken:
        credit_speakers(item=row.item, speech=speech, new_speakers=new_speakers, user=user)
    anchors = {place: merge.anchors[place] for place in row.work_ticked_for_taken}
    result.work_items += highlights.create_work_items(
        item=row.item, speech=speech, user=user, anchors=anchors
    )
    row.speech = speech
    _settle(row, ItemState.UPDATED)
    result.updated.append(speech)
    for work_item in touched:
        text = _("Its paragraph changed: check the highlighted work “%(title)s”.")
        result.todo.append(_todo(speech, text % {"title": work_item}))
    _note_by_hand(row, result)


def _note_by_hand(row: Revision, result: Result) -> None:
    if row.by_hand and row.speech is not None:
        text = _("A table, list or picture differs from the file: change it by hand.")
        result.todo.append(_todo(row.speech, text))


def _note_pictures(row: Revision, result: Result) -> None:
    if row.item and row.speech and are_missing(item=row.item, body=row.speech.body):
        text = _("The draft lacks a picture of the file: put it in by hand.")
        result.todo.append(_todo(row.speech, text))


def _note_missing(row: Revision, result: Result) -> None:
    if row.choice == RevisionChoice.WITHDRAW and row.speech is not None:
        text = _("The file no longer has this speech: withdraw or archive it.")
        result.todo.append(_todo(row.speech, text))


def _todo(speech: Speech, text: str) -> dict[str, Any]:
    return {"speech": speech.pk, "title": speech.title, "text": text}


def _close(
    batch: ImportBatch, reimport: Reimport, rows: list[Revision], result: Result, user: User
) -> None:
    """Store what became of each speech; the workbench can't undo beyond drafts that were made."""
    items = [row.item for row in rows if row.item is not None]
    ImportedSpeech.objects.bulk_update(items, ["state", "speech"], batch_size=200)
    if not batch.items.filter(state=ItemState.PENDING).exists():
        batch.state = BatchState.ACCEPTED
    batch.meeting = result.meeting
    batch.save(update_fields=["state", "meeting"])
    if any(item.state != ItemState.PENDING for item in items):
        import_edits.log(batch, user, _("Drafts made"), {})
    reimport.outcome = _outcome(reimport.outcome, result)
    reimport.save(update_fields=["outcome"])


def _outcome(before: dict[str, Any], result: Result) -> dict[str, Any]:
    """Return what was done in all, after earlier runs on the same batch."""
    now: dict[str, list[Any]] = {
        "created": [speech.pk for speech in result.created],
        "updated": [speech.pk for speech in result.updated],
        "revised": [speech.pk for speech in result.revised],
        "kept": [row.speech.pk for row in result.kept if row.speech],
        "unchanged": [row.speech.pk for row in result.unchanged if row.speech],
        "todo": result.todo,
    }
    return {
        name: before.get(name, []) + [each for each in found if each not in before.get(name, [])]
        for name, found in now.items()
    }
