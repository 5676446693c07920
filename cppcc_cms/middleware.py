"""What every request passes."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse


class RefuseNul:
    """Answers 404 to an address that holds a NUL, which PostgreSQL takes in no text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or pass the request on."""
        if "\0" in unquote(request.get_full_path()):
            raise Http404
        return self.get_response(request)
