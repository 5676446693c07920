"""Making files of what was published: once for each state of the editions, in the background."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from speeches.enums import ExportState, ExportStep
from speeches.exceptions import ExportRefused
from speeches.exporting import registry
from speeches.exporting.compilation import Collection, collected
from speeches.exporting.document import DigestDocument
from speeches.exporting.editions import digest_of
from speeches.exporting.pictures import picture_hashes
from speeches.exporting.progress import reported_to
from speeches.exporting.selection import ALL, Selection, select
from speeches.models import ExportFile, MeetingEdition, SpeechEdition
from speeches.site import site

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_SHOWN_SETTINGS = (
    "SITE_URL",
    "FONT_DIRS",
    "NEWSPAPER_NAME",
    "NEWSPAPER_SIZE",
    "NEWSPAPER_PAGE",
    "NEWSPAPER_IMPRINT",
)
"""Settings that change what a file looks like."""
STALLED_AFTER = timedelta(minutes=15)
"""A file that is waited for so long may be asked for again."""


@transaction.atomic
def request_export(
    *, meeting: MeetingEdition, format_name: str, selection: Selection, user: User
) -> ExportFile:
    """Return the file of ``meeting`` in a form; where it is not there yet, have it made.

    A file made from the same editions is returned as it is. Raises ExportRefused for an unknown
    form or a speech that is not published in the meeting.
    """
    return _request(
        ExportFile(meeting_id=meeting.meeting_id, selection=selection.to_json()),
        select(digest_of(meeting), selection),
        format_name=format_name,
        user=user,
    )


@transaction.atomic
def request_compilation(*, collection: Collection, format_name: str, user: User) -> ExportFile:
    """Return the file of a compilation in a form; where it is not there yet, have it made.

    Raises ExportRefused for an unknown form, and where there is nothing or too much to bring
    together.
    """
    return _request(
        ExportFile(
            subject=collection.subject, collection=collection.to_json(), selection=ALL.to_json()
        ),
        collected(collection),
        format_name=format_name,
        user=user,
    )


def _request(
    wanted: ExportFile, document: DigestDocument, *, format_name: str, user: User
) -> ExportFile:
    if format_name not in registry.EXPORTERS:
        raise ExportRefused(_("There is no such format."))
    hashes = [document.edition_hash, *(speech.edition_hash for speech in document.speeches)]
    file, is_new = ExportFile.objects.select_for_update().get_or_create(
        fingerprint=fingerprint_of(document, format_name),
        defaults={
            "meeting_id": wanted.meeting_id,
            "subject": wanted.subject,
            "collection": wanted.collection,
            "selection": wanted.selection,
            "format_name": format_name,
            "edition_hashes": list(filter(None, hashes)),
            "requested_by": user,
        },
    )
    if not is_new and file.state != ExportState.FAILED and not _has_stalled(file):
        return file
    file.state, file.step, file.problem = ExportState.WAITING, ExportStep.WAITING, ""
    file.save(update_fields=["state", "step", "problem", "requested_at"])
    transaction.on_commit(lambda: make_export.enqueue(file.pk))
    return file


def _has_stalled(file: ExportFile) -> bool:
    return file.is_waiting and timezone.now() - file.requested_at > STALLED_AFTER


def fingerprint_of(document: DigestDocument, format_name: str) -> str:
    """Return the SHA-256, in hex, of everything that a file of ``document`` shows."""
    shown = {name: getattr(settings, name) for name in _SHOWN_SETTINGS}
    shown["site"] = [site().name, site().owner, site().colour]
    told = [format_name, shown, picture_hashes(document), asdict(document)]
    text = json.dumps(told, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@task()
def make_export(pk: int) -> None:
    """Make a requested file; where that is refused, the reason is kept with it."""
    file = ExportFile.objects.filter(pk=pk, state=ExportState.WAITING).first()
    if file is None:
        return
    try:
        _make(file)
    except ExportRefused as refusal:
        _fail(file, str(refusal))
    except Exception:
        _fail(file, _("The file could not be made; the log of the server tells why."))
        raise


def _make(file: ExportFile) -> None:
    def at(step: ExportStep) -> None:
        _settle(file, step=step)

    at(ExportStep.READING)
    document = _document_of(file)
    if not document or fingerprint_of(document, file.format_name) != file.fingerprint:
        raise ExportRefused(_("Something was published or withdrawn meanwhile: ask again."))
    at(ExportStep.COMPOSING)
    with reported_to(at):
        export = registry.export(document, file.format_name)
    at(ExportStep.WRITING)
    file.content.save(file.fingerprint, ContentFile(export.content), save=False)
    is_wanted = _settle(
        file,
        state=ExportState.READY,
        step=ExportStep.DONE,
        filename=export.filename,
        media_type=export.media_type,
        notices=list(export.notices),
        content=file.content.name,
    )
    if not is_wanted:
        file.content.delete(save=False)


def _document_of(file: ExportFile) -> DigestDocument | None:
    """Return what the file shows today; None where its meeting is no longer public."""
    if file.collection:
        return collected(Collection.from_json(file.collection))
    meeting = MeetingEdition.objects.current().filter(meeting_id=file.meeting_id).first()
    return meeting and select(digest_of(meeting), Selection.from_json(file.selection))


def _fail(file: ExportFile, problem: str) -> None:
    _settle(file, state=ExportState.FAILED, problem=problem)


def _settle(file: ExportFile, **columns: Any) -> bool:
    """Store the outcome of a file still waited for; return whether it was."""
    waiting = ExportFile.objects.filter(pk=file.pk, state=ExportState.WAITING)
    return bool(waiting.update(**columns))


def forget(*, meeting_id: int, speech_id: int | None = None) -> None:
    """Delete the kept files of a meeting in which something is withdrawn.

    With the number of the speech that is withdrawn, or that has the withdrawn work, the
    compilations that hold an edition of it go too. Must run inside the transaction that withdraws;
    the stored bytes go when it is committed.
    """
    spoken = SpeechEdition.objects.filter(speech__in=filter(None, [speech_id]))
    hashes = set(spoken.values_list("content_hash", flat=True))
    compilations = ExportFile.objects.filter(meeting=None).values_list("pk", "edition_hashes")
    holding = [pk for pk, made_from in compilations if not hashes.isdisjoint(made_from)]
    files = ExportFile.objects.filter(Q(meeting_id=meeting_id) | Q(pk__in=holding))
    for content in [file.content for file in files if file.content]:
        transaction.on_commit(partial(content.delete, save=False))
    files.delete()
