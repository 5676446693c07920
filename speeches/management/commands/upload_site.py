"""``upload_site``: the built site in S3-compatible storage."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.publishing.upload import upload


class Command(SpeechesCommand):
    """Write what differs into SITE_BUCKET and remove what is gone."""

    help = _("Upload the built site to S3-compatible storage (SITE_BUCKET): only what differs.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the site is."""
        parser.add_argument("--site", type=Path, default=settings.SITE_OUTPUT)

    def handle(self, *, site: Path, verbosity: int, **_options: Any) -> None:
        """Upload, and tell; each object with ``-v 2``."""
        done = upload(site=site, tell=self.say if verbosity > 1 else lambda _key: None)
        self.stdout.write(
            _("%(written)s objects written, %(removed)s removed, %(same)s the same.") % asdict(done)
        )
