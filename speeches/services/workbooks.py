"""Records as workbooks: what one would do to them, row by row, and doing it.

A kind of record (``Workbook``) says which columns it has, how a stored record reads, and how a row
is filled in. Records are known by a key of theirs; those that a workbook does not name stay, and so
does what stands in columns that it lacks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from speeches import spreadsheets
from speeches.spreadsheets import Column, Row

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Problem = tuple[str, str]
"""The heading of a column ("" for the whole row), and what is wrong there."""
Values = Mapping[str, str]
YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a row of a workbook does: ``record`` is new, changed, the same, or wrong.

    ``changed`` are the headings of the columns that differ from what is stored.
    """

    number: int
    record: Any
    values: Values
    problems: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookImport:
    """What a workbook does, row by row."""

    outcomes: tuple[Outcome, ...]

    @property
    def faulty(self) -> tuple[Outcome, ...]:
        """The rows that cannot be taken."""
        return tuple(outcome for outcome in self.outcomes if outcome.problems)

    @property
    def created(self) -> tuple[Outcome, ...]:
        """The rows that add a record."""
        return tuple(row for row in self.outcomes if row.is_new and not row.problems)

    @property
    def updated(self) -> tuple[Outcome, ...]:
        """The rows that change a record."""
        return tuple(row for row in self.outcomes if row.changed and not row.problems)

    @property
    def unchanged(self) -> int:
        """How many rows say what is stored already."""
        return len(self.outcomes) - len(self.faulty) - len(self.created) - len(self.updated)


class Workbook(ABC):
    """A kind of record as a workbook, for one reading: what is looked up is loaded once."""

    model: ClassVar[type[models.Model]]
    key_columns: ClassVar[tuple[str, ...]]
    """The columns that name a record."""
    plain_fields: ClassVar[tuple[str, ...]] = ()
    """Columns that hold a field of the record as it is printed."""
    profile_columns: ClassVar[tuple[str, ...]] = ()
    """Columns that readers see without a review: they take a right of their own."""

    @abstractmethod
    def columns(self) -> tuple[Column, ...]:
        """Return the columns, named as in the admin."""

    @abstractmethod
    def stored(self) -> Iterable[models.Model]:
        """Return all records with whatever ``values_of`` asks of them."""

    def values_of(self, record: Any) -> dict[str, str]:
        """Return what the columns say of a stored record."""
        return {name: str(getattr(record, name)) for name in self.plain_fields}

    def read_cell(self, name: str, printed: str) -> str:
        """Return what a cell of the column ``name`` means; raise ValueError, in Chinese."""
        return printed

    def fill(self, record: Any, values: Values) -> list[Problem]:
        """Put the values of a row into ``record``; return what is wrong with them."""
        for name in self.plain_fields:
            setattr(record, name, values[name])
        return []

    def clean(self, record: Any) -> None:
        """Raise ValidationError for what the record itself does not take."""
        record.clean_fields()
        record.clean()

    def check_together(self, outcomes: Sequence[Outcome]) -> dict[int, Problem]:
        """Return what is wrong with rows beside each other, by number of the row."""
        return {}

    def store(self, outcomes: Sequence[Outcome], user: User) -> None:
        """Store the records of the rows that change something; ``user`` took the workbook in."""
        for outcome in outcomes:
            outcome.record.save()

    def label(self, name: str) -> str:
        """Return what the admin calls the field ``name``."""
        field = cast("models.Field[Any, Any]", self.model._meta.get_field(name))
        return str(field.verbose_name)

    def permission(self, action: str) -> str:
        """Return the full name of the permission to ``add``, ``change`` or ``view`` records."""
        return f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}"


def may_import(*, book: Workbook, user: User) -> bool:
    """Whether ``user`` may take in a workbook of this kind."""
    return user.has_perms([book.permission("add"), book.permission("change")])


def yes_no() -> dict[str, str]:
    """Return the words of a column that is yes or no."""
    return dict(zip(YES_NO, (_("yes"), _("no")), strict=True))


def said(value: bool) -> str:
    """Return the value of a yes-or-no column."""
    return YES_NO[not value]


