"""The office's term list as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from speeches.enums import FindingSeverity, TermCategory
from speeches.models import Term
from speeches.services.workbooks import Problem, Values, Workbook, said, yes_no
from speeches.spreadsheets import Column


class TermWorkbook(Workbook):
    """Terms, known by what is not to be printed."""

    model = Term
    key_columns = ("wrong",)
    plain_fields = ("wrong", "right", "category", "severity", "note")

    def columns(self) -> tuple[Column, ...]:
        """Return the columns, named as in the admin."""
        return (
            Column("wrong", self.label("wrong"), required=True),
            Column("right", self.label("right")),
            Column(
                "category",
                self.label("category"),
                {value: str(label) for value, label in TermCategory.choices},
                default=TermCategory.WORDING,
            ),
            Column(
                "severity",
                self.label("severity"),
                {value: str(label) for value, label in FindingSeverity.choices},
                default=FindingSeverity.ORDINARY,
            ),
            Column("note", self.label("note")),
            Column("is_active", self.label("is_active"), yes_no(), default="yes"),
        )

    def stored(self) -> Iterable[Term]:
        """Return the whole list."""
        return Term.objects.all()

    def values_of(self, record: Any) -> dict[str, str]:
        """Return what the columns say of a term."""
        return {**super().values_of(record), "is_active": said(record.is_active)}

    def fill(self, record: Any, values: Values) -> list[Problem]:
        """Put the values of a row into a term."""
        record.is_active = values["is_active"] != "no"
        return super().fill(record, values)
