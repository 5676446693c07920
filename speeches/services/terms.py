"""The office's term list, in and out as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from speeches import spreadsheets
from speeches.enums import FindingSeverity, TermCategory
from speeches.models import Term
from speeches.spreadsheets import Column, Row

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_COLUMN_FIELDS = ("wrong", "right", "category", "severity", "note")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a row of a workbook does to the list: ``term`` is new, changed, the same, or wrong."""

    number: int
    term: Term
    problems: tuple[tuple[str, str], ...] = ()
    changed: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class TermImport:
    """What a workbook does to the list, row by row."""

    outcomes: tuple[Outcome, ...]

    @property
    def faulty(self) -> tuple[Outcome, ...]:
        """The rows that cannot be taken."""
        return tuple(outcome for outcome in self.outcomes if outcome.problems)

    @property
    def created(self) -> tuple[Outcome, ...]:
        """The rows that add a term."""
        return tuple(row for row in self.outcomes if row.is_new and not row.problems)

    @property
    def updated(self) -> tuple[Outcome, ...]:
        """The rows that change a term."""
        return tuple(row for row in self.outcomes if row.changed and not row.problems)

    @property
    def unchanged(self) -> int:
        """How many rows say what the list says already."""
        return len(self.outcomes) - len(self.faulty) - len(self.created) - len(self.updated)


def _label(name: str) -> str:
    return str(cast("models.Field[Any, Any]", Term._meta.get_field(name)).verbose_name)


def columns() -> tuple[Column, ...]:
    """Return the columns of the workbook, named as in the admin."""
    headings = {name: _label(name) for name in _COLUMN_FIELDS}
    return (
        Column("wrong", headings["wrong"], required=True),
        Column("right", headings["right"]),
        Column(
            "category",
            headings["category"],
            {value: str(label) for value, label in TermCategory.choices},
            default=TermCategory.WORDING,
        ),
        Column(
            "severity",
            headings["severity"],
            {value: str(label) for value, label in FindingSeverity.choices},
            default=FindingSeverity.ORDINARY,
        ),
        Column("note", headings["note"]),
        Column(
            "is_active",
            _label("is_active"),
            {"yes": _("yes"), "no": _("no")},
            default="yes",
        ),
    )


def export_terms(*, terms: Iterable[Term]) -> bytes:
    """Return the terms as a workbook, which ``read_terms`` reads back."""
    rows = (
        {name: getattr(term, name) for name in _COLUMN_FIELDS}
        | {"is_active": "yes" if term.is_active else "no"}
        for term in terms
    )
    return spreadsheets.write(str(Term._meta.verbose_name_plural), columns(), rows)


def read_terms(*, data: bytes) -> TermImport:
    """Return what a workbook would do to the list; nothing is stored.

    Raises SpreadsheetRefused for a file that cannot be read at all.
    """
    rows = spreadsheets.read(data, columns())
    existing = {term.wrong: term for term in Term.objects.all()}
    first_rows: dict[str, int] = {}
    outcomes = []
    for row in rows:
        outcome = _outcome(row, existing)
        earlier = first_rows.setdefault(outcome.term.wrong, row.number)
        if earlier != row.number and outcome.term.wrong:
            repeated = _("Row %(row)d names the same words.") % {"row": earlier}
            outcome = Outcome(row.number, outcome.term, (("", repeated),))
        outcomes.append(outcome)
    return TermImport(tuple(outcomes))


def _outcome(row: Row, existing: dict[str, Term]) -> Outcome:
    stored = existing.get(row.values["wrong"])
    term = Term(pk=stored.pk if stored else None)
    for name in _COLUMN_FIELDS:
        setattr(term, name, row.values[name])
    term.is_active = row.values["is_active"] != "no"
    problems = row.problems or _problems(term)
    if stored is None:
        return Outcome(row.number, term, problems, is_new=True)
    term._state.adding = False
    changed = tuple(
        _label(name)
        for name in (*_COLUMN_FIELDS, "is_active")
        if getattr(term, name) != getattr(stored, name)
    )
    return Outcome(row.number, term, problems, changed)


def _problems(term: Term) -> tuple[tuple[str, str], ...]:
    try:
        term.clean_fields()
        term.clean()
    except ValidationError as error:
        return tuple(
            (_label(name), " ".join(messages)) for name, messages in error.message_dict.items()
        )
    return ()


@transaction.atomic
def import_terms(*, data: bytes, user: User) -> TermImport:
    """Take a workbook into the list: all of it, or nothing where a row is wrong.

    Terms are known by what is not to be printed; those the workbook does not name stay. Raises
    SpreadsheetRefused for a file that cannot be read at all.
    """
    result = read_terms(data=data)
    if not result.faulty:
        for outcome in (*result.created, *result.updated):
            outcome.term._history_user = user
            outcome.term.full_clean()
            outcome.term.save()
    return result
