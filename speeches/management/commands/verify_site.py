"""``verify_site``: are the files of the static site those that were built?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.management.commands.build_site import DEFAULT_OUTPUT
from speeches.publishing.verification import differences


class Command(SpeechesCommand):
    """Compare the files with the manifest; name each difference and end with 1 for any."""

    help = _("Check the static site against its manifest.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the site is."""
        parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT)

    def handle(self, *, output: Path, **_options: Any) -> None:
        """Check file by file."""
        self.tell_differences(
            differences(output), _("%(sound)s files are sound, %(differences)s differences.")
        )
