"""Making files of what was published: once for each state of the editions, in the background."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from speeches.enums import ExportState
from speeches.exceptions import ExportRefused
from speeches.exporting import registry
from speeches.exporting.document import DigestDocument
from speeches.exporting.editions import digest_of
from speeches.exporting.selection import Selection, select
from speeches.models import ExportFile, MeetingEdition
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


@transaction.atomic
def request_export(
    *, meeting: MeetingEdition, format_name: str, selection: Selection, user: User
) -> ExportFile:
    """Return the file of ``meeting`` in a form; where it is not there yet, have it made.

    A file made from the same editions is returned as it is. Raises ExportRefused for an unknown
    form or a speech that is not published in the meeting.
    """
    if format_name not in registry.EXPORTERS:
        raise ExportRefused(_("There is no such format."))
    document = select(digest_of(meeting), selection)
    file, is_new = ExportFile.objects.select_for_update().get_or_create(
        fingerprint=fingerprint_of(document, format_name),
        defaults={
            "meeting_id": meeting.meeting_id,
            "format_name": format_name,
            "selection": selection.to_json(),
            "edition_hashes": [
                document.edition_hash,
                *(speech.edition_hash for speech in document.speeches),
            ],
            "requested_by": user,
        },
    )
    if not is_new and file.state != ExportState.FAILED:
        return file
    file.state, file.problem = ExportState.WAITING, ""
    file.save(update_fields=["state", "problem", "requested_at"])
    transaction.on_commit(lambda: make_export.enqueue(file.pk))
    return file


def fingerprint_of(document: DigestDocument, format_name: str) -> str:
    """Return the SHA-256, in hex, of everything that a file of ``document`` shows."""
    shown = {name: getattr(settings, name) for name in _SHOWN_SETTINGS}
    shown["site"] = [site().name, site().owner, site().colour]
    text = json.dumps([format_name, shown, asdict(document)], default=str, sort_keys=True)
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
    meeting = MeetingEdition.objects.current().filter(meeting_id=file.meeting_id).first()
    document = meeting and select(digest_of(meeting), Selection.from_json(file.selection))
    if not document or fingerprint_of(document, file.format_name) != file.fingerprint:
        raise ExportRefused(_("Something was published or withdrawn meanwhile: ask again."))
    export = registry.export(document, file.format_name)
    file.content.save(file.fingerprint, ContentFile(export.content), save=False)
    is_wanted = _settle(
        file,
        state=ExportState.READY,
        filename=export.filename,
        media_type=export.media_type,
        notices=list(export.notices),
        content=file.content.name,
    )
    if not is_wanted:
        file.content.delete(save=False)


def _fail(file: ExportFile, problem: str) -> None:
    _settle(file, state=ExportState.FAILED, problem=problem)


def _settle(file: ExportFile, **columns: Any) -> bool:
    """Store the outcome of a file still waited for; return whether it was."""
    waiting = ExportFile.objects.filter(pk=file.pk, state=ExportState.WAITING)
    return bool(waiting.update(**columns))


def forget(*, meeting_id: int) -> None:
    """Delete the kept files of a meeting, for something in it is withdrawn.

    Must run inside the transaction that withdraws; the stored bytes go when it is committed.
    """
    files = ExportFile.objects.filter(meeting_id=meeting_id)
    for content in [file.content for file in files if file.content]:
        transaction.on_commit(partial(content.delete, save=False))
    files.delete()
