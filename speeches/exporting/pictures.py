"""The pictures of a digest's speeches, encoded anew: nothing of a file goes on but its image.

An address leads into this site's own media and nowhere else: nothing is fetched.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils.translation import ngettext
from PIL import Image, ImageOps

from speeches.exporting.document import DigestDocument
from speeches.exporting.typography import TEXT_HEIGHT, TEXT_WIDTH
from speeches.textblocks import BlockKind

MAX_PIXELS = 40_000_000
MAX_SIDE = 1600
"""Pixels: 260 dots an inch over the width of the text."""
DOTS_PER_INCH = 150
"""How small pictures are printed; large ones are as wide as the text."""
TALLEST = 0.4
"""Share of a page's height."""
_MILLIMETRES_PER_INCH = 25.4
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 85
_UNREADABLE = (
    OSError,
    SuspiciousFileOperation,
    SyntaxError,
    ValueError,
    Image.DecompressionBombError,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready for print: a JPEG, or a PNG where it has transparency; sides in pixels."""

    content: bytes
    extension: str
    width: int
    height: int


def pictures_of(document: DigestDocument) -> Mapping[str, Picture]:
    """Return the pictures of ``document`` by address; what cannot be read is left out."""
    addresses = dict.fromkeys(_addresses(document))
    read = {address: read_picture(address) for address in addresses}
    return {address: picture for address, picture in read.items() if picture}


def printed_size(picture: Picture) -> tuple[float, float]:
    """Return width and height in millimetres: never enlarged, in the text's width, not too high."""
    natural = picture.width / DOTS_PER_INCH * _MILLIMETRES_PER_INCH
    proportion = picture.height / picture.width
    width = min(natural, TEXT_WIDTH, TALLEST * TEXT_HEIGHT / proportion)
    return round(width, 2), round(width * proportion, 2)


def picture_notices(document: DigestDocument) -> tuple[str, ...]:
    """Tell how many pictures cannot be read, so that only their captions are printed."""
    addresses = list(_addresses(document))
    readable = {address for address in set(addresses) if read_picture(address)}
    count = sum(address not in readable for address in addresses)
    if not count:
        return ()
    words = ngettext(
        "%(count)d picture cannot be read; only its caption is printed.",
        "%(count)d pictures cannot be read; only their captions are printed.",
        count,
    )
    return (words % {"count": count},)


def picture_hashes(document: DigestDocument) -> dict[str, str]:
    """Return the SHA-256, in hex, of each picture's file by address; empty where there is none."""
    found = {address: _content(address) for address in dict.fromkeys(_addresses(document))}
    return {
        address: hashlib.sha256(content).hexdigest() if content else ""
        for address, content in found.items()
    }


def read_picture(address: str) -> Picture | None:
    """Return the picture at ``address``, a path below ``MEDIA_URL``; None where there is none."""
    content = _content(address)
    try:
        return _encoded(content) if content else None
    except _UNREADABLE:
        return None


def _content(address: str) -> bytes:
    if not address.startswith(settings.MEDIA_URL):
        return b""
    name = unquote(urlsplit(address).path).removeprefix(settings.MEDIA_URL)
    try:
        with default_storage.open(name) as file:
            content: bytes = file.read()
    except _UNREADABLE:
        return b""
    return content


def _addresses(document: DigestDocument) -> list[str]:
    return [
        block.src
        for speech in document.speeches
        for block in speech.blocks
        if block.kind is BlockKind.IMAGE
    ]


def _encoded(content: bytes) -> Picture | None:
    with Image.open(BytesIO(content), formats=_FORMATS) as source:
        if source.width * source.height > MAX_PIXELS:
            return None
        image = ImageOps.exif_transpose(source)
        image.thumbnail((MAX_SIDE, MAX_SIDE))
        output = BytesIO()
        if image.has_transparency_data:
            extension = "png"
            image.convert("RGBA").save(output, "PNG")
        else:
            extension = "jpg"
            image.convert("RGB").save(output, "JPEG", quality=_QUALITY)
    return Picture(output.getvalue(), extension, image.width, image.height)
