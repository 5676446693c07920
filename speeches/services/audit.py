"""Who changed what when, of everything: the stored states of records, and the log of the admin.

Nothing is written here; a page or a file of it is read with one query over all kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast

LOG = "admin.logentry"
"""The kind of what is known from the log alone: accounts, topics, posts, mergers."""
CREATED, CHANGED, DELETED = "+", "~", "-"
_NAMES = ("title", "name", "wrong", "excerpt")
"""The columns that a record is called by; the first that it has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the trail is asked for; None and "" for all."""

    words: str = ""
    user: int | None = None
    kind: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A change: ``row`` is its number in the table of its ``kind``."""

    at: datetime
    user: int | None
    action: str
    record: str
    kind: str
    row: int


def kinds() -> dict[str, Any]:
    """Return the kinds with stored states: their label → the model of the states."""
    return {
        model._meta.label_lower: model.history.model
        for model in apps.get_models()
        if hasattr(model, "history") and model._meta.app_label in {"organizations", "speeches"}
    }


def trail(*, asked: Asked) -> models.QuerySet[Any, tuple[Any, ...]]:
    """Return the changes that were asked for, the newest first, to be sliced; see ``lines``."""
    parts = [
        _states(kind, states, asked) for kind, states in kinds().items() if asked.kind in {"", kind}
    ]
    if asked.kind in {"", LOG}:
        parts.append(_log(asked))
    first, *others = parts
    found: models.QuerySet[Any, tuple[Any, ...]] = first.union(*others, all=True)
    return found.order_by("-entry_at", "-entry_kind", "-entry_row")


def lines(rows: models.QuerySet[Any, tuple[Any, ...]]) -> list[Line]:
    """Read a slice of ``trail``."""
    return [Line(*row) for row in rows]


def with_states_before(kind: str, numbers: list[int]) -> Iterator[tuple[Any, Any]]:
    """Yield stored states of ``kind`` by ``numbers``, each with the one before: two queries."""
    states = kinds()[kind].objects
    earlier = states.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    before = Subquery(earlier.order_by("-history_id").values("history_id")[:1])
    rows = list(states.filter(history_id__in=numbers).annotate(before=before))
    found = states.in_bulk([row.before for row in rows if row.before])
    for row in rows:
        yield row, found.get(row.before)


def _states(kind: str, states: Any, asked: Asked) -> Any:
    name = next(name for name in _NAMES if name in {field.name for field in states._meta.fields})
    found = _within(states.objects, asked, at="history_date", user="history_user", name=name)
    if asked.action:
        found = found.filter(history_type=asked.action)
    return _told(
        found,
        at=F("history_date"),
        user=F("history_user_id"),
        action=F("history_type"),
        record=Cast(name, CharField()),
        kind=Value(kind),
        row=F("history_id"),
    )


def _log(asked: Asked) -> Any:
    """What the log tells that no stored state does: kinds without them, parts of a form, steps."""
    tracked = ContentType.objects.get_for_models(
        *(states.instance_type for states in kinds().values())
    ).values()
    told_twice = Q(content_type__in=tracked, change_message__startswith="[") & ~Q(
        change_message__contains='"name"'
    )
    found = _within(
        LogEntry.objects.exclude(told_twice),
        asked,
        at="action_time",
        user="user",
        name="object_repr",
    )
    action = Case(
        When(action_flag=ADDITION, then=Value(CREATED)),
        When(action_flag=DELETION, then=Value(DELETED)),
        default=Value(CHANGED),
        output_field=CharField(),
    )
    if asked.action:
        found = found.annotate(entry_is=action).filter(entry_is=asked.action)
    return _told(
        found,
        at=F("action_time"),
        user=F("user_id"),
        action=action,
        record=Cast("object_repr", CharField()),
        kind=Value(LOG),
        row=F("id"),
    )


def _told(found: Any, **columns: Any) -> Any:
    named = {f"entry_{name}": expression for name, expression in columns.items()}
    return found.order_by().annotate(**named).values_list(*named)


def _within(found: Any, asked: Asked, *, at: str, user: str, name: str) -> Any:
    """Narrow rows to what was asked for."""
    wanted = {
        f"{name}__icontains": asked.words,
        user: asked.user,
        f"{at}__date__gte": asked.since,
        f"{at}__date__lte": asked.until,
    }
    return found.filter(**{column: value for column, value in wanted.items() if value})
