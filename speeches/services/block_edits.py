"""What staff do with the paragraphs of a batch: no step loses a character of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedSpeech
from speeches.parsing.bylines import parse_byline
from speeches.services import blocks, names
from speeches.services.blocks import Block
from speeches.services.import_edits import Edit, editing

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def move_block(
    *,
    batch: ImportBatch,
    user: User,
    key: int,
    item_pk: int | None,
    to_pk: int | None,
    before: int | None = None,
    version: int | None = None,
) -> None:
    """Move a paragraph to another place: before the block ``before``, or to the end.

    ``item_pk`` is the speech it stands in and ``to_pk`` the one it goes to; None is the place of
    what is set aside. Raises ImportRefused where paragraph or speech are not there, EditConflict on
    a stale ``version``.
    """
    with editing(batch=batch, user=user, told=_("Paragraph moved"), version=version) as edit:
        block = _take_out(edit, item_pk, key)
        target = _shelf(edit, to_pk)
        at = None if before is None else blocks.index_of(target, before)
        target.insert(len(target) if at is None else at, block)
        edit.told = _told_move(edit, block, item_pk, to_pk)


def _told_move(edit: Edit, block: Block, item_pk: int | None, to_pk: int | None) -> str:
    words = {"words": excerpt(block["text"])}
    if to_pk is None:
        return _("“%(words)s” set aside") % words
    if item_pk == to_pk:
        return _("“%(words)s” moved within its speech") % words
    return _("“%(words)s” moved to speech %(number)s") % {
        **words,
        "number": edit.take(to_pk).position,
    }


def step_block(
    *,
    batch: ImportBatch,
    user: User,
    key: int,
    item_pk: int,
    down: bool,
    version: int | None = None,
) -> None:
    """Move a paragraph up or down by one; at the edge of its speech, into the neighbouring one.

    Raises ImportRefused where there is no place to go to; see ``move_block``.
    """
    with editing(batch=batch, user=user, told=_("Paragraph moved"), version=version) as edit:
        item = edit.take(item_pk)
        at = _place_of(item.blocks, key)
        goal = at + 1 if down else at - 1
        block = _take_out(edit, item_pk, key)
        target = item
        if 0 <= goal <= len(item.blocks):
            item.blocks.insert(goal, block)
        else:
            target = _neighbour(edit, item, down=down)
            target.blocks.insert(0 if down else len(target.blocks), block)
        edit.told = _told_move(edit, block, item_pk, target.pk)


def _neighbour(edit: Edit, item: ImportedSpeech, *, down: bool) -> ImportedSpeech:
    order = edit.order()
    at = order.index(item.pk) + (1 if down else -1)
    if not 0 <= at < len(order):
        raise ImportRefused(_("There is no speech on that side."))
    return edit.take(order[at])


def join_block(
    *, batch: ImportBatch, user: User, key: int, item_pk: int, version: int | None = None
) -> None:
    """Make a paragraph one with the paragraph above it. Raises ImportRefused for the first one."""
    with editing(batch=batch, user=user, told="", version=version) as edit:
        item = edit.take(item_pk)
        at = _place_of(item.blocks, key)
        if at == 0:
            raise ImportRefused(_("There is no paragraph above this one."))
        block = item.blocks.pop(at)
        item.blocks[at - 1] = blocks.join(item.blocks[at - 1], block)
        edit.told = _("“%(words)s” joined to the paragraph above") % {
            "words": excerpt(block["text"])
        }


def cut_block(
    *,
    batch: ImportBatch,
    user: User,
    key: int,
    item_pk: int,
    texts: list[str],
    version: int | None = None,
) -> None:
    """Replace a paragraph by what staff wrote: one text corrects it, several cut it.

    Raises ImportRefused where nothing is left of it: a paragraph is set aside, not emptied.
    """
    texts = [text.strip() for text in texts if text.strip()]
    if not texts:
        raise ImportRefused(_("A paragraph cannot be empty: set it aside instead."))
    with editing(batch=batch, user=user, told="", version=version) as edit:
        item = edit.take(item_pk)
        at = _place_of(item.blocks, key)
        block = item.blocks[at]
        item.blocks[at : at + 1] = blocks.rewrite([block], texts, edit.new_key)
        told = _("“%(words)s” cut") if len(texts) > 1 else _("“%(words)s” corrected")
        edit.told = told % {"words": excerpt(block["text"])}


def make_title(
    *, batch: ImportBatch, user: User, key: int, item_pk: int, version: int | None = None
) -> None:
    """Make a paragraph the title of its speech; the title there was becomes its first paragraph.

    Raises ValidationError for one that is too long for a title.
    """
    with editing(batch=batch, user=user, told="", version=version) as edit:
        item = edit.take(item_pk)
        block = blocks.take_away(item.blocks, _place_of(item.blocks, key))
        _keep_as_block(edit, item, item.title)
        item.title = block["text"]
        edit.told = _("“%(words)s” made the title") % {"words": excerpt(block["text"])}


def make_byline(
    *, batch: ImportBatch, user: User, key: int, item_pk: int, version: int | None = None
) -> None:
    """Make a paragraph the byline of its speech, and read body, posts and names in it.

    The byline there was becomes its first paragraph. Raises ValidationError for one that is too
    long.
    """
    with editing(batch=batch, user=user, told="", version=version) as edit:
        item = edit.take(item_pk)
        block = blocks.take_away(item.blocks, _place_of(item.blocks, key))
        _keep_as_block(edit, item, item.byline)
        item.byline = block["text"]
        byline = parse_byline(block["text"])
        if byline is not None:
            item.organization_printed = byline.organization[:120]
            item.posts = list(byline.posts)
            item.on_behalf_of = byline.on_behalf_of[:120]
            names.replace_names(item, list(byline.speakers))
            names.suggest_for([item])
        edit.told = _("“%(words)s” made the byline") % {"words": excerpt(block["text"])}


def _keep_as_block(edit: Edit, item: ImportedSpeech, text: str) -> None:
    if text:
        item.blocks.insert(0, blocks.new_block(edit.new_key(), text))


def _shelf(edit: Edit, item_pk: int | None) -> list[Block]:
    """The list of blocks of a speech, or of what is set aside."""
    shelf: list[Block] = edit.aside if item_pk is None else edit.take(item_pk).blocks
    return shelf


def _take_out(edit: Edit, item_pk: int | None, key: int) -> Block:
    """Take a block out, to be placed elsewhere."""
    shelf = _shelf(edit, item_pk)
    return {**shelf.pop(_place_of(shelf, key)), "placed": True}


def _place_of(shelf: list[Block], key: int) -> int:
    at = blocks.index_of(shelf, key)
    if at is None:
        raise ImportRefused(_("This paragraph is no longer there."))
    return at


def excerpt(text: str) -> str:
    """Return the first words of ``text``, for the log."""
    return text if len(text) <= 12 else f"{text[:12]}…"
