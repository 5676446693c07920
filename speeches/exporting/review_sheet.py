"""The review sheet (审签单) as a PDF: who decided what on which text, to be signed and filed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from speeches.exceptions import ExportRefused
from speeches.exporting.characters import fields_of, strings_in
from speeches.exporting.fonts import missing_characters
from speeches.exporting.typesetting import set_pages
from speeches.exporting.typography import Face

FACES = (Face.TITLE, Face.HEI, Face.SONG)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sheet; ``text_hash`` is empty for steps older than its recording."""

    at: dt.datetime
    step: str
    who: str
    opinion: str
    text_hash: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One piece with all that was decided on it; ``text_hash`` is that of its present text."""

    title: str
    kind: str
    stage: str
    author: str
    text_hash: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """The sheet of one piece, or of a meeting with all its pieces."""

    title: str
    site: str
    printed_at: dt.datetime
    parts: tuple[SheetPart, ...]


def render(sheet: ReviewSheet) -> bytes:
    """Return the sheet as a PDF; raise ExportRefused for characters that no font has."""
    data = {
        "title": sheet.title,
        "site": sheet.site,
        "printed": _minute(sheet.printed_at),
        "parts": [
            {
                **fields_of(part),
                "steps": [{**fields_of(step), "at": _minute(step.at)} for step in part.steps],
            }
            for part in sheet.parts
        ],
        "words": _words(),
    }
    _refuse_missing_glyphs(data)
    return set_pages("review_sheet.typ", data, day=sheet.printed_at.date())


def _words() -> dict[str, str]:
    return {
        "heading": _("Review sheet"),
        "printed": _("Printed at"),
        "kind": _("kind"),
        "stage": _("stage"),
        "author": _("author"),
        "at": _("at"),
        "step": _("step"),
        "who": _("by"),
        "opinion": _("Opinion"),
        "hash": _("hash of the text"),
        "none": _("Nothing yet."),
        "signature": _("Signature"),
        "picture": "",
    }


def _minute(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _refuse_missing_glyphs(data: object) -> None:
    text = "".join(_strings(data))
    lacking = sorted({c for face in FACES for c in missing_characters(text, face)})
    if lacking:
        raise ExportRefused(
            _("%(place)s: no font has the characters %(characters)s.")
            % {"place": _("Review sheet"), "characters": "、".join(lacking)}
        )


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list | tuple):
        for item in data:
            yield from _strings(item)
    elif isinstance(data, str):
        yield data
    else:
        yield from strings_in(data)
