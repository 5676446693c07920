"""Every request has a number that log lines carry, and is counted and timed."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cppcc_cms import metrics
from cppcc_cms.logs import request_id

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")

requests = logging.getLogger("cppcc_cms.requests")


class Observe:
    """The outermost middleware. It writes no query string: a search may hold a name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the number that the web server gave, if it looks like one, or make one."""
        given = request.headers.get(HEADER, "")
        number = given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(number)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - started
            self._tell(request, response, seconds)
        finally:
            request_id.reset(token)
        response.headers[HEADER] = number
        return response

    def _tell(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        match = request.resolver_match
        view = match.view_name if match else "-"
        metrics.count(
            view=view, method=request.method, status=response.status_code, seconds=seconds
        )
        requests.info(
            "%s %s %s",
            request.method,
            request.path,
            response.status_code,
            extra={"view": view, "milliseconds": round(seconds * 1000, 1)},
        )
