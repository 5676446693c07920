"""The speeches, and the figures, as CSV that Excel opens with its Chinese whole."""

import csv
import io

from django.utils.translation import gettext_lazy as _

from speeches.exporting.document import DigestDocument
from speeches.exporting.exporter import Exporter
from speeches.exporting.sheets import Sheet, figure_sheet, speech_sheet

_MEDIA_TYPE = "text/csv; charset=utf-8"


def render(document: DigestDocument) -> bytes:
    """Return a row a speech."""
    return _written(speech_sheet(document))


def render_figures(document: DigestDocument) -> bytes:
    """Return a row a figure."""
    return _written(figure_sheet(document))


def _written(sheet: Sheet) -> bytes:
    """Return ``sheet`` by RFC 4180, behind the byte order mark that tells Excel of UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(sheet.heading)
    writer.writerows(sheet.rows)
    return file.getvalue().encode("utf-8-sig")


EXPORTER = Exporter(
    label=_("Speeches as a table (CSV data)"),
    media_type=_MEDIA_TYPE,
    extension="csv",
    render=render,
)
FIGURES = Exporter(
    label=_("Figures as a table (CSV data)"),
    media_type=_MEDIA_TYPE,
    extension="csv",
    variant=_(" (figures)"),
    render=render_figures,
)
