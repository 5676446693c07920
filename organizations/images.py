"""Pictures: every upload is decoded, bounded, stripped of its metadata and stored anew.

It stands in the lower of the two apps, so that both may use it.
"""

import uuid
from io import BytesIO
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from easy_thumbnails.files import generate_all_aliases, get_thumbnailer
from PIL import Image, ImageOps

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2560
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def reencode(upload: File) -> ContentFile:
    """Return ``upload`` as a fresh JPEG, or PNG where it has transparency.

    At most ``MAX_SIDE`` pixels a side, turned upright, without EXIF; the name is random.
    Raises ValidationError for anything but a picture of ``FORMATS`` within the limits.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("The picture is larger than %(limit)s MB."), params={"limit": MAX_BYTES // 1024**2}
        )
    upload.seek(0)
    try:
        with Image.open(upload, formats=FORMATS) as source:
            if source.width * source.height > MAX_PIXELS:
                raise _too_many_pixels()
            picture = ImageOps.exif_transpose(source)
            picture.thumbnail((MAX_SIDE, MAX_SIDE))
            return _encoded(picture)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("This file is not a picture that can be read (JPEG, PNG, WebP or GIF).")
        ) from error


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than %(limit)s million pixels."),
        params={"limit": MAX_PIXELS // 10**6},
    )


def _encoded(picture: Image.Image) -> ContentFile:
    transparent = picture.has_transparency_data
    kind, extension = ("PNG", "png") if transparent else ("JPEG", "jpg")
    output = BytesIO()
    picture.convert("RGBA" if transparent else "RGB").save(
        output, kind, optimize=True, **({} if transparent else {"quality": 86})
    )
    return ContentFile(output.getvalue(), name=f"{uuid.uuid4().hex}.{extension}")


def crop_to(name: str, focus: tuple[int, int]) -> None:
    """Make the cut renditions of the stored picture ``name`` anew, around ``focus``.

    ``focus`` is in percent from the left and the top. The addresses of the renditions stay.
    """
    for alias in settings.THUMBNAIL_ALIASES[""].values():
        if alias.get("crop"):
            thumbnailer = get_thumbnailer(default_storage, relative_name=name)
            rendition = thumbnailer.generate_thumbnail({**alias, "target": focus})
            rendition.name = thumbnailer.get_thumbnail_name(alias)
            thumbnailer.thumbnail_storage.delete(rendition.name)
            thumbnailer.save_thumbnail(rendition)


def validate_picture(upload: File) -> None:
    """Raise ValidationError where an uncommitted upload could not be stored."""
    if not getattr(upload, "_committed", False):
        reencode(upload.file)


def picture_path(_instance: models.Model, filename: str) -> str:
    """Return where a picture is stored: by month, under a name that tells nothing."""
    return str(PurePosixPath("pictures", timezone.localdate().strftime("%Y/%m"), filename))


class PictureField(models.ImageField):
    """An image column that stores only what :func:`reencode` made."""

    default_validators = [validate_picture]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("upload_to", picture_path)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        """Replace an upload by its re-encoded self, and make the renditions of it."""
        file = getattr(model_instance, self.attname)
        if file and not file._committed:  # noqa: SLF001 - Django's own marker for a fresh upload
            fresh = reencode(file.file)
            file.save(fresh.name, fresh, save=False)
            generate_all_aliases(file, include_global=True)
        return super().pre_save(model_instance, add)
