"""What every request passes."""

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from cppcc_cms.clients import is_within


class RefuseNul:
    """Answers 404 to an address that holds a NUL, which PostgreSQL takes in no text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or pass the request on."""
        if "\0" in unquote(request.get_full_path()):
            raise Http404
        return self.get_response(request)


class KeepAdminInside:
    """Answers 404 under the admin to whoever is not in ADMIN_NETWORKS, as if there were nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.ADMIN_NETWORKS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.admin = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or pass the request on."""
        if request.path.startswith(self.admin) and not is_within(request, settings.ADMIN_NETWORKS):
            raise Http404
        return self.get_response(request)
