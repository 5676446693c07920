"""What a format is: how it is called, and how a digest becomes its bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speeches.exporting.document import DigestDocument

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def no_notices(_document: DigestDocument) -> tuple[str, ...]:
    """Say nothing: the format shows everything the document holds."""
    return ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format.

    ``render`` takes a printable document (``characters.printable``) and returns the same bytes
    for an equal one. ``notices`` tells staff what the bytes do not show as they would wish.
    ``variant`` tells its files from those of another format with the same ``extension``.
    """

    label: "_StrPromise"
    media_type: str
    extension: str
    render: Callable[[DigestDocument], bytes]
    notices: Callable[[DigestDocument], tuple[str, ...]] = no_notices
    variant: "_StrPromise | str" = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A finished file, and what staff should know before they hand it on."""

    content: bytes
    media_type: str
    filename: str
    notices: tuple[str, ...] = ()
