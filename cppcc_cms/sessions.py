"""How long a login of the admin holds: so long idle, so long in all."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

SIGNED_IN = "signed_in_at"
SEEN = "seen_at"
_NOTED_EVERY = 60
"""Seconds between two notes of activity: not every page writes the session."""


def _now() -> int:
    return int(timezone.now().timestamp())


@receiver(user_logged_in)
def note_login(request: HttpRequest, **_signal: object) -> None:
    """Start both clocks."""
    request.session[SIGNED_IN] = request.session[SEEN] = _now()


def is_activity(request: HttpRequest) -> bool:
    """Whether a person does something: a script that asks again and again keeps nobody signed in.

    Browsers say so themselves (``Sec-Fetch-Dest``); what is sent counts in any case.
    """
    return request.method == "POST" or request.headers.get("Sec-Fetch-Dest") != "empty"


class LimitSessions:
    """Signs out whoever was idle, or signed in, for longer than the settings allow.

    The page that was asked for then leads to the login, which says why, and back again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on: only pages of the admin ask for the session."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Compare both clocks before a page of the admin is made."""
        if "admin" not in request.resolver_match.namespaces or not request.user.is_authenticated:
            return
        now = _now()
        signed_in = request.session.setdefault(SIGNED_IN, now)
        seen = request.session.setdefault(SEEN, now)
        if now - signed_in > settings.SESSION_LONGEST_SECONDS:
            reason = _("You have been signed in for a long time. Please log in again.")
        elif now - seen > settings.SESSION_IDLE_SECONDS:
            reason = _("Nothing was done here for a long time. Please log in again.")
        else:
            if now - seen > _NOTED_EVERY and is_activity(request):
                request.session[SEEN] = now
            return
        logout(request)
        messages.warning(request, reason)
