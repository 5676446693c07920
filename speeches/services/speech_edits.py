"""What staff do with whole speeches of a batch: split, merge, order, leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from speeches.enums import ItemState
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedSpeech
from speeches.parsing.typography import fold
from speeches.services import blocks
from speeches.services.blocks import Block
from speeches.services.import_edits import Edit, editing
from speeches.signatures import signature

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def split(
    *, batch: ImportBatch, user: User, item_pk: int, key: int, version: int | None = None
) -> ImportedSpeech:
    """Begin a new speech at a paragraph, and return it: it has no title and byline yet.

    Raises ImportRefused at the first paragraph, which leaves nothing above it.
    """
    with editing(batch=batch, user=user, told="", version=version) as edit:
        item = edit.take(item_pk)
        at = blocks.index_of(item.blocks, key)
        if not at:
            raise ImportRefused(_("A speech is split at a paragraph that has another above it."))
        moved = item.blocks[at:]
        del item.blocks[at:]
        start, end = _extent(moved, item)
        new = edit.add_after(
            item,
            ImportedSpeech(
                blocks=moved,
                source_start=start,
                source_end=end,
                reordered=item.reordered,
                confidence=item.confidence,
            ),
        )
        edit.told = _("Speech %(number)s split") % {"number": item.position}
    return new


def _extent(moved: list[Block], item: ImportedSpeech) -> tuple[int, int]:
    """Where the blocks stood in the source; the whole speech where that is not known."""
    runs = [run for block in moved for run in block["runs"]]
    if not runs:
        return item.source_start, item.source_end
    return min(run["start"] for run in runs), max(run["end"] for run in runs)


def merge(
    *, batch: ImportBatch, user: User, item_pk: int, version: int | None = None
) -> ImportedSpeech:
    """Append a speech to the one before it, which is returned.

    Its title and byline become paragraphs, for nothing printed is lost. Raises ImportRefused for
    the first speech, and where one of the two was decided on.
    """
    with editing(batch=batch, user=user, told="", version=version) as edit:
        order = edit.order()
        item = edit.take(item_pk)
        at = order.index(item_pk)
        if at == 0:
            raise ImportRefused(_("There is no speech before the first one."))
        before = edit.take(order[at - 1])
        before.blocks += [*_head_as_blocks(edit, item), *item.blocks]
        before.reordered |= item.reordered
        before.confidence = min(before.confidence, item.confidence)
        before.source_start = min(before.source_start, item.source_start)
        before.source_end = max(before.source_end, item.source_end)
        edit.told = _("Speech %(number)s merged with the one before it") % {"number": item.position}
        edit.remove(item)
    return before


def _head_as_blocks(edit: Edit, item: ImportedSpeech) -> list[Block]:
    byline = item.byline or signature(
        item.organization_printed, item.posts, (name.printed for name in item.names.all())
    )
    spoken = fold("".join(item.paragraphs))
    head = [item.title, "" if fold(byline) in spoken else byline]
    return [blocks.new_block(edit.new_key(), text) for text in head if text]


def move_speech(
    *, batch: ImportBatch, user: User, item_pk: int, to: int, version: int | None = None
) -> None:
    """Make a speech the one at position ``to``, from 1; beyond the last it becomes the last."""
    with editing(batch=batch, user=user, told="", version=version) as edit:
        item = edit.take(item_pk)
        order = edit.order()
        order.remove(item_pk)
        order.insert(max(to, 1) - 1, item_pk)
        position = item.position
        edit.arrange(order)
        edit.told = _("Speech %(number)s moved to place %(to)s") % {
            "number": position,
            "to": order.index(item_pk) + 1,
        }


def leave_out(*, batch: ImportBatch, user: User, item_pk: int, version: int | None = None) -> None:
    """Make no draft of a speech; it stays in the batch and can be taken back."""
    with editing(batch=batch, user=user, told="", version=version) as edit:
        item = edit.take(item_pk)
        item.state = ItemState.SKIPPED
        edit.told = _("Speech %(number)s left out") % {"number": item.position}


def take_back(*, batch: ImportBatch, user: User, item_pk: int, version: int | None = None) -> None:
    """Make a draft of a speech after all. Raises ImportRefused for one that was not left out."""
    with editing(batch=batch, user=user, told="", version=version) as edit:
        item = edit.take_all([item_pk], state=ItemState.SKIPPED)[0]
        item.state = ItemState.PENDING
        edit.told = _("Speech %(number)s taken back") % {"number": item.position}
