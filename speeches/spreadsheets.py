"""Tables of records as Excel workbooks, in and out: one sheet, a heading row, a row a record.

Nothing here knows what the records are: ``Column`` names a heading and how its cells are read and
written. Reading is bounded (a small zip can unpack to gigabytes) and never evaluates a formula.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from speeches.exceptions import SpreadsheetRefused
from speeches.richtext import XML_FORBIDDEN

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_BYTES = 1536 * 1024
"""Bytes of a file that is read; as base64 it fits a form (DATA_UPLOAD_MAX_MEMORY_SIZE)."""
MAX_UNPACKED = 50 * 1024 * 1024
"""Bytes that its parts may have unpacked."""
MAX_ROWS = 10_000
"""Rows that are read."""
MAX_COLUMNS = 64
"""Columns that are looked at."""
LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell."""
_HEADING_ROW = 1
_UNREADABLE = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    IndexError,
    AttributeError,
    TypeError,
    OSError,
)
"""What openpyxl raises on files that are no workbook, or a damaged one."""
_FORMULA = re.compile(r"[=+\-@\t\r]")
_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its field's ``name``, its ``heading``, and the words of closed lists.

    ``choices`` maps each value to the word that is printed for it; a cell may hold either. An
    empty cell of an optional column reads as ``default``.
    """

    name: str
    heading: str
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read: its number in the sheet (the heading is 1), its values and its problems.

    Values are those of the columns that the sheet has. A problem names the column it concerns; ""
    for the whole row.
    """

    number: int
    values: dict[str, str]
    problems: tuple[tuple[str, str], ...] = ()


def read(data: bytes, columns: Sequence[Column]) -> list[Row]:
    """Return the rows of the first sheet of a workbook; blank ones are left out.

    Columns are found by their headings, in any order; others are not read. Raises
    SpreadsheetRefused for what is no workbook, is too large, or lacks a required column.
    """
    sheet_rows = _sheet_rows(data)
    heading = next(sheet_rows, [])
    places = {
        column.name: heading.index(column.heading)
        for column in columns
        if column.heading in heading
    }
    missing = [
        column.heading for column in columns if column.required and column.name not in places
    ]
    if missing:
        raise SpreadsheetRefused(
            _("The first row lacks these headings: %(headings)s") % {"headings": "、".join(missing)}
        )
    rows = []
    for number, cells in enumerate(sheet_rows, start=_HEADING_ROW + 1):
        if number > MAX_ROWS:
            raise SpreadsheetRefused(
                _("More than %(rows)d rows: split the file.") % {"rows": MAX_ROWS}
            )
        if any(cells):
            rows.append(_row(number, cells, columns, places))
    return rows


def _row(
    number: int, cells: list[str], columns: Sequence[Column], places: Mapping[str, int]
) -> Row:
    values: dict[str, str] = {}
    problems: list[tuple[str, str]] = []
    for column in columns:
        if column.name not in places:
            continue
        place = places[column.name]
        printed = cells[place] if place < len(cells) else ""
        values[column.name] = printed or column.default
        if column.required and not printed:
            problems.append((column.heading, _("This cell is empty.")))
        elif printed and column.choices:
            value = _value_of(printed, column.choices)
            values[column.name] = value or ""
            if value is None:
                allowed = "、".join(column.choices.values())
                problems.append(
                    (
                        column.heading,
                        _("“%(value)s” is none of these: %(allowed)s")
                        % {"value": printed, "allowed": allowed},
                    )
                )
    return Row(number, values, tuple(problems))


def _value_of(printed: str, choices: Mapping[str, str]) -> str | None:
    if printed in choices:
        return printed
    return next((value for value, word in choices.items() if word == printed), None)


def _sheet_rows(data: bytes) -> Iterator[list[str]]:
    """The cells of the first sheet as words; formulas are read as their text."""
    _refuse_bomb(data)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        sheet = workbook.worksheets[0]
        for cells in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True):
            yield [_words(cell) for cell in cells]
    except _UNREADABLE as error:
        raise SpreadsheetRefused(
            _("This is no Excel workbook (.xlsx), or it is damaged.")
        ) from error


def _refuse_bomb(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise SpreadsheetRefused(_("The file is too large: split it."))
    if data.startswith(_OLD_EXCEL) or _is_text(data):
        raise SpreadsheetRefused(
            _("This is a CSV or an old Excel file (.xls). Open it in Excel, save it as .xlsx.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise SpreadsheetRefused(_("The file is too large: split it."))
            for info in infos:
                if info.filename.endswith((".xml", ".rels")) and _DTD.search(archive.read(info)):
                    raise SpreadsheetRefused(_("The file holds definitions that are not allowed."))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise SpreadsheetRefused(
            _("This is no Excel workbook (.xlsx), or it is damaged.")
        ) from error


def _is_text(data: bytes) -> bool:
    """Whether these are words in UTF-8 or GBK, such as CSV."""
    if b"\0" in data or data.startswith(b"PK"):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            return bool(data.decode(encoding).strip())
        except UnicodeDecodeError:
            continue
    return False


def _words(cell: object) -> str:
    if cell is None:
        return ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return XML_FORBIDDEN.sub("", text).strip()


def write(title: str, columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return a workbook of one sheet; what Excel would take for a formula is written as text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    printed = [[_printed(column, row.get(column.name, "")) for column in columns] for row in rows]
    for number, column in enumerate(columns):
        texts = [column.heading, *(row[number] for row in printed)]
        widest = max(len(text.encode("gbk", "replace")) for text in texts)
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(widest + 4, _WIDEST)
    sheet.append(_heading_cell(sheet, column.heading) for column in columns)
    for row in printed:
        sheet.append(_text_cell(sheet, text) for text in row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _printed(column: Column, value: str) -> str:
    return XML_FORBIDDEN.sub("", column.choices.get(value, value))[:LONGEST_CELL]


def _heading_cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="F2ECE4")
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    """A cell that is text whatever it begins with: typed so, and quoted for who edits it."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = bool(_FORMULA.match(text))
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
