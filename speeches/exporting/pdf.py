"""The digest as a tagged, archivable PDF (PDF/A-2a and PDF/UA-1), set by Typst.

The text travels as JSON into a fixed template, which prints it as strings: nothing in it can be
markup. The compiler runs in a process of its own, with a time limit, and sees only templates.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.exceptions import ExportRefused
from speeches.exporting import composition as pages
from speeches.exporting import fonts, typography
from speeches.exporting.characters import strings_in, where_in
from speeches.exporting.composition import Composition, compose
from speeches.exporting.document import DigestDocument
from speeches.exporting.exporter import Exporter
from speeches.exporting.pictures import picture_notices
from speeches.exporting.typography import Face

TIME_LIMIT = 120
"""Seconds; 600 speeches take about five."""
_WORKER = Path(__file__).with_name("typst_worker.py")
_EARLIEST = date(1980, 1, 1)


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as a PDF; refuse it when a character has no glyph."""
    refuse_missing_glyphs(document)
    root = Path(settings.BASE_DIR) / "templates" / "exports"
    day = document.published_on or document.start_date or _EARLIEST
    return _compile(
        {
            "template": str(root / "digest.typ"),
            "root": str(root),
            "fonts": list(fonts.font_folders()),
            "inputs": {"digest": json.dumps(_data(document), ensure_ascii=False)},
            "timestamp": datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp(),
        }
    )


def notices(document: DigestDocument) -> tuple[str, ...]:
    """Tell which faces are substitutes, and that pictures are not printed."""
    return (*fonts.notices(), *picture_notices(document))


def refuse_missing_glyphs(document: DigestDocument) -> None:
    """Refuse ``document``, naming place and character, rather than print an empty box.

    Every face is asked: the same words may appear in the contents, in a title and in the text.
    """
    for place, part in where_in(document):
        text = "".join(strings_in(part))
        lacking = sorted({c for face in Face for c in fonts.missing_characters(text, face)})
        if lacking:
            names = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in lacking)
            raise ExportRefused(
                _("%(place)s: no font has the characters %(characters)s.")
                % {"place": place, "characters": names}
            )


def _data(document: DigestDocument) -> dict[str, Any]:
    composition = compose(document)
    return {
        **asdict(composition),
        "author": document.host or document.source,
        "keywords": sorted({tag for speech in document.speeches for tag in speech.tags}),
        "faces": {face.value: _face(found) for face, found in fonts.face_fonts().items()},
        "words": _words(composition),
        "measures": {
            name.lower(): value
            for name, value in vars(typography).items()
            if name.isupper() and isinstance(value, int)
        },
    }


def _words(composition: Composition) -> dict[str, Any]:
    return {
        "contents": pages.CONTENTS_TITLE,
        "note_label": pages.NOTE_LABEL,
        "attachment_mark": pages.ATTACHMENT_MARK,
        "attachment_title": pages.ATTACHMENT_TITLE,
        "table_headings": pages.TABLE_HEADINGS,
    }


def _face(found: fonts.FaceFonts) -> dict[str, Any]:
    return {
        "families": [font.family for font in found.fonts],
        "weight": found.weight,
        "borrowed": found.borrowed,
    }


def _compile(request: dict[str, Any]) -> bytes:
    command = [sys.executable, "-I", str(_WORKER)]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and our own file
            command,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ExportRefused(
            _("The PDF was not finished within %(seconds)d seconds.") % {"seconds": TIME_LIMIT}
        ) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines() or [str(done.returncode)]
        raise ExportRefused(_("The PDF cannot be made: %(reason)s") % {"reason": reason[-1]})
    return done.stdout


EXPORTER = Exporter(
    label=gettext_lazy("PDF document"),
    media_type="application/pdf",
    extension="pdf",
    render=render,
    notices=notices,
)
