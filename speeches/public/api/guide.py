"""The page that tells people how to use the interface, made from the document for programs."""

import json
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from ninja.responses import NinjaJSONEncoder

from speeches.public.api.application import DOCUMENT, api
from speeches.public.columns import NEWS, Column
from speeches.public.pages import PublicPage, absolute, show

GUIDE = Column(
    "api_guide", _("Public interface"), _("Published speeches and work as data, for reading."), NEWS
)
EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "meetings": {"year": "2025", "limit": "5"},
    "speeches": {"organization": "1", "published_since": "2025-01-01", "full": "true"},
    "work-items": {"year": "2025", "ordering": "-updated_at"},
    "figures": {"unit": "件", "claim": "result"},
    "organizations": {"limit": "100"},
    "speakers": {"limit": "100"},
    "topics": {"limit": "100"},
    "search": {"q": "提案 协商", "kind": "speech"},
    "changes": {"since": "2025-01-01", "full": "true"},
    "oembed": {"url": "{site}/speeches/1/", "format": "json"},
}
"""Parameters of the example of each list, by the end of its address."""
_PERIODS = {
    "s": _("%(count)s times a second"),
    "min": _("%(count)s times a minute"),
    "h": _("%(count)s times an hour"),
    "d": _("%(count)s times a day"),
}
_SAMPLE_KEYS = {"number": "1", "slug": "…"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as people are told of it."""

    name: str
    kind: str
    description: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """An address of the interface."""

    anchor: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    curl: str


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show every address with its parameters and an example."""
    document = json.loads(json.dumps(api.get_openapi_schema(), cls=NinjaJSONEncoder))
    return show(
        request,
        "speeches/api.html",
        PublicPage(title=GUIDE.label, path=GUIDE.url, column=GUIDE),
        operations=[
            _operation(path, methods["get"]) for path, methods in document["paths"].items()
        ],
        document=absolute(f"{reverse('api_guide')}{DOCUMENT}"),
        rate=_rate(settings.API_RATE),
        search_rate=_rate(settings.API_SEARCH_RATE),
        mirror=_curl("/api/v1/changes", {"full": "true", "limit": "100"}),
    )


def _operation(path: str, told: Mapping[str, Any]) -> Operation:
    end = path.rpartition("/")[2]
    return Operation(
        anchor=told["operationId"].rpartition("_")[2],
        path=path,
        summary=told["summary"],
        description=told.get("description", ""),
        parameters=tuple(map(_parameter, told["parameters"])),
        curl=_curl(path.format_map(_SAMPLE_KEYS), EXAMPLES.get(end, {})),
    )


def _parameter(told: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=told["name"],
        kind=_kind(told["schema"]),
        description=told.get("description", ""),
        is_required=told["required"],
    )


def _kind(schema: Mapping[str, Any]) -> str:
    """Return the values that a parameter takes, as the document tells them."""
    choices = list(_choices(schema))
    if choices:
        return " | ".join(choices)
    return str(schema.get("type", ""))


def _choices(schema: Mapping[str, Any]) -> Iterable[str]:
    yield from map(str, schema.get("enum", ()))
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
        yield from _choices(part)
        if "format" in part:
            yield str(part["format"])


def _curl(path: str, parameters: Mapping[str, str]) -> str:
    query = {name: value.format(site=settings.SITE_URL) for name, value in parameters.items()}
    address = absolute(path) + (f"?{urlencode(query)}" if query else "")
    return f"curl {shlex.quote(address)}"


def _rate(rate: str) -> str:
    """Return a rate in words; empty for no limit."""
    count, _slash, period = rate.partition("/")
    return str(_PERIODS[period]) % {"count": count} if count else ""
