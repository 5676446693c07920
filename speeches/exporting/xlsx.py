"""The speeches and the figures as an Excel workbook of two sheets."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from speeches.exporting.archive import zipped
from speeches.exporting.document import DigestDocument
from speeches.exporting.exporter import Exporter
from speeches.exporting.sheets import Cell, Sheet, figure_sheet, speech_sheet, text_of

LONGEST_CELL: Final = 32_767
"""Characters that Excel takes in a cell."""
_DAY_UNKNOWN: Final = date(1980, 1, 1)
_WIDEST: Final = 60
_NARROWEST: Final = 8
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def render(document: DigestDocument) -> bytes:
    """Return the workbook; equal documents give equal bytes."""
    day = document.published_on or document.start_date or _DAY_UNKNOWN
    made = datetime.combine(day, time())
    workbook = Workbook(write_only=True)
    workbook.properties.title = document.title
    workbook.properties.creator = document.host
    workbook.properties.created = made
    for sheet in (speech_sheet(document), figure_sheet(document)):
        _write(workbook.create_sheet(sheet.name), sheet)
    file = io.BytesIO()
    workbook.save(file)
    return _undated(file, f"{made.isoformat()}Z".encode())


def _write(target: WriteOnlyWorksheet, sheet: Sheet) -> None:
    target.freeze_panes = "A2"
    for number, name in enumerate(sheet.heading, start=1):
        column = [name, *(row[number - 1] for row in sheet.rows[:200])]
        target.column_dimensions[get_column_letter(number)].width = _width(column)
    target.auto_filter.ref = f"A1:{get_column_letter(len(sheet.heading))}{len(sheet.rows) + 1}"
    target.append(_heading_cell(target, name) for name in sheet.heading)
    for row in sheet.rows:
        target.append(_cell(target, value) for value in row)


def _width(column: list[Cell]) -> int:
    widest = max(len(str(value or "").encode("gbk", "replace")) for value in column)
    return min(max(widest + 2, _NARROWEST), _WIDEST)


def _heading_cell(target: WriteOnlyWorksheet, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(target, name)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="F2ECE4")
    cell.alignment = Alignment(horizontal="center", vertical="center")
    return cell


def _cell(target: WriteOnlyWorksheet, value: Cell) -> WriteOnlyCell:
    cut = value[:LONGEST_CELL] if isinstance(value, str) else value
    cell = WriteOnlyCell(target, cut)
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    return cell


def _undated(file: io.BytesIO, moment: bytes) -> bytes:
    """Return the workbook with ``moment`` in place of the time at which it was written."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    parts[core] = _MODIFIED.sub(rb"\g<1>" + moment, parts[core])
    return zipped(parts)


def _notices(document: DigestDocument) -> tuple[str, ...]:
    return tuple(_cut(document))


def _cut(document: DigestDocument) -> Iterator[str]:
    """Name the speeches whose text no cell holds."""
    for speech in document.speeches:
        if len(text_of(speech.blocks)) > LONGEST_CELL:
            yield gettext(
                "“%(title)s” is longer than a cell of Excel can hold: its end is left out."
            ) % {"title": speech.title}


EXPORTER = Exporter(
    label=_("Excel workbook (speeches and figures, data)"),
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension="xlsx",
    render=render,
    notices=_notices,
)
