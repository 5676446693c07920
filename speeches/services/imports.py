"""From a file to drafts: read it once, let staff correct it, then create everything or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from speeches import parsing
from speeches.enums import BatchState, ItemState, NameChoice
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedName, ImportedSpeech
from speeches.parsing.documents import Figure, ParsedDigest, ParsedSpeech
from speeches.services import names

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def read_digest(
    *, data: bytes, filename: str, encoding: str | None = None
) -> tuple[str, ParsedDigest]:
    """Return the text of a file and what the parser read in it; touches no database.

    The file may be a text, a Word document, a PDF or a saved web page. Raises ImportRefused for
    one that cannot be read, and for a text in which no speech was found.
    """
    try:
        text, digest = _read(data, encoding)
    except parsing.UnreadableFile as error:
        raise ImportRefused(
            _("“%(file)s” cannot be read: %(problem)s") % {"file": filename, "problem": error}
        ) from error
    if not digest.speeches:
        raise ImportRefused(
            _(
                "No speech was found in “%(file)s”. A speech is a title line, a line with the "
                "unit, post and name of the speaker, and the text below."
            )
            % {"file": filename}
        )
    return text, digest


def _read(data: bytes, encoding: str | None) -> tuple[str, ParsedDigest]:
    """Read a file that marks its speeches by its own reader, any other as plain text."""
    if parsing.is_akn(data):
        return parsing.transcript(parsing.read_akn(data))
    source = parsing.read_file(data, encoding=encoding)
    exported = parsing.read_markdown(source.text) if source.kind == "text" else None
    if exported:
        return parsing.transcript(exported)
    digest = parsing.parse_digest(source.text)
    return source.text, replace(digest, warnings=(*source.warnings, *digest.warnings))


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
    if known is not None:
        return known, False
    text, digest = read_digest(data=data, filename=filename, encoding=encoding)
    batch = ImportBatch(
        sha256=digest_hash,
        filename=filename[:255],
        source_text=text,
        parsed=parsing.digest_to_json(digest),
        warnings=[asdict(warning) for warning in digest.warnings],
        meeting_title=(title or digest.meeting or digest.headline)[:200],
        meeting_date=held_on,
        created_by=user,
    )
    try:
        with transaction.atomic():
            _store_batch(batch, data, digest)
    except (IntegrityError, ValidationError):
        known = ImportBatch.objects.filter(sha256=digest_hash).first()
        if known is None:
            raise
        return known, False
    return batch, True


def _store_batch(batch: ImportBatch, data: bytes, digest: ParsedDigest) -> None:
    batch.original.save(batch.sha256, ContentFile(data), save=False)
    batch.full_clean(exclude=["original"])
    batch.save()
    for position, speech in enumerate(digest.speeches, start=1):
        _create_item(batch, position, speech)


@transaction.atomic
def correct_meeting(*, batch: ImportBatch, title: str, held_on: date | None) -> ImportBatch:
    """Store what staff say of the meeting of a file.

    Raises ImportRefused once the batch was decided on or its meeting exists as a draft.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    _require_open(batch)
    if batch.meeting is not None:
        raise ImportRefused(
            _("The meeting “%(title)s” exists already: change it there.") % {"title": batch.meeting}
        )
    batch.meeting_title, batch.meeting_date = title.strip(), held_on
    batch.full_clean(exclude=["original"])
    batch.save(update_fields=["meeting_title", "meeting_date"])
    return batch


def _create_item(batch: ImportBatch, position: int, speech: ParsedSpeech) -> None:
    parsed = batch.parsed["speeches"][position - 1]
    item = ImportedSpeech.objects.create(
        batch=batch,
        position=position,
        title=speech.title[:200],
        byline=speech.byline[:300],
        organization_printed=speech.organization[:120],
        posts=list(speech.posts),
        on_behalf_of=speech.on_behalf_of[:120],
        paragraphs=list(speech.paragraphs),
        figures=_figures_json(speech.figures),
        fragments=[asdict(fragment) for fragment in speech.fragments],
        source_start=speech.source_start,
        source_end=speech.source_end,
        reordered=parsed["reordered"],
        confidence=parsed["confidence"],
    )
    _replace_names(item, list(speech.speakers))
    names.suggest_for(item)


def _figures_json(figures: tuple[Figure, ...]) -> list[dict[str, Any]]:
    return [asdict(figure) for figure in figures]


def _replace_names(item: ImportedSpeech, printed: list[str]) -> None:
    if [name.printed for name in item.names.all()] == printed:
        return
    item.names.all().delete()
    ImportedName.objects.bulk_create(
        ImportedName(item=item, position=position, printed=name[:60])
        for position, name in enumerate(printed)
    )


@transaction.atomic
def correct_item(
    *,
    item: ImportedSpeech,
    title: str,
    byline: str,
    organization_printed: str,
    posts: list[str],
    speakers: list[str],
    paragraphs: list[str],
    on_behalf_of: str = "",
) -> ImportedSpeech:
    """Store what staff corrected in one imported speech, and read its figures again.

    Names that stay keep their decision; new ones are matched against the records. Raises
    ImportRefused once the batch was decided on, or where no text is left.
    """
    _require_open(item.batch)
    paragraphs = [text.strip() for text in paragraphs if text.strip()]
    if not paragraphs:
        raise ImportRefused(_("Speech %(number)s has no text.") % {"number": item.position})
    item.title, item.byline = title.strip(), byline.strip()
    item.organization_printed = organization_printed.strip()
    item.posts = [post.strip() for post in posts if post.strip()]
    item.on_behalf_of = on_behalf_of.strip()
    item.paragraphs = paragraphs
    item.figures = _figures_json(parsing.find_figures(paragraphs))
    item.full_clean()
    item.save()
    _replace_names(item, [name.strip() for name in speakers if name.strip()])
    names.suggest_for(item)
    return item


@transaction.atomic
def decide_name(
    *,
    name: ImportedName,
    choice: NameChoice,
    speaker_id: int | None = None,
    note: str = "",
) -> ImportedName:
    """Store who a printed name is. ``note`` tells a homonym apart.

    Raises ImportRefused where an existing speaker is meant but not named, or the batch is closed.
    """
    _require_open(name.item.batch)
    if choice == NameChoice.EXISTING and speaker_id is None:
        raise ImportRefused(_("Choose which speaker “%(name)s” is.") % {"name": name.printed})
    name.choice = choice
    name.speaker_id = speaker_id if choice == NameChoice.EXISTING else None
    name.note = note.strip()
    name.full_clean()
    name.save()
    return name


def _require_open(batch: ImportBatch) -> None:
    if batch.state != BatchState.OPEN:
        raise ImportRefused(_("“%(file)s” was already decided on.") % {"file": batch.filename})


@transaction.atomic
def discard(*, batch: ImportBatch) -> ImportBatch:
    """Put a batch aside without drafts. Raises ImportRefused once it was decided on."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    _require_open(batch)
    batch.state = BatchState.DISCARDED
    batch.items.filter(state=ItemState.PENDING).update(state=ItemState.SKIPPED)
    batch.save(update_fields=["state"])
    return batch
