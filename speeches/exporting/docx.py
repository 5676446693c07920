"""The digest as a Word document in the official format of GB/T 9704-2012."""

from django.utils.translation import gettext_lazy as _

from speeches.exporting.composition import compose
from speeches.exporting.document import DigestDocument
from speeches.exporting.docx_body import body
from speeches.exporting.docx_package import package
from speeches.exporting.docx_pictures import picture_identifiers
from speeches.exporting.exporter import Exporter
from speeches.exporting.pictures import picture_notices, pictures_of


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as a Word file; the official fonts are named, not embedded."""
    pictures = pictures_of(document)
    text = body(compose(document, pictures), picture_identifiers(pictures))
    return package(document, text, pictures)


EXPORTER = Exporter(
    label=_("Word document"),
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    extension="docx",
    render=render,
    notices=picture_notices,
)
