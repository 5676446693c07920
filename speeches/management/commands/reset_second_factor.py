"""``manage.py reset_second_factor NAME``: let somebody in who lost telephone and recovery codes."""

from typing import Any

from django.utils.translation import gettext as _

from organizations.colleagues import name_of
from speeches.management.base import SpeechesCommand, user_named
from speeches.services import second_factor


class Command(SpeechesCommand):
    """Void the authenticator of an account; its next login sets up a new one."""

    help = "Take the authenticator and the recovery codes of an account away."

    def add_arguments(self, parser: Any) -> None:
        """Name the account."""
        parser.add_argument("username")

    def handle(self, *, username: str, **_options: Any) -> None:
        """Reset it, and say so."""
        user = user_named(username)
        second_factor.reset(user=user)
        self.say(_("Two-step login of %(name)s was reset.") % {"name": name_of(user)})
