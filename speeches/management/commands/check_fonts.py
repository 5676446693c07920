"""``check_fonts``: characters of a published meeting that no font can print."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from speeches.exporting import fonts
from speeches.exporting.characters import printable
from speeches.exporting.editions import digest_of
from speeches.exporting.typesetting import missing_glyphs
from speeches.management.base import SpeechesCommand, published_meeting


class Command(SpeechesCommand):
    """Name every missing glyph by its speech; end with 1 where there is any."""

    help = _("Check that the fonts can print a published meeting.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the meeting."""
        parser.add_argument("meeting")

    def handle(self, *, meeting: str, **_options: Any) -> None:
        """Tell which fonts print, which characters are left out, and which have no glyph."""
        document, notices = printable(digest_of(published_meeting(meeting)))
        for notice in (*fonts.notices(), *notices):
            self.say(notice)
        self.tell_differences(
            missing_glyphs(document), _("%(differences)s parts hold characters without a glyph.")
        )
