"""Rows that belong to a row, fetched with it: one query for a list and all that hangs on it.

The database gathers them as JSON beside each row, and they become model instances again, so that
the rest of the code reads ``edition.credits.all()`` as if it had been prefetched.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache, wraps
from typing import Any

from django.db.models import (
    Aggregate,
    DateTimeField,
    DecimalField,
    JSONField,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import JSONObject
from django.db.models.query import ModelIterable

_PREFIX = "packed_"


class ExactDecoder(json.JSONDecoder):
    """Reads numbers as decimals: a figure is not rounded on its way."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parse_float=Decimal, **options)


def packed_field() -> JSONField:
    """Return the kind of column that holds what is packed."""
    return JSONField(decoder=ExactDecoder)


class JSONRows(Aggregate):
    """The JSON values of a group as one array, in no order."""

    function = "JSONB_AGG"
    output_field = packed_field()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Use the name that SQLite has for it."""
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)


@dataclass(frozen=True, slots=True)
class Pack:
    """What is packed with each row: rows of ``model``, with ``columns`` from their paths.

    ``related`` reads a joined row: its attribute, its model, and its own columns. ``attach`` gives
    what was unpacked to the row it belongs to.
    """

    rows: Callable[[], QuerySet[Any]]
    group: str
    columns: tuple[str, ...]
    attach: Callable[[Any, list[Any]], None]
    related: dict[str, tuple[type[Model], tuple[str, ...]]] = field(default_factory=dict)
    order: Callable[[Any], Any] = lambda _row: 0

    def expression(self) -> Subquery:
        """Return the subquery that gathers the rows as JSON."""
        paths = [*self.columns]
        paths += [f"{name}__{path}" for name, (_model, own) in self.related.items() for path in own]
        gathered = (
            self.rows()
            .order_by()
            .values(self.group)
            .annotate(packed=JSONRows(JSONObject(**{path: path for path in paths})))
        )
        return Subquery(gathered.values("packed"), output_field=packed_field())

    def unpack(self, model: type[Model], owner: Any, records: list[dict[str, Any]] | None) -> None:
        """Make instances of ``model`` from ``records`` and attach them to ``owner``."""
        found = []
        for record in records or ():
            row = instance(model, {path: record[path] for path in self.columns})
            for name, (other, own) in self.related.items():
                values = {path: record[f"{name}__{path}"] for path in own}
                setattr(row, name, instance(other, values) if any(values.values()) else None)
            found.append(row)
        self.attach(owner, sorted(found, key=self.order))


def packed(editions: QuerySet[Any], packs: dict[str, Pack]) -> QuerySet[Any]:
    """Return ``editions`` that carry what ``packs`` name."""
    carrying = editions.annotate(
        **{f"{_PREFIX}{name}": pack.expression() for name, pack in packs.items()}
    )
    carrying._iterable_class = _iterable(packs)  # noqa: SLF001 - as values() sets its own
    return carrying


def prepared(build: Callable[[], QuerySet[Any]]) -> Callable[[], QuerySet[Any]]:
    """Let ``build`` make its queryset once; every caller gets a copy of it, without any rows.

    What is packed makes a queryset dear to build, and a page needs several.
    """
    kept = cache(build)

    @wraps(build)
    def copy() -> QuerySet[Any]:
        return kept().all()

    return copy


def _iterable(packs: dict[str, Pack]) -> type[ModelIterable]:
    models = {name: pack.rows().model for name, pack in packs.items()}

    class Unpacking(ModelIterable):
        def __iter__(self) -> Iterator[Any]:
            for row in super().__iter__():
                for name, pack in packs.items():
                    pack.unpack(models[name], row, row.__dict__.pop(f"{_PREFIX}{name}"))
                yield row

    return Unpacking


def as_prefetched(name: str) -> Callable[[Any, list[Any]], None]:
    """Return how to attach rows as if the relation ``name`` had been prefetched."""

    def attach(owner: Any, rows: list[Any]) -> None:
        found = getattr(owner, name).get_queryset()
        found._result_cache = rows  # noqa: SLF001 - as prefetch_related() fills it
        found._prefetch_done = True  # noqa: SLF001
        cache = owner.__dict__.setdefault("_prefetched_objects_cache", {})
        cache[name] = found

    return attach


def as_attribute(name: str, *, single: bool = False) -> Callable[[Any, list[Any]], None]:
    """Return how to attach rows as a plain attribute, the only one itself where ``single``."""

    def attach(owner: Any, rows: list[Any]) -> None:
        setattr(owner, name, (rows[0] if rows else None) if single else rows)

    return attach


def of_owner(field_name: str, owner_field: str = "pk") -> dict[str, OuterRef]:
    """Return the condition that a packed row belongs to its owner."""
    return {field_name: OuterRef(owner_field)}


def instance(model: type[Model], record: dict[str, Any]) -> Any:
    """Return a stored row made of some of its columns; the others are read when they are asked."""
    columns = _columns(model, frozenset(record))
    values = [_value(column, record[column.attname]) for column in columns]
    return model.from_db("default", [column.attname for column in columns], values)


@lru_cache(maxsize=64)
def _columns(model: type[Model], names: frozenset[str]) -> list[Any]:
    """Return the columns of these names in the order of the table, as ``from_db`` wants them."""
    return [column for column in model._meta.concrete_fields if column.attname in names]


def _value(column: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column, DecimalField):
        return Decimal(value).quantize(Decimal(1).scaleb(-column.decimal_places))
    if isinstance(column, DateTimeField):
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if isinstance(column, JSONField):
        return json.loads(value) if isinstance(value, str) else value
    return column.to_python(value)
