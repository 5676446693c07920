"""Filters of a list: a plain form, answered by GET, that works on every browser."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: its parameter, its name, its choices and what is chosen (empty for all)."""

    name: str
    label: Any
    options: tuple[tuple[str, Any], ...]
    chosen: str


def facet(request: HttpRequest, name: str, label: Any, options: Iterable[tuple[Any, Any]]) -> Facet:
    """Return the filter ``name`` as the address sets it; an unknown choice counts as none."""
    known = tuple((str(value), text) for value, text in options)
    wanted = request.GET.get(name, "")
    return Facet(name, label, known, wanted if wanted in dict(known) else "")
