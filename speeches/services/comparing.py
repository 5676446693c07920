"""A file beside the drafts of the meeting it repeats: what differs, and what staff said of it.

Reading only, with a number of queries that does not grow with the speeches. Where the draft came
from an earlier file, that file tells who made a difference: what the new file says as the old one
did was changed here, and is not offered for taking over again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from organizations.colleagues import name_of
from speeches import workflow
from speeches.enums import Action, Stage
from speeches.models import (
    ImportBatch,
    ImportedSpeech,
    Meeting,
    RevisedSpeech,
    Speech,
    WorkItem,
)
from speeches.parsing.matching import Outline, match_speeches
from speeches.services import reviews
from speeches.services.acceptance import title_of
from speeches.services.ordering import planned_positions
from speeches.services.revisions import Revision
from speeches.textblocks import plain_paragraphs

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Pair = tuple[ImportedSpeech | None, Speech | None]


def compare(*, batch: ImportBatch, meeting: Meeting, user: User) -> list[Revision]:
    """Return every speech of the file and of the meeting, as ``user`` may see and change them.

    In the order of the file; what is missing there comes last.
    """
    items = list(batch.items.prefetch_related("names"))
    speeches = list(
        Speech.objects.filter(meeting=meeting)
        .select_related("author", "organization")
        .prefetch_related("credits__speaker")
        .order_by("position", "pk")
    )
    stored = _stored(batch)
    bases = _bases(batch, speeches)
    work = _work_items(speeches)
    pairs = _paired(items, speeches, stored.values())
    moved = _moved(pairs, bases)
    return [
        Revision(
            item=item,
            speech=speech,
            base=bases.get(speech.pk) if speech else None,
            stored=stored.get(_place_of(item, speech)),
            position=moved.get(item.pk) if item else None,
            obstacle=obstacle_for(speech, user) if speech else "",
            is_hidden=speech is not None and not speech.is_visible_to(user),
            work=work[speech.pk] if speech else [],
        )
        for item, speech in pairs
    ]


def obstacle_for(speech: Speech, user: User) -> str:
    """Return why ``user`` can't take anything into ``speech`` now, empty where they can.

    A draft under review stays as the reviewers read it: it must be sent back first.
    """
    if speech.author_id != user.pk and not user.has_perm("speeches.change_any_draft"):
        return _("%(name)s wrote this draft; you may not change it.") % {
            "name": name_of(speech.author)
        }
    if speech.is_editable():
        return ""
    stage = {"stage": speech.get_stage_display()}
    if speech.stage == Stage.ARCHIVED:
        return _("The draft is archived: restore it first.")
    revise = workflow.transitions(settings.REVIEW_STEPS).get((Stage(speech.stage), Action.REVISE))
    if revise is None:
        return _("The draft is at stage “%(stage)s”: have it sent back first.") % stage
    return reviews.refusal(draft=speech, transition=revise, user=user)


Place = tuple[int | None, int | None]
"""The speech of the file, else the draft that is missing there."""


def _place_of(item: ImportedSpeech | None, speech: Speech | None) -> Place:
    if item is not None:
        return item.pk, None
    return None, speech.pk if speech else None


def _stored(batch: ImportBatch) -> dict[Place, RevisedSpeech]:
    """Return what staff said, by the speech of the file, else by the one that is missing there."""
    rows = RevisedSpeech.objects.filter(reimport__batch=batch)
    return {(row.item_id, None if row.item_id else row.speech_id): row for row in rows}


def _bases(batch: ImportBatch, speeches: Iterable[Speech]) -> dict[int, ImportedSpeech]:
    """Return the imported speech that each draft was last compared with, by the draft."""
    earlier = (
        ImportedSpeech.objects.filter(speech__in=[speech.pk for speech in speeches])
        .exclude(batch=batch)
        .prefetch_related("names")
        .order_by("batch__created_at", "pk")
    )
    return {item.speech_id: item for item in earlier if item.speech_id}


def _work_items(speeches: Iterable[Speech]) -> dict[int, list[WorkItem]]:
    found: dict[int, list[WorkItem]] = defaultdict(list)
    pks = [speech.pk for speech in speeches]
    for work_item in WorkItem.objects.filter(speech__in=pks).only("title", "speech", "paragraph"):
        found[work_item.speech_id].append(work_item)
    return found


def _paired(
    items: Sequence[ImportedSpeech], speeches: Sequence[Speech], stored: Iterable[RevisedSpeech]
) -> list[Pair]:
    """Return which draft each speech is: as staff said, as was done, else the likest."""
    by_pk = {speech.pk: speech for speech in speeches}
    fixed = {
        row.item_id: by_pk.get(row.speech_id or 0) for row in stored if row.paired and row.item_id
    }
    fixed |= {item.pk: by_pk.get(item.speech_id or 0) for item in items if item.speech_id}
    taken = {speech.pk for speech in fixed.values() if speech is not None}
    ours = [speech for speech in speeches if speech.pk not in taken]
    theirs = [item for item in items if item.pk not in fixed]
    found = match_speeches(
        [Outline(each.title, each.byline, plain_paragraphs(each.body)) for each in ours],
        [Outline(title_of(each), each.byline, tuple(each.paragraphs)) for each in theirs],
    )
    pair_of: dict[int, Speech | None] = dict(fixed)
    missing: list[Pair] = []
    for pair in found:
        speech = None if pair.ours is None else ours[pair.ours]
        if pair.theirs is None:
            missing.append((None, speech))
        else:
            pair_of[theirs[pair.theirs].pk] = speech
    return [(item, pair_of[item.pk]) for item in items] + missing


def _moved(pairs: Sequence[Pair], bases: dict[int, ImportedSpeech]) -> dict[int, int]:
    """Return the new positions by speech of the file: of new ones, and of those it moved."""
    known = [bases.get(speech.pk) for item, speech in pairs if item and speech]
    places = [(base.batch_id, base.position) for base in known if base is not None]
    as_before = len(places) == len(known) and places == sorted(places)
    rows = [
        (item.pk, (speech.position, speech.pk) if speech else None)
        for item, speech in pairs
        if item
    ]
    return planned_positions(rows, keep_order=as_before)
