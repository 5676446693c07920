"""What every address of the interface does alike: who may read, how, and what was kept already."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from speeches.public.api.problems import problem
from speeches.public.api.state import last_change

METHODS = "GET, HEAD, OPTIONS"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
View = Callable[..., HttpResponse]


def open_to_readers(view: View, *, is_dated: bool = True) -> View:
    """Return ``view`` open to programs and pages of any origin, for reading alone.

    What ``is_dated`` changes with the public pieces, bodies and people.

    Answers carry an entity tag, so that nothing is sent twice, and are asked for anew each time, so
    that nothing withdrawn is shown from a store.
    """

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(request, lambda: view(request, *args, **kwargs), is_dated=is_dated)
        for name, value in OPEN.items():
            response.headers[name] = value
        return response

    return opened


def _answer(
    request: HttpRequest, read: Callable[[], HttpResponse], *, is_dated: bool
) -> HttpResponse:
    if request.method == "OPTIONS":
        headers = {"Allow": METHODS, **PREFLIGHT}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)
    if request.method not in {"GET", "HEAD"}:
        response = problem(HTTPStatus.METHOD_NOT_ALLOWED)
        response.headers["Allow"] = METHODS
        return response
    is_head, request.method = request.method == "HEAD", "GET"
    response = read()
    if response.status_code == HTTPStatus.OK:
        response = _if_changed(request, response, last_change() if is_dated else None)
    if is_head:
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _if_changed(request: HttpRequest, response: HttpResponse, changed: int | None) -> HttpResponse:
    """Return ``response``, or 304 where the client has the same already."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed)
    conditional: HttpResponse = get_conditional_response(request, etag, changed, response)
    return conditional
