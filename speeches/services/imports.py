"""From a file to a batch: what was read in it, stored for staff to look at."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from speeches import parsing
from speeches.enums import BatchState
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedName, ImportedSpeech
from speeches.parsing.documents import ParsedDigest, ParsedSpeech, SourcePicture
from speeches.parsing.stress import Span
from speeches.services import blocks, highlights, import_pictures, names
from speeches.services.import_pictures import EncodedPicture

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Reading(NamedTuple):
    """The text of a file, what the parser read in it, its pictures and its bold words."""

    text: str
    digest: ParsedDigest
    pictures: tuple[SourcePicture, ...] = ()
    stressed: tuple[Span, ...] = ()


def read_digest(*, data: bytes, filename: str, encoding: str | None = None) -> Reading:
    """Return the text of a file and what the parser read in it; touches no database.

    The file may be a text, a Word document, a PDF or a saved web page. Raises ImportRefused for
    one that cannot be read, and for a text in which no speech was found.
    """
    try:
        reading = _read(data, encoding)
    except parsing.UnreadableFile as error:
        raise ImportRefused(
            _("“%(file)s” cannot be read: %(problem)s") % {"file": filename, "problem": error}
        ) from error
    if not reading.digest.speeches:
        raise ImportRefused(
            _(
                "No speech was found in “%(file)s”. A speech is a title line, a line with the "
                "unit, post and name of the speaker, and the text below."
            )
            % {"file": filename}
        )
    return reading


def _read(data: bytes, encoding: str | None) -> Reading:
    """Read a file that marks its speeches by its own reader, any other as plain text."""
    if parsing.is_akn(data):
        return Reading(*parsing.transcript(parsing.read_akn(data)))
    source = parsing.read_file(data, encoding=encoding)
    exported = parsing.read_markdown(source.text) if source.kind == "text" else None
    if exported:
        return Reading(*parsing.transcript(exported))
    digest = parsing.parse_digest(source.text)
    digest = replace(digest, warnings=(*source.warnings, *digest.warnings))
    return Reading(source.text, digest, source.pictures, source.stressed)


def create_batch(
    *,
    data: bytes,
    filename: str,
    user: User,
    title: str = "",
    held_on: date | None = None,
    encoding: str | None = None,
) -> tuple[ImportBatch, bool]:
    """Read a file into a batch for staff to look at; return it and whether it is new.

    The same bytes again, even at the same moment, give the batch that is there. ``title`` and
    ``held_on`` replace what the file says of the meeting. Raises ImportRefused where the file is
    of no use.
    """
    digest_hash = hashlib.sha256(data).hexdigest()
    known = ImportBatch.objects.filter(sha256=digest_hash).first()
    if known is not None and known.state != BatchState.FAILED:
        return known, False
    reading = read_digest(data=data, filename=filename, encoding=encoding)
    pictures = import_pictures.encoded(reading.pictures)
    batch = known or ImportBatch(sha256=digest_hash, filename=filename[:255], created_by=user)
    batch.meeting_title, batch.meeting_date = title, held_on
    try:
        with transaction.atomic():
            batch.original.save(batch.sha256, ContentFile(data), save=False)
            fill(batch=batch, reading=reading, pictures=pictures)
    except (IntegrityError, ValidationError):
        known = ImportBatch.objects.filter(sha256=digest_hash).first()
        if known is None:
            raise
        return known, False
    return batch, True


def fill(*, batch: ImportBatch, reading: Reading, pictures: Sequence[EncodedPicture]) -> None:
    """Store what was read in the file of ``batch``, which is then open for staff.

    ``pictures`` are those of ``reading`` that can be shown.

    Must run inside a transaction. Takes a fixed number of queries for any number of speeches.
    """
    digest = reading.digest
    batch.source_text = reading.text
    batch.parsed = parsing.digest_to_json(digest)
    batch.warnings = [asdict(warning) for warning in digest.warnings]
    batch.meeting_title = (batch.meeting_title or digest.meeting or digest.headline)[:200]
    batch.state, batch.problem, batch.progress = BatchState.OPEN, "", {}
    batch.full_clean(exclude=["original"])
    batch.save()
    _store_speeches(batch, reading, pictures)


def _store_speeches(
    batch: ImportBatch, reading: Reading, pictures: Sequence[EncodedPicture]
) -> None:
    digest = reading.digest
    new_key = partial(next, count(1))
    items = [
        _new_item(
            batch,
            number,
            speech,
            blocks.read_blocks(batch.source_text, speech, new_key, reading.stressed),
        )
        for number, speech in enumerate(digest.speeches, start=1)
    ]
    notes = [*digest.notes, *(note for speech in digest.speeches for note in speech.notes)]
    batch.aside = blocks.notes_as_blocks(batch.source_text, notes, new_key)
    batch.last_key = new_key() - 1
    everything = [*chain.from_iterable(item.blocks for item in items), *batch.aside]
    import_pictures.store(batch=batch, pictures=pictures, among=everything)
    batch.save(update_fields=["aside", "last_key"])
    items = ImportedSpeech.objects.bulk_create(items)
    ImportedName.objects.bulk_create(
        ImportedName(item=item, position=position, printed=name[:60])
        for item, speech in zip(items, digest.speeches, strict=True)
        for position, name in enumerate(speech.speakers)
    )
    prefetch_related_objects(items, "names")
    names.suggest_for(items)
    highlights.propose_tags(items)


def _new_item(
    batch: ImportBatch, number: int, speech: ParsedSpeech, paragraphs: list[blocks.Block]
) -> ImportedSpeech:
    return ImportedSpeech(
        batch=batch,
        position=number,
        number=number,
        title=speech.title[:200],
        byline=speech.byline[:300],
        organization_printed=speech.organization[:120],
        posts=list(speech.posts),
        on_behalf_of=speech.on_behalf_of[:120],
        blocks=paragraphs,
        figures=[parsing.figure_to_json(figure) for figure in speech.figures],
        source_start=speech.source_start,
        source_end=speech.source_end,
        reordered=speech.reordered,
        confidence=speech.confidence,
    )
