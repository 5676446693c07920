"""``verify_site``: are the files of the static site those that were built?"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.operations import state
from speeches.operations.alarms import raise_alarm
from speeches.publishing.freshness import stale_news
from speeches.publishing.restoring import restore as restore_site
from speeches.publishing.verification import differences


class Command(SpeechesCommand):
    """Compare the files with the manifest; name each difference and end with 1 for any."""

    help = _("Check the static site against its manifest.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the site is, and what is done about a difference."""
        parser.add_argument("--output", type=Path, default=settings.SITE_OUTPUT)
        parser.add_argument(
            "--fresh", action="store_true", help=_("Also check that the newest editions are there.")
        )
        parser.add_argument(
            "--alarm", action="store_true", help=_("Tell differences by mail and webhook.")
        )
        parser.add_argument(
            "--restore", action="store_true", help=_("Build anew what differs, from the editions.")
        )

    def handle(
        self, *, output: Path, fresh: bool, alarm: bool, restore: bool, **_options: Any
    ) -> None:
        """Check file by file; a site that was restored had differences all the same."""
        found = list(differences(output))
        wrong = [told for told in found if told is not None]
        if fresh:
            wrong += [_("not on disk: %(page)s") % {"page": url} for url in stale_news(output)]
        for told in wrong:
            self.stdout.write(told)
        sound = len(found) - len([told for told in found if told is not None])
        summary = _("%(sound)s files are sound, %(differences)s differences.") % {
            "sound": sound,
            "differences": len(wrong),
        }
        self.stdout.write(summary)
        state.remember("verify_site", sound=not wrong, message=summary)
        if not wrong:
            return
        if alarm:
            raise_alarm(_("The public files were changed."), wrong)
        if restore:
            restore_site(output.absolute(), self.say)
            self.stdout.write(_("The site was restored from the editions."))
        sys.exit(1)
