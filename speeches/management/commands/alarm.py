"""``alarm``: tell people that a service of this machine failed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.operations.alarms import raise_alarm


class Command(SpeechesCommand):
    """Called by ``deploy/cppcc-cms-alarm@.service`` with the name of the unit that failed."""

    help = _("Give an alarm by mail and webhook (ALARM_MAIL, ALARM_WEBHOOK).")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what happened, in words."""
        parser.add_argument("what")

    def handle(self, *, what: str, **_options: Any) -> None:
        """Give it; fail where no way is set or none worked."""
        advice = _("Look at it with: journalctl -u %(unit)s") % {"unit": what}
        if not raise_alarm(_("“%(what)s” has failed.") % {"what": what}, [advice]):
            raise CommandError(_("The alarm reached nobody: see ALARM_MAIL and ALARM_WEBHOOK."))
