"""Setting a template with Typst, in a process of its own, with a time limit.

Text travels as JSON into a fixed template, which prints it as strings: nothing in it can be markup.
The compiler sees the templates, the text and the pictures of this one document, and nothing else.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from speeches.enums import ExportStep
from speeches.exceptions import ExportRefused
from speeches.exporting import fonts
from speeches.exporting.characters import fields_of, strings_in, where_in
from speeches.exporting.document import DigestDocument
from speeches.exporting.pictures import Picture
from speeches.exporting.progress import report
from speeches.exporting.typography import Face

TIME_LIMIT = 120
"""Seconds; 600 speeches take about five."""
_WORKER = Path(__file__).with_name("typst_worker.py")
_ONE_THREAD: Mapping[str, str] = {"RAYON_NUM_THREADS": "1"}
"""Most of the work is in turn: a second thread saves a fifth of the time, costs as much more CPU
and memory, and takes a core from the readers of the site."""
_OWN_FACES: Mapping[Face, Face] = {}
_NO_PICTURES: Mapping[str, Picture] = {}
_EARLIEST = date(1980, 1, 1)


def typeset(
    template: str,
    document: DigestDocument,
    data: Mapping[str, Any],
    pictures: Mapping[str, Picture],
    faces: Mapping[Face, Face] = _OWN_FACES,
) -> bytes:
    """Return the PDF that ``templates/exports/<template>`` makes of ``data``, dataclasses in it.

    ``pictures`` are found in the data under their addresses, ``faces`` names what prints a face
    other than itself. The file's date is the document's own, never now.

    Raises ExportRefused for a character without glyph, and where Typst fails.
    """
    day = document.published_on or document.start_date or _EARLIEST
    return set_pages(template, data, day=day, document=document, pictures=pictures, faces=faces)


def set_pages(
    template: str,
    data: Mapping[str, Any],
    *,
    day: date,
    document: DigestDocument | None = None,
    pictures: Mapping[str, Picture] = _NO_PICTURES,
    faces: Mapping[Face, Face] = _OWN_FACES,
) -> bytes:
    """Return the PDF that ``template`` makes of ``data``, dated ``day``.

    Raises ExportRefused where Typst fails, and for a character without glyph in what was made of
    ``document``; without one no glyph is asked for.
    """
    with tempfile.TemporaryDirectory(prefix="typesetting-") as folder:
        root = Path(folder)
        for source in (Path(settings.BASE_DIR) / "templates" / "exports").glob("*.typ"):
            shutil.copy(source, root)
        digest = {**data, "faces": _faces(faces), "pictures": _stored(pictures, root)}
        text = json.dumps(digest, ensure_ascii=False, default=fields_of)
        if document is not None and _without_glyph(set(text)):
            refuse_missing_glyphs(document)
        (root / "digest.json").write_text(text, encoding="utf-8")
        report(ExportStep.TYPESETTING)
        return _compile(
            {
                "template": str(root / template),
                "root": str(root),
                "fonts": list(fonts.font_folders()),
                "timestamp": datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp(),
            }
        )


def keywords_of(document: DigestDocument) -> list[str]:
    """Return the topics of the speeches, for the file's properties."""
    return sorted({tag for speech in document.speeches for tag in speech.tags})


def refuse_missing_glyphs(document: DigestDocument) -> None:
    """Refuse ``document``, naming every place and character, rather than print an empty box."""
    lacking = missing_glyphs(document)
    if lacking:
        raise ExportRefused("\n".join(lacking))


def missing_glyphs(document: DigestDocument) -> tuple[str, ...]:
    """Return a line for each part of ``document`` that has characters without glyph, naming them.

    Every face is asked: the same words may appear in the contents, in a title and in the text.
    """
    lacking = _without_glyph(_characters_of(document))
    if not lacking:
        return ()
    found = ((place, sorted(lacking & _characters_of(part))) for place, part in where_in(document))
    return tuple(
        _("%(place)s: no font has the characters %(characters)s.")
        % {"place": place, "characters": "、".join(f"“{c}”（U+{ord(c):04X}）" for c in characters)}
        for place, characters in found
        if characters
    )


def _characters_of(part: object) -> set[str]:
    return set().union(*strings_in(part))


def _without_glyph(characters: set[str]) -> set[str]:
    text = "".join(characters)
    return {c for face in Face for c in fonts.missing_characters(text, face)}


def _faces(instead: Mapping[Face, Face]) -> dict[str, Any]:
    return {face.value: _face(fonts.face_fonts()[instead.get(face, face)]) for face in Face}


def _face(found: fonts.FaceFonts) -> dict[str, Any]:
    return {
        "families": [font.family for font in found.fonts],
        "weight": found.weight,
        "borrowed": found.borrowed,
    }


def _stored(pictures: Mapping[str, Picture], root: Path) -> dict[str, str]:
    """Store ``pictures`` in ``root``; return their file names by address."""
    stored = {}
    for number, (address, picture) in enumerate(pictures.items(), start=1):
        name = f"{number}.{picture.extension}"
        (root / name).write_bytes(picture.content)
        stored[address] = name
    return stored


def _compile(request: dict[str, Any]) -> bytes:
    command = [sys.executable, "-I", str(_WORKER)]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and our own file
            command,
            input=json.dumps(request).encode(),
            env={**os.environ, **_ONE_THREAD},
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
