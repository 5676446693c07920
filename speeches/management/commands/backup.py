"""``backup``: the database and the files in one encrypted file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import Error as DatabaseFailure
from django.utils.translation import gettext as _

from speeches.exceptions import SpeechesError
from speeches.management.base import SpeechesCommand
from speeches.operations import backups, state


class Command(SpeechesCommand):
    """Make a backup in ``BACKUP_ROOT`` and print its path."""

    help = _("Back up the database, the media and private files and the manifest of the site.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare whether it is tried out, and where the built site is."""
        parser.add_argument(
            "--verify",
            action="store_true",
            help=_("Restore it into a scratch place and compare everything."),
        )
        parser.add_argument("--site", type=Path, default=settings.SITE_OUTPUT)

    def handle(self, *, verify: bool, site: Path, **_options: Any) -> None:
        """Make it; remember how it ended, for the status page."""
        try:
            made = backups.make(site=site, verified=verify)
        except (SpeechesError, OSError, DatabaseFailure) as error:
            state.remember("backup", sound=False, message=str(error))
            raise CommandError(str(error)) from error
        state.remember("backup", sound=True, message=made.name)
        self.stdout.write(str(made))
