"""``export_bundle``: the built site in one signed file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.publishing import bundles


class Command(SpeechesCommand):
    """Write a bundle for ``deploy/apply_bundle.py`` and print its version."""

    help = _("Write the built site as a signed bundle, for a network that only takes files.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where it goes, and what the other side has."""
        parser.add_argument("--output", type=Path, required=True)
        parser.add_argument("--since", help=_("The version that the other side has."))
        parser.add_argument("--site", type=Path, default=settings.SITE_OUTPUT)

    def handle(self, *, output: Path, since: str | None, site: Path, **_options: Any) -> None:
        """Write it whole or not at all."""
        try:
            self.stdout.write(bundles.export(site=site, output=output, since=since))
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be written: %(problem)s") % {"path": output, "problem": error}
            ) from error
