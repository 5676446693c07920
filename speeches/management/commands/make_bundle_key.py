"""``make_bundle_key``: the key that signs bundles, and its public half."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand, write_secret
from speeches.publishing.bundles import new_key


class Command(SpeechesCommand):
    """Write an Ed25519 key, and beside it ``….pub`` for the machine that takes bundles over."""

    help = _("Make the key that signs bundles (BUNDLE_KEY), and its public half.")
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the key goes."""
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *, output: Path, **_options: Any) -> None:
        """Write both; never over a key that is there."""
        secret, public = new_key()
        write_secret(output, secret)
        beside = output.with_name(f"{output.name}.pub")
        beside.write_text(f"{public}\n", encoding="ascii")
        self.stdout.write(str(beside))
