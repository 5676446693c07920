"""``fetch_fonts``: the free fonts for Word's and PDF's official faces."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from speeches.exporting import font_packages
from speeches.management.base import SpeechesCommand


class Command(SpeechesCommand):
    """Fetch the fonts into the first folder of ``FONT_DIRS``; print each file."""

    help = _("Fetch the free fonts Fandol and LXGW WenKai from Debian's packages.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the fonts go."""
        default = next(iter(settings.FONT_DIRS), None)
        parser.add_argument("--output", type=Path, default=default and Path(default))

    def handle(self, *, output: Path | None, **_options: Any) -> None:
        """Fetch, then tell whether the exports look into that folder."""
        if output is None:
            raise CommandError(_("Set FONT_DIRS to a folder, or name one with --output."))
        try:
            paths = font_packages.fetch(output, self.say)
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be written: %(problem)s")
                % {"path": output, "problem": error.strerror}
            ) from error
        for path in paths:
            self.stdout.write(str(path))
        if str(output) not in map(str, settings.FONT_DIRS):
            self.say(
                _("Exports use these fonts once FONT_DIRS names “%(path)s”.") % {"path": output}
            )
        self.say(_("A running site uses new fonts after a restart."))
