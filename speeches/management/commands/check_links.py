"""``check_links``: do the links of the built pages lead somewhere?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.publishing.linkcheck import broken_links


class Command(SpeechesCommand):
    """Follow every internal link and anchor; name each that is broken and end with 1 for any."""

    help = _("Check the internal links and anchors of the static site.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the site is."""
        parser.add_argument("--output", type=Path, default=settings.SITE_OUTPUT)

    def handle(self, *, output: Path, **_options: Any) -> None:
        """Check page by page."""
        self.tell_differences(
            broken_links(output),
            _("%(sound)s pages have sound links, %(differences)s links are broken."),
        )
