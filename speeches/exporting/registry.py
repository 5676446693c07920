"""Every form in which a digest is handed on, by the name that addresses and commands use."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from speeches.exceptions import ExportRefused
from speeches.exporting import (
    akn,
    csv_file,
    docx,
    epub,
    html_file,
    json_digest,
    markdown,
    newspaper,
    pdf,
    plaintext,
    popolo,
    wechat,
    xlsx,
)
from speeches.exporting.characters import printable
from speeches.exporting.document import DigestDocument
from speeches.exporting.exporter import Export, Exporter

EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "docx": docx.EXPORTER,
        "pdf": pdf.EXPORTER,
        "newspaper": newspaper.EXPORTER,
        "wechat": wechat.EXPORTER,
        "epub": epub.EXPORTER,
        "html": html_file.EXPORTER,
        "text": plaintext.EXPORTER,
        "markdown": markdown.EXPORTER,
        "xlsx": xlsx.EXPORTER,
        "csv": csv_file.EXPORTER,
        "figures": csv_file.FIGURES,
        "akn": akn.EXPORTER,
        "popolo": popolo.EXPORTER,
        "json": json_digest.EXPORTER,
    }
)

_UNSAFE_IN_NAMES = re.compile(r'[\s\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST_NAME = 70
"""Characters of a title: 210 bytes in Chinese."""


def export(document: DigestDocument, format_name: str) -> Export:
    """Return ``document`` in the form ``format_name``, with what staff should know of it.

    Raises ExportRefused for an unknown form, and where the form cannot carry the document.
    """
    exporter = EXPORTERS.get(format_name)
    if exporter is None:
        raise ExportRefused(
            _("“%(format)s” is no form of a digest; there are %(known)s.")
            % {"format": format_name, "known": "、".join(EXPORTERS)}
        )
    document, notices = printable(document)
    return Export(
        content=exporter.render(document),
        media_type=exporter.media_type,
        filename=f"{_file_stem(document)}{exporter.variant}.{exporter.extension}",
        notices=(*notices, *exporter.notices(document)),
    )


def _file_stem(document: DigestDocument) -> str:
    """Return the title as a file name that every system takes: Linux ends at 255 bytes."""
    name = _UNSAFE_IN_NAMES.sub(" ", document.file_title or document.title).strip(" .")
    stem = name[:_LONGEST_NAME].strip()
    if stem and document.file_title:
        return stem
    return _("%(meeting)s speeches") % {"meeting": stem} if stem else _("Digest of speeches")
