"""Making a document printable: no control, private-use or invisible character reaches a format."""

import unicodedata
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from speeches.exporting.document import DigestDocument

_ORDINARY_BLANKS = frozenset(" \u3000")


@cache
def _printable_character(character: str) -> str:
    """Return what stands for ``character`` in print: itself, a blank, a line break or nothing.

    Left out are controls (Cc), format characters (Cf), private use (Co), surrogates (Cs) and code
    points without a character (Cn). Exotic blanks are layout, not text: they become a blank.
    """
    if character == "\n" or character in _ORDINARY_BLANKS:
        return character
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    if category in {"Zl", "Zp"}:
        return "\n"
    return "" if category[0] == "C" else character


def printable_text(text: str) -> str:
    """Return ``text`` as it can be printed; a Windows line break counts as one."""
    return "".join(map(_printable_character, text.replace("\r\n", "\n").replace("\r", "\n")))


def _left_out(text: str) -> set[str]:
    return {c for c in text if c != "\r" and not _printable_character(c)}


def strings_in(part: Any) -> Iterator[str]:
    """Yield every string of a document or of a part of it."""
    waiting = [part]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, tuple):
            waiting.extend(reversed(item))
        elif is_dataclass(item):
            waiting.extend(reversed(list(fields_of(item).values())))


def fields_of(part: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by name, as they are."""
    return {name: getattr(part, name) for name in part.__dataclass_fields__}


def _cleaned(part: Any) -> Any:
    """Return ``part`` with every string in it printable; members of enumerations stay."""
    if type(part) is str:
        return printable_text(part)
    if isinstance(part, tuple):
        return tuple(_cleaned(item) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{n: _cleaned(value) for n, value in fields_of(part).items()})
    return part


def where_in(document: DigestDocument) -> Iterator[tuple[str, object]]:
    """Yield each part of ``document`` that can be named to staff, with its name."""
    yield _("The meeting's data"), replace(document, speeches=(), work_items=())
    for number, speech in enumerate(document.speeches, start=1):
        yield _("Speech %(number)d “%(title)s”") % {"number": number, "title": speech.title}, speech
    for number, item in enumerate(document.work_items, start=1):
        name = _("Highlighted work %(number)d “%(title)s”") % {
            "number": number,
            "title": item.title,
        }
        yield name, item


def printable(document: DigestDocument) -> tuple[DigestDocument, tuple[str, ...]]:
    """Return ``document`` without unprintable characters, and a notice naming those left out."""
    notices = []
    for place, part in where_in(document):
        lost = {c for text in strings_in(part) for c in _left_out(text)}
        if lost:
            names = "、".join(f"U+{ord(c):04X}" for c in sorted(lost))
            notices.append(
                _("%(place)s: unprintable characters were left out: %(characters)s")
                % {"place": printable_text(place), "characters": names}
            )
    cleaned: DigestDocument = _cleaned(document)
    return cleaned, tuple(notices)
