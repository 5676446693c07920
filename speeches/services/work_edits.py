"""What staff decide on the highlighted work found in a batch, before it becomes drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedSpeech
from speeches.services import highlights
from speeches.services.block_edits import excerpt
from speeches.services.blocks import Work, index_of
from speeches.services.highlights import Candidate
from speeches.services.import_edits import editing

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Decision:
    """What staff say of one candidate; ``taken`` makes it a draft."""

    title: str
    tags: tuple[str, ...]
    taken: bool


def decide_work(
    *,
    batch: ImportBatch,
    user: User,
    decisions: Mapping[int, Mapping[int, Decision]],
    version: int | None = None,
) -> None:
    """Store the decisions on candidates: by speech, then by the key of the candidate's block.

    Candidates that are no longer there are passed over. Raises ImportRefused for an empty title or
    one of more than 200 characters, EditConflict on a stale ``version``.
    """
    for decision in (given for row in decisions.values() for given in row.values()):
        if not 0 < len(decision.title.strip()) <= 200:
            raise ImportRefused(_("A piece of highlighted work needs a title of 1–200 characters."))
    told = _("Highlighted work decided")
    with editing(batch=batch, user=user, told=told, version=version) as edit:
        for item in edit.take_all(list(decisions)):
            for candidate in highlights.candidates(item):
                given = decisions[item.pk].get(candidate.key)
                if given is not None:
                    _decide(item, candidate, given)


def _decide(item: ImportedSpeech, candidate: Candidate, decision: Decision) -> None:
    work: Work = {"tags": list(decision.tags), "dropped": not decision.taken}
    if decision.title.strip() != candidate.proposed_title:
        work["title"] = decision.title.strip()
    _set_work(item, candidate.places[0], work)


def join_work(
    *, batch: ImportBatch, user: User, item_pk: int, key: int, version: int | None = None
) -> None:
    """Make a candidate one with the candidate before it in its speech.

    Raises ImportRefused for the first one, EditConflict on a stale ``version``.
    """
    told = _("Highlighted work joined")
    with editing(batch=batch, user=user, told=told, version=version) as edit:
        item = edit.take(item_pk)
        found = highlights.candidates(item)
        at = next((at for at, row in enumerate(found) if row.key == key), 0)
        if at == 0:
            raise ImportRefused(_("There is no highlighted work before this in the speech."))
        before, joined = found[at - 1], found[at]
        tags = list(dict.fromkeys((*before.tags, *joined.tags)))
        _set_work(item, before.places[0], {**_work(item, before.places[0]), "tags": tags})
        for place in joined.places:
            _set_work(item, place, {"joins": before.key})


def part_work(
    *, batch: ImportBatch, user: User, item_pk: int, key: int, version: int | None = None
) -> None:
    """Make of a joined candidate one for each of its paragraphs again."""
    with editing(
        batch=batch, user=user, told=_("Highlighted work parted"), version=version
    ) as edit:
        item = edit.take(item_pk)
        if index_of(item.blocks, key) is None:
            raise ImportRefused(_("This paragraph is no longer there."))
        for place, block in enumerate(item.blocks):
            if block["work"].get("joins") == key:
                _set_work(item, place, {})
        edit.told = _("“%(words)s” parted") % {
            "words": excerpt(next(row["text"] for row in item.blocks if row["key"] == key))
        }


def _work(item: ImportedSpeech, place: int) -> Work:
    work: Work = item.blocks[place]["work"]
    return work


def _set_work(item: ImportedSpeech, place: int, work: Work) -> None:
    item.blocks[place] = {**item.blocks[place], "work": work}
