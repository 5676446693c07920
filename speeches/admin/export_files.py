"""What the pages of kept files have in common: the table of files, and handing one over."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.utils.translation import gettext

from speeches.enums import ExportState
from speeches.exporting import registry
from speeches.models import ExportFile

RECENT = 20
"""Files shown on a page."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A kept file on a page; an outdated one was made of an earlier edition."""

    file: ExportFile
    label: str
    is_outdated: bool


def format_choices() -> list[tuple[str, str]]:
    """Return the names and labels of all forms."""
    return [(name, str(exporter.label)) for name, exporter in registry.EXPORTERS.items()]


def files_context(files: QuerySet[ExportFile], current_hashes: Collection[str]) -> dict:
    """Return what ``admin/_export_files.html`` shows of the newest ``files``."""
    labels = dict(format_choices())
    current = set(current_hashes)
    rows = [
        FileRow(
            file=file,
            label=labels.get(file.format_name, file.format_name),
            is_outdated=not current.issuperset(file.edition_hashes),
        )
        for file in files[:RECENT]
    ]
    return {"files": rows, "is_waiting": any(row.file.is_waiting for row in rows)}


def hand_over(files: QuerySet[ExportFile], pk: int) -> FileResponse:
    """Answer with a finished file of ``files`` under its Chinese name; else raise Http404."""
    file = files.filter(pk=pk, state=ExportState.READY).first()
    if file is None:
        raise Http404(gettext("There is no such file."))
    try:
        content = file.content.open("rb")
    except FileNotFoundError as error:
        raise Http404(gettext("There is no such file.")) from error
    return FileResponse(
        content, as_attachment=True, filename=file.filename, content_type=file.media_type
    )
