"""``make_backup_key``: the key that opens backups, to be kept away from the server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pyrage
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand, write_secret


class Command(SpeechesCommand):
    """Write an age identity and print its recipient, for ``BACKUP_RECIPIENTS``."""

    help = _("Make the key that opens backups; print what goes into BACKUP_RECIPIENTS.")
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the key goes."""
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *, output: Path, **_options: Any) -> None:
        """Write the file for its owner alone; never over one that is there."""
        identity = pyrage.x25519.Identity.generate()
        write_secret(output, f"# {identity.to_public()}\n{identity}\n")
        self.stdout.write(f"BACKUP_RECIPIENTS={identity.to_public()}")
