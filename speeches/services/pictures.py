"""Pictures and other files that stand in texts: taking them in, and what of them stays in view."""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.images import PictureField, crop_to, picture_path, reencode
from speeches.models import Draft, Picture, Speech

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LARGEST_ATTACHMENT = 20 * 1024 * 1024
ATTACHMENTS = ("pdf", "docx", "xlsx", "pptx")


@transaction.atomic
def take_in(*, upload: File[Any], words: str, user: User) -> Picture:
    """Store ``upload`` made anew, with the ``words`` that say what it shows; return its row.

    Raises ValidationError for what is no picture within the limits, and without words.
    """
    if not words.strip():
        raise ValidationError(_("Say in a few words what the picture shows."))
    made = reencode(upload)
    name = default_storage.save(picture_path(Speech(), made.name or ""), made)
    row = Picture(name=name, words=words.strip(), uploaded_by=user)
    row.full_clean()
    row.save()
    return row


def note_covers(*, draft: Draft, user: User, words: Mapping[str, str]) -> None:
    """Bring the pictures in the columns of ``draft`` into the library, where they have a focus.

    ``words`` say of each column what a picture that is new shows.
    """
    for field in draft.content_fields():
        file = getattr(draft, field.attname) if isinstance(field, PictureField) else None
        if file:
            told = words.get(field.attname) or str(draft)
            add_to_library(name=file.name, words=told, user=user)


def add_to_library(*, name: str, words: str, user: User) -> None:
    """Have the stored file ``name`` in the library; what is told of it already stays."""
    Picture.objects.get_or_create(name=name, defaults={"uploaded_by": user, "words": words})


def set_focus(*, picture: Picture) -> None:
    """Cut the renditions of ``picture`` anew, around its focal point."""
    crop_to(picture.name, (picture.focus_x, picture.focus_y))


def take_in_attachment(*, upload: File[Any]) -> str:
    """Store a document under a random name; return that name in the storage.

    Raises ValidationError for what is larger than ``LARGEST_ATTACHMENT`` bytes, and for what is not
    by its content a PDF or an Office document without macros.
    """
    kind = PurePosixPath(upload.name or "").suffix.lower().removeprefix(".")
    if upload.size > LARGEST_ATTACHMENT:
        raise ValidationError(
            _("The file is larger than %(limit)s MB."),
            params={"limit": LARGEST_ATTACHMENT // 1024**2},
        )
    if kind not in ATTACHMENTS or not _is_of_kind(upload, kind):
        raise ValidationError(
            _("Only PDF, Word, Excel and PowerPoint files (docx, xlsx, pptx) without macros.")
        )
    upload.seek(0)
    month = timezone.localdate().strftime("%Y/%m")
    return default_storage.save(f"attachments/{month}/{uuid.uuid4().hex}.{kind}", upload)


def _is_of_kind(upload: File[Any], kind: str) -> bool:
    upload.seek(0)
    if kind == "pdf":
        return bool(upload.read(5) == b"%PDF-")
    folder = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}[kind]
    try:
        with zipfile.ZipFile(upload) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return False
    return (
        "[Content_Types].xml" in names
        and any(name.startswith(folder) for name in names)
        and not any("vbaproject" in name.lower() for name in names)
    )
