"""The pictures of a file: kept with its batch, shown to staff, put into drafts on their word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from organizations.images import picture_path, reencode
from speeches.enums import ItemState, PictureChoice
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedPicture, ImportedSpeech
from speeches.parsing.documents import SourcePicture
from speeches.services import blocks
from speeches.services.blocks import Block, Picture
from speeches.services.import_edits import Edit, editing
from speeches.services.passages import illustrated
from speeches.services.pictures import add_to_library

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MAX_ALT = 300


class EncodedPicture(NamedTuple):
    """A picture of a file, decoded and encoded anew."""

    source: SourcePicture
    file: ContentFile[bytes]


def encoded(pictures: Iterable[SourcePicture]) -> list[EncodedPicture]:
    """Encode pictures anew, as every upload is; what is no picture that can be read is left out."""
    result = []
    for picture in pictures:
        try:
            file = reencode(ContentFile(picture.content))
        except ValidationError:
            continue
        result.append(EncodedPicture(picture, file))
    return result


def store(
    *, batch: ImportBatch, pictures: Sequence[EncodedPicture], among: Sequence[Block]
) -> None:
    """Keep the pictures of a stored ``batch``, each behind the block before it in the file.

    ``among`` are all blocks of the batch, which are told of their pictures but not saved.
    """
    rows = []
    starts = sorted(
        ((run["start"], block) for block in among for run in block["runs"]),
        key=lambda place: place[0],
    )
    for number, (source, file) in enumerate(pictures, start=1):
        row = ImportedPicture(
            batch=batch,
            number=number,
            offset=source.offset,
            description=" ".join(source.description.split())[:MAX_ALT],
        )
        row.file.save(str(file.name), file, save=False)
        rows.append(row)
        before = [block for start, block in starts if start < source.offset]
        if starts:
            block = before[-1] if before else starts[0][1]
            block.setdefault("pictures", []).append(_undecided(row))
    ImportedPicture.objects.bulk_create(rows)


def _undecided(row: ImportedPicture) -> Picture:
    return {
        "number": row.number,
        "choice": PictureChoice.UNDECIDED.value,
        "alt": row.description,
    }


def loose(batch: ImportBatch) -> list[ImportedPicture]:
    """Return the pictures of ``batch`` that stand behind no block; two queries."""
    shelves = [batch.aside, *batch.items.values_list("blocks", flat=True)]
    placed = {
        picture["number"]
        for shelf in shelves
        for block in shelf
        for picture in block.get("pictures", ())
    }
    return [row for row in batch.pictures.all() if row.number not in placed]


def keep(
    *, batch: ImportBatch, user: User, number: int, alt: str, version: int | None = None
) -> None:
    """Use a picture in the draft of its speech; ``alt`` says what it shows.

    Raises ImportRefused without such words, and where the picture stands in no pending speech;
    EditConflict on a stale ``version``.
    """
    alt = " ".join(alt.split())
    if not alt:
        raise ImportRefused(
            _("Say what the picture shows: some readers can't see it, and printers may not either.")
        )
    told = _("Picture %(number)s used") % {"number": number}
    choice = {"choice": PictureChoice.KEEP.value, "alt": alt[:MAX_ALT]}
    _decide(batch, user, number=number, version=version, told=told, choice=choice)


def leave(*, batch: ImportBatch, user: User, number: int, version: int | None = None) -> None:
    """Use a picture nowhere; it stays with the batch. Raises as ``keep`` does."""
    told = _("Picture %(number)s not used") % {"number": number}
    left = {"choice": PictureChoice.LEAVE.value}
    _decide(batch, user, number=number, version=version, told=told, choice=left)


def leave_rest(*, batch: ImportBatch, user: User, version: int | None = None) -> None:
    """Use none of the undecided pictures in pending speeches, in one step; raises as ``keep``."""
    with editing(batch=batch, user=user, told="", version=version) as edit:
        pending = batch.items.filter(state=ItemState.PENDING)
        items = edit.take_all([item.pk for item in pending if undecided(item)])
        count = sum(map(undecided, items))
        edit.told = _("%(count)s pictures not used") % {"count": count}
        for item in items:
            item.blocks = [
                {
                    **block,
                    "pictures": [
                        {**picture, "choice": PictureChoice.LEAVE.value}
                        if picture["choice"] == PictureChoice.UNDECIDED
                        else picture
                        for picture in block["pictures"]
                    ],
                }
                if "pictures" in block
                else block
                for block in item.blocks
            ]


def _decide(
    batch: ImportBatch,
    user: User,
    *,
    number: int,
    version: int | None,
    told: str,
    choice: Mapping[str, str],
) -> None:
    with editing(batch=batch, user=user, told=told, version=version) as edit:
        item = _speech_with(edit, number)
        if item is None:
            raise ImportRefused(_("Put the picture behind a paragraph of a speech first."))
        for at, block in enumerate(item.blocks):
            if "pictures" in block:
                decided = [
                    {**picture, **choice} if picture["number"] == number else picture
                    for picture in block["pictures"]
                ]
                item.blocks[at] = {**block, "pictures": decided}


def attach(
    *,
    batch: ImportBatch,
    user: User,
    number: int,
    item_pk: int,
    key: int,
    version: int | None = None,
) -> None:
    """Put a picture behind the paragraph ``key``, wherever it stood; what was decided stays.

    Raises ImportRefused where picture or paragraph are not there, EditConflict on a stale
    ``version``.
    """
    told = _("Picture %(number)s placed") % {"number": number}
    with editing(batch=batch, user=user, told=told, version=version) as edit:
        row = batch.pictures.filter(number=number).first()
        goal = edit.take(item_pk)
        if row is None or blocks.index_of(goal.blocks, key) is None:
            raise ImportRefused(_("This paragraph is no longer there."))
        item = _speech_with(edit, number)
        taken = None
        for shelf in [edit.aside, *([item.blocks] if item else [])]:
            taken = _take_off(shelf, number) or taken
        at = blocks.index_of(goal.blocks, key)
        if at is not None:
            block = goal.blocks[at]
            found = [*block.get("pictures", ()), taken or _undecided(row)]
            goal.blocks[at] = {**block, "pictures": found}


def _take_off(shelf: list[Block], number: int) -> Picture | None:
    """Take a picture off the block it stands behind, and return it."""
    for at, block in enumerate(shelf):
        for picture in block.get("pictures", ()):
            if picture["number"] == number:
                rest = [other for other in block["pictures"] if other is not picture]
                shelf[at] = {**block, "pictures": rest}
                return picture
    return None


def _speech_with(edit: Edit, number: int) -> ImportedSpeech | None:
    """Take the speech that a picture stands in; None where it stands in none."""
    for pk, shelf in edit.batch.items.values_list("pk", "blocks"):
        if any(each["number"] == number for block in shelf for each in block.get("pictures", ())):
            return edit.take(pk)
    return None


def all_undecided(batch: ImportBatch) -> int:
    """How many pictures of pending speeches wait for a word; one query without pictures."""
    if not batch.pictures.exists():
        return 0
    return sum(map(undecided, batch.items.filter(state=ItemState.PENDING).only("blocks")))


def undecided(item: ImportedSpeech) -> int:
    """How many pictures of a speech staff have said nothing of."""
    return sum(
        picture["choice"] == PictureChoice.UNDECIDED
        for block in item.blocks
        for picture in block.get("pictures", ())
    )


def illustrate(*, item: ImportedSpeech, body: str, anchors: Mapping[int, str], user: User) -> str:
    """Return ``body`` with the pictures that staff use, each behind its paragraph.

    ``anchors`` are those of the paragraphs of ``item`` in ``body``; for a paragraph that is not
    there the one before it stands in. A picture that ``body`` shows already is not put in again.
    The others come into the library, with what staff wrote of them.
    """
    wanted = used(item)
    rows = _rows(item, wanted)
    figures = []
    for place, picture in wanted:
        row = rows[picture["number"]]
        if not _shown(row, body):
            anchor = next((anchors[at] for at in range(place, -1, -1) if anchors.get(at)), "")
            name = _published(row)
            add_to_library(name=name, words=picture["alt"], user=user)
            figures.append((anchor, default_storage.url(name), picture["alt"]))
    return illustrated(body, figures)


def are_missing(*, item: ImportedSpeech, body: str) -> bool:
    """Whether staff use a picture of ``item`` that ``body`` does not show."""
    rows = _rows(item, used(item))
    return any(not _shown(row, body) for row in rows.values())


def used(item: ImportedSpeech) -> list[tuple[int, Picture]]:
    """The pictures that staff use, each with the place of its paragraph."""
    return [
        (place, picture)
        for place, block in enumerate(item.blocks)
        for picture in block.get("pictures", ())
        if picture["choice"] == PictureChoice.KEEP
    ]


def _rows(
    item: ImportedSpeech, wanted: Sequence[tuple[int, Picture]]
) -> dict[int, ImportedPicture]:
    numbers = [picture["number"] for _place, picture in wanted]
    if not numbers:
        return {}
    rows = ImportedPicture.objects.filter(batch=item.batch_id, number__in=numbers)
    return {row.number: row for row in rows}


def _public_name(row: ImportedPicture) -> str:
    """A name that tells nothing, the same for the same picture."""
    with row.file.open("rb") as stored:
        digest = hashlib.file_digest(stored, "sha256").hexdigest()[:32]
    return f"{digest}{PurePosixPath(row.file.name or '').suffix}"


def _shown(row: ImportedPicture, body: str) -> bool:
    return _public_name(row) in body


def _published(row: ImportedPicture) -> str:
    """Store a picture where readers may see it, once, and return its name there."""
    name = picture_path(row, _public_name(row))
    if not default_storage.exists(name):
        with row.file.open("rb") as stored:
            name = default_storage.save(name, stored)
    return name
