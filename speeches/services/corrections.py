"""What staff type of a batch: its meeting, the fields of a speech, or that nothing is wanted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from speeches.enums import BatchState, ItemState, NameChoice
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedSpeech
from speeches.services import blocks, names
from speeches.services.import_edits import editing

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def correct_item(
    *,
    item: ImportedSpeech,
    user: User,
    title: str,
    byline: str,
    organization_printed: str,
    posts: list[str],
    speakers: list[str],
    paragraphs: list[str],
    on_behalf_of: str = "",
    version: int | None = None,
) -> ImportedSpeech:
    """Store what staff corrected in one imported speech, and read its figures again.

    Names that stay keep their decision; new ones are matched against the records. Paragraphs that
    stay keep their place in the source. Raises ImportRefused once the batch was decided on, or
    where no text is left; EditConflict on a stale ``version``.
    """
    paragraphs = [text.strip() for text in paragraphs if text.strip()]
    if not paragraphs:
        raise ImportRefused(_("Speech %(number)s has no text.") % {"number": item.position})
    told = _("Speech %(number)s corrected") % {"number": item.position}
    with editing(batch=item.batch, user=user, told=told, version=version) as edit:
        item = edit.take(item.pk)
        item.title, item.byline = title.strip(), byline.strip()
        if organization_printed.strip() != item.organization_printed:
            item.organization_printed = organization_printed.strip()
            item.organization_choice = NameChoice.UNRESOLVED
        item.posts = [post.strip() for post in posts if post.strip()]
        item.on_behalf_of = on_behalf_of.strip()
        item.blocks = blocks.rewrite(item.blocks, paragraphs, edit.new_key)
        item.clean_fields(exclude=["batch", "organization", "speech"])
        names.replace_names(item, [name.strip() for name in speakers if name.strip()])
        names.suggest_for([item])
    return item


def correct_meeting(
    *,
    batch: ImportBatch,
    user: User,
    title: str,
    held_on: date | None,
    version: int | None = None,
) -> ImportBatch:
    """Store what staff say of the meeting of a file.

    Raises ImportRefused once the batch was decided on or its meeting exists as a draft,
    EditConflict on a stale ``version``.
    """
    told = _("Meeting corrected")
    with editing(batch=batch, user=user, told=told, version=version) as edit:
        if edit.batch.meeting is not None:
            raise ImportRefused(
                _("The meeting “%(title)s” exists already: change it there.")
                % {"title": edit.batch.meeting}
            )
        edit.keep_meeting()
        edit.batch.meeting_title, edit.batch.meeting_date = title.strip(), held_on
    return batch


def discard(*, batch: ImportBatch, user: User, version: int | None = None) -> ImportBatch:
    """Put a batch aside without drafts.

    Raises ImportRefused once it was decided on, EditConflict on a stale ``version``.
    """
    told = _("File put aside")
    with editing(batch=batch, user=user, told=told, version=version, can_be_undone=False) as edit:
        edit.batch.items.filter(state=ItemState.PENDING).update(state=ItemState.SKIPPED)
        edit.batch.state = BatchState.DISCARDED
    return batch