def export(*, book: Workbook) -> bytes:
    """Return all records as a workbook, which ``read`` reads back."""
    rows = map(book.values_of, book.stored())
    return spreadsheets.write(str(book.model._meta.verbose_name_plural), book.columns(), rows)


def read(*, book: Workbook, data: bytes, user: User) -> WorkbookImport:
    """Return what a workbook would do; nothing is stored.

    Raises SpreadsheetRefused for a file that cannot be read at all.
    """
    columns = book.columns()
    rows = spreadsheets.read(data, columns)
    existing = {_key(book, values): (row, values) for row, values in _stored(book)}
    may_tell = user.has_perm("organizations.change_public_profile")
    first_rows: dict[Hashable, int] = {}
    outcomes = []
    for row in rows:
        values, problems = _understood(book, row)
        record, before = existing.get(_key(book, values), (None, None))
        outcome = _outcome(book, columns, Row(row.number, values, problems), record, before)
        if not may_tell:
            outcome = _guarded(book, outcome, before, columns)
        earlier = first_rows.setdefault(_key(book, values), row.number)
        if earlier != row.number:
            repeated = _("Row %(row)d names the same one.") % {"row": earlier}
            outcome = replace(outcome, problems=(*outcome.problems, ("", repeated)))
        outcomes.append(outcome)
    apart = book.check_together(outcomes)
    return WorkbookImport(
        tuple(
            replace(outcome, problems=(*outcome.problems, apart[outcome.number]))
            if outcome.number in apart
            else outcome
            for outcome in outcomes
        )
    )


@transaction.atomic
def take_in(*, book: Workbook, data: bytes, user: User) -> WorkbookImport:
    """Take a workbook in: all of it, or nothing where a row is wrong.

    Raises PermissionDenied for who may not add and change such records, SpreadsheetRefused for a
    file that cannot be read at all.
    """
    if not may_import(book=book, user=user):
        raise PermissionDenied
    result = read(book=book, data=data, user=user)
    if not result.faulty:
        changing = (*result.created, *result.updated)
        for outcome in changing:
            outcome.record._history_user = user
        book.store(changing, user)
    return result


def _stored(book: Workbook) -> Iterable[tuple[Any, dict[str, str]]]:
    return ((record, book.values_of(record)) for record in book.stored())


def _key(book: Workbook, values: Values) -> Hashable:
    return tuple(values.get(name, "") for name in book.key_columns)


def _understood(book: Workbook, row: Row) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The values of a row in the form in which they are stored, and the cells that have none."""
    headings = {column.name: column.heading for column in book.columns()}
    values, problems = dict(row.values), list(row.problems)
    for name, printed in row.values.items():
        try:
            values[name] = book.read_cell(name, printed)
        except ValueError as error:
            problems.append((headings[name], str(error)))
    return values, tuple(problems)


def _outcome(
    book: Workbook, columns: Sequence[Column], row: Row, stored: Any, before: Values | None
) -> Outcome:
    defaults = {column.name: column.default for column in columns}
    values = {**defaults, **(before or {}), **row.values}
    record = stored or book.model()
    problems = list(row.problems)
    if not problems:
        problems += book.fill(record, values)
    if not problems:
        problems += _refused_fields(
            book, record, {column.name: column.heading for column in columns}
        )
    if before is None:
        return Outcome(row.number, record, values, tuple(problems), is_new=True)
    changed = tuple(
        column.heading for column in columns if values[column.name] != before[column.name]
    )
    return Outcome(row.number, record, values, tuple(problems), changed)


def _refused_fields(book: Workbook, record: Any, headings: Mapping[str, str]) -> list[Problem]:
    try:
        book.clean(record)
    except ValidationError as error:
        return [
            (headings.get(name, ""), " ".join(messages))
            for name, messages in error.message_dict.items()
        ]
    return []


def _guarded(
    book: Workbook, outcome: Outcome, before: Values | None, columns: Sequence[Column]
) -> Outcome:
    """Refuse what readers would see at once from who may not tell them."""
    refused = tuple(
        (column.heading, _("You may not change what readers see of bodies and people."))
        for column in columns
        if column.name in book.profile_columns
        and outcome.values[column.name] != (before or {}).get(column.name, column.default)
    )
    return replace(outcome, problems=(*outcome.problems, *refused))
