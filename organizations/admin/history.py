"""Who changed what when, shown in words: the history page of every tracked kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from organizations.colleagues import name_of
from organizations.differences import Piece, differences, excerpt

BOOKKEEPING = {
    "id",
    "lock_version",
    "review_round",
    "created_at",
    "updated_at",
    "sort_key",
    "kept_parts",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One column that changed."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored state of a row, with what it changed."""

    at: Any
    who: str
    kind: str
    changes: list[Change]
    reason: str = ""
    url: str = ""


def shown(field: models.Field, value: Any) -> str:
    """Return ``value`` of ``field`` in the words that staff know."""
    if value is None or value == "":
        return ""
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)


class HistoryAdmin(admin.ModelAdmin):
    """A ModelAdmin whose history page tells differences, from django-simple-history's rows."""

    object_history_template = "admin/history.html"
    history_page_size = 20

    def shown_in_history(self, field: models.Field, value: Any) -> str:
        """Return the words for one value; kinds with rich text override it."""
        return shown(field, value)

    def changes_beside_columns(self, window: list[Any]) -> list[list[Change]]:
        """Return what changed in other tables up to each state; kinds that keep it override it."""
        return [[] for _state in window]

    def version_address(self, row: Any) -> str:
        """Return where a state has a page of its own, empty where it has none."""
        return ""

    def history_view(self, request, object_id, extra_context=None):
        """Show the stored states of one row, newest first, each compared with the one before."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        rows = obj.history.select_related("history_user").order_by("-history_date", "-history_id")
        page = Paginator(rows, self.history_page_size).get_page(request.GET.get("p"))
        first = page.start_index() - 1 if page.paginator.count else 0
        window = list(rows[first : first + self.history_page_size + 1])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history"),
            "subtitle": str(obj),
            "entries": self._entries(window),
            "page": page,
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)

    def _entries(self, window: list[Any]) -> list[Entry]:
        names = names_of_related(window)
        beside = self.changes_beside_columns(window)
        return [
            Entry(
                at=row.history_date,
                who=name_of(row.history_user),
                kind=row.history_type,
                changes=[*self.changes(older, row, names), *beside[place]] if older else [],
                reason=row.history_change_reason or "",
                url=self.version_address(row) if row.history_type != "-" else "",
            )
            for place, (row, older) in enumerate(zip_longest(window, window[1:]))
        ][: self.history_page_size]

    def changes(self, older: Any, newer: Any, names: dict) -> Iterable[Change]:
        """Yield what differs between two stored states of a row; ``names`` are related rows'."""
        for field in _tracked(newer):
            was, now = getattr(older, field.attname), getattr(newer, field.attname)
            if was != now:
                before, after = (self._words(field, value, names) for value in (was, now))
                yield Change(str(field.verbose_name), excerpt(differences(before, after)))

    def _words(self, field: models.Field, value: Any, names: dict) -> str:
        if field.is_relation:
            return names.get((field.name, value), str(value or ""))
        return self.shown_in_history(field, value)


def _tracked(row: Any) -> list[models.Field]:
    return [
        field
        for field in type(row)._meta.concrete_fields
        if field.name not in BOOKKEEPING and not field.name.startswith("history_")
    ]


def names_of_related(window: list[Any]) -> dict[tuple[str, Any], str]:
    """Return the names of all rows that ``window`` points to: one query a foreign key."""
    names: dict[tuple[str, Any], str] = {}
    fields = _tracked(window[0]) if window else []
    for field in (field for field in fields if field.is_relation):
        keys = {getattr(row, field.attname) for row in window} - {None}
        if keys:
            related = field.related_model._default_manager.in_bulk(keys)
            names |= {(field.name, key): str(related[key]) for key in related}
    return names
