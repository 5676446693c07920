"""Nobody who may do most enters the admin with a password alone."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from speeches.services import second_factor

OPEN_PAGES = {"login", "logout", "jsi18n", "second_factor_enrol", "second_factor_verify"}
"""Names of the admin's pages that are reached without the second factor."""


class RequireSecondFactor:
    """Leads superusers and final reviewers to the code of their authenticator after the login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on: what is asked for is known only to ``process_view``."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Answer a page of the admin with the way to the code, where one is missing."""
        match = request.resolver_match
        if "admin" not in match.namespaces or match.url_name in OPEN_PAGES:
            return None
        user = request.user
        if not second_factor.is_required(user) or user.is_verified():
            return None
        step = "verify" if second_factor.has_factor(user) else "enrol"
        address = reverse(f"admin:second_factor_{step}")
        if request.method == "GET":
            address += "?" + urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(address)
