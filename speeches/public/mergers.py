"""The address of a merged body or person leads to the one that it became."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from organizations.enums import RecordKind
from organizations.models import MergedRecord


def follows_mergers(kind: RecordKind, view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Return ``view`` of the record ``pk``, which redirects where that was merged."""

    @wraps(view, assigned=())
    def followed(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
        try:
            return view(request, pk=pk, **rest)
        except Http404:
            merged = MergedRecord.objects.filter(kind=kind, number=pk).first()
            match = request.resolver_match
            if merged is None or match is None:
                raise
            captured = {**match.captured_kwargs, "pk": merged.into}
            return redirect(match.view_name, permanent=True, **captured)

    return followed
