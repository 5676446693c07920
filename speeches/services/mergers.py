"""Merging two bodies or two people: every link and every name goes to the one that stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from organizations.enums import RecordKind
from organizations.models import Appointment, MergedRecord, Organization, Speaker
from speeches.exceptions import MergerRefused
from speeches.models import MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.models.append_only import AppendOnly
from speeches.search import index
from speeches.services import trail

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Record = Organization | Speaker
KINDS: dict[RecordKind, type[Record]] = {
    RecordKind.ORGANIZATION: Organization,
    RecordKind.SPEAKER: Speaker,
}
_NAMES = {Organization: "aliases", Speaker: "variants"}
_FILLED = {
    Organization: ("short_name", "level", "region", "introduction", "image"),
    Speaker: ("photo", "biography"),
}
"""What the one that stays takes over where it has nothing of its own."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of a kind lead to the record."""

    label: str
    count: int


def may_merge(*, kind: RecordKind, user: User) -> bool:
    """Whether ``user`` may merge records: it deletes one, and changes what readers see."""
    name = f"organizations.{{}}_{kind.value}"
    rights = [name.format("change"), name.format("delete"), "organizations.change_public_profile"]
    return user.has_perms(rights)


def what_moves(*, record: Record) -> list[Moved]:
    """Return what leads to ``record`` and would lead to the other: one query a kind."""
    found = [
        Moved(
            str(field.model._meta.verbose_name_plural),
            field.model._base_manager.filter(**{field.name: record}).count(),
        )
        for field in _links(type(record))
    ]
    return [moved for moved in found if moved.count]


@transaction.atomic
def merge(*, record: Record, into: Record, user: User) -> None:
    """Lead every link and name of ``record`` to ``into``, then delete it; its address redirects.

    Published words stay as they are, and so do the hashes of editions. Raises PermissionDenied,
    and MergerRefused for a record and itself.
    """
    kind = RecordKind(str(record._meta.model_name))
    if not may_merge(kind=kind, user=user):
        raise PermissionDenied
    model = type(record)
    if record.pk == into.pk or not isinstance(into, model):
        raise MergerRefused(_("Choose another record to merge into."))
    locked = model._default_manager.select_for_update().in_bulk([record.pk, into.pk])
    if len(locked) < 2:
        raise MergerRefused(_("One of the two is no longer there: open the page again."))
    record, into = locked[record.pk], locked[into.pk]
    changed = _current_editions(record)
    _keep_names(record, into)
    _seat(record, into)
    for field in _links(model):
        _lead(field, record.pk, into.pk)
    _fill(record, into)
    _note(kind, record, into, user)
    for row in (record, into):
        row._history_user = user
    record.delete()
    into.save()
    for editions, numbers in changed:
        index.add(editions.objects.filter(pk__in=numbers))


def _links(model: type[models.Model]) -> Iterator[Any]:
    """The foreign keys of all kinds that lead to ``model``; what history says stays as it was."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.one_to_many and relation.auto_created:
            field = relation.field  # type: ignore[union-attr]
            if not hasattr(field.model, "history_id"):
                yield field


def _current_editions(record: Record) -> list[tuple[Any, list[int]]]:
    """The public editions that lead to ``record``: what the search knows of them changes."""
    columns: tuple[tuple[Any, str], ...] = ((SpeechEdition, "credits__speaker"),)
    if isinstance(record, Organization):
        columns = (
            (MeetingEdition, "host"),
            (SpeechEdition, "organization"),
            (WorkItemEdition, "organization"),
        )
    return [
        (kind, list(kind.objects.current().filter(**{column: record}).values_list("pk", flat=True)))
        for kind, column in columns
    ]


def _lead(field: Any, old: int, new: int) -> None:
    """Lead the links of one kind to the record that stays; what it has already goes."""
    manager = field.model._base_manager
    if issubclass(field.model, AppendOnly):
        field.model._default_manager.all().follow_merger(column=field.attname, old=old, new=new)
        return
    for row in manager.filter(**{field.attname: old}):
        twin = _twin(field, row, new)
        if twin is None:
            manager.filter(pk=row.pk).update(**{field.attname: new})
        else:
            if isinstance(row, Appointment):
                _lead_appointments(row.pk, twin.pk)
            manager.filter(pk=row.pk).delete()


def _twin(field: Any, row: Any, new: int) -> Any:
    """The row that the one that stays has already, where two would be one too many."""
    for constraint in field.model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            same = {name: getattr(row, name) for name in constraint.fields} | {field.attname: new}
            same.pop(field.name)
            return field.model._base_manager.filter(**same).exclude(pk=row.pk).first()
    return None


def _lead_appointments(old: int, new: int) -> None:
    for field in _links(Appointment):
        _lead(field, old, new)


def _keep_names(record: Record, into: Record) -> None:
    names = getattr(into, _NAMES[type(into)])
    called = {record.name, getattr(record, "short_name", "")}
    known = {into.name, getattr(into, "short_name", ""), *names.values_list("name", flat=True)}
    for name in sorted(called - known - {""}):
        names.create(name=name)


def _fill(record: Record, into: Record) -> None:
    for name in _FILLED[type(into)]:
        if not getattr(into, name) and getattr(record, name):
            setattr(into, name, getattr(record, name))


def _seat(record: Record, into: Record) -> None:
    """Give the body that stays the parent of the other where it stands below it, or has none."""
    if not (isinstance(record, Organization) and isinstance(into, Organization)):
        return
    is_below = record in into.ancestors()
    is_above = into in record.ancestors()
    if is_below or (into.parent is None and not is_above):
        into.parent = record.parent
        Organization.objects.filter(pk=into.pk).update(parent=record.parent)


def _note(kind: RecordKind, record: Record, into: Record, user: User) -> None:
    MergedRecord.objects.filter(kind=kind, into=record.pk).update(into=into.pk)
    MergedRecord.objects.create(kind=kind, number=record.pk, into=into.pk)
    what = _("Merged “%(name)s” (%(number)d) into this.") % {
        "name": record,
        "number": record.pk,
    }
    trail.note(record=into, by=user, what=what)
