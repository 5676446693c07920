"""Refusals as problem details (RFC 9457), in the language of the site."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.defaults import page_not_found
from ninja.errors import Throttled, ValidationError
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"

_TITLES: Mapping[int, str | Promise] = {
    HTTPStatus.BAD_REQUEST: gettext_lazy("The request cannot be understood"),
    HTTPStatus.NOT_FOUND: gettext_lazy("Not found"),
    HTTPStatus.METHOD_NOT_ALLOWED: gettext_lazy("This address can only be read"),
    HTTPStatus.GONE: gettext_lazy("Withdrawn"),
    HTTPStatus.UNPROCESSABLE_ENTITY: gettext_lazy("A parameter is not valid"),
    HTTPStatus.TOO_MANY_REQUESTS: gettext_lazy("Too many requests"),
}
_REASONS: Mapping[str, str | Promise] = {
    "bool_parsing": gettext_lazy("This must be true or false."),
    "date": gettext_lazy("This must be a day (2025-03-01) or a time (2025-03-01T08:00:00+08:00)."),
    "enum": gettext_lazy("This must be one of: %(expected)s."),
    "greater_than_equal": gettext_lazy("This must be %(ge)s or more."),
    "int_parsing": gettext_lazy("This must be a whole number."),
    "int_parsing_size": gettext_lazy("This number is too large."),
    "less_than_equal": gettext_lazy("This must be %(le)s or less."),
    "literal_error": gettext_lazy("This must be one of: %(expected)s."),
    "missing": gettext_lazy("This parameter is required."),
    "string_too_long": gettext_lazy("This may have %(max_length)s characters at most."),
    "string_too_short": gettext_lazy("This must have %(min_length)s characters at least."),
    "unknown": gettext_lazy("There is no such parameter; there are: %(known)s."),
}
"""What the reader is told, by pydantic's type of error; %(…)s is from the error's context."""


class InvalidParameter(BaseModel):
    """A parameter that was refused, and why."""

    parameter: str
    detail: str


class Problem(BaseModel):
    """Why a request was refused."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[InvalidParameter] = Field(default_factory=list)


class Refused(Exception):
    """A request that is answered with a problem of this status."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


class Withdrawn(Refused):
    """What was asked for was public once."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.GONE, _("This was public once and has been withdrawn."))


def problem(status: int, detail: str = "", errors: Iterable[InvalidParameter] = ()) -> HttpResponse:
    """Return the answer that refuses a request."""
    title = str(_TITLES[status])
    told = Problem(title=title, status=status, detail=detail or title, errors=list(errors))
    return HttpResponse(told.model_dump_json(), content_type=MEDIA_TYPE, status=status)


def refused(_request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Answer for what the interface itself refuses."""
    return problem(refusal.status, refusal.detail)


def missing(_request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer for an unknown piece."""
    return problem(HTTPStatus.NOT_FOUND, str(error))


def suspicious(_request: HttpRequest, _error: Exception) -> HttpResponse:
    """Answer for a request that Django refuses, such as one of thousands of parameters."""
    return problem(HTTPStatus.BAD_REQUEST)


def throttled(_request: HttpRequest, _error: Throttled) -> HttpResponse:
    """Answer for a client that asks too often; Retry-After is added by the caller."""
    detail = _("Ask again after the seconds that Retry-After names.")
    return problem(HTTPStatus.TOO_MANY_REQUESTS, detail)


def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer for parameters that do not fit, naming each once."""
    reasons: dict[str, str] = {}
    for one in error.errors:
        reasons.setdefault(_parameter(one), _reason(one))
    errors = [InvalidParameter(parameter=name, detail=why) for name, why in reasons.items()]
    listing = " ".join(f"{one.parameter}：{one.detail}" for one in errors)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, listing, errors)


def _parameter(error: Mapping[str, Any]) -> str:
    """Return the name of the parameter.

    Where several types are tried, the place is the argument, the name, and the type.
    """
    _source, first, *rest = error["loc"]
    return str(error.get("ctx", {}).get("parameter") or (rest[0] if rest else first))


def _reason(error: Mapping[str, Any]) -> str:
    reason = _REASONS.get(error["type"])
    return str(reason) % error.get("ctx", {}) if reason else _("This value is not valid.")


def unknown(_request: HttpRequest, **_path: str) -> HttpResponse:
    """Answer for an address that the interface does not have."""
    return problem(HTTPStatus.NOT_FOUND, _("There is no such address."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that nobody has: programs get a problem, readers a page."""
    return (
        unknown(request) if request.path.startswith(PREFIX) else page_not_found(request, exception)
    )
