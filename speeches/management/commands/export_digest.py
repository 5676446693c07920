"""``export_digest``: a published meeting as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from speeches.exporting import registry
from speeches.exporting.editions import digest_of
from speeches.files import write_whole
from speeches.management.base import SpeechesCommand, slug_or_id
from speeches.models.editions import MeetingEdition


class Command(SpeechesCommand):
    """Write the digest of a published meeting in one of the formats."""

    help = _("Export the digest of a published meeting.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare meeting, format and target."""
        parser.add_argument("meeting")
        parser.add_argument("--format", required=True, choices=sorted(registry.EXPORTERS))
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *, meeting: str, output: Path, **options: Any) -> None:
        """Export, then move the finished file into place."""
        edition = MeetingEdition.objects.current().filter(slug_or_id(meeting, "meeting_id")).first()
        if edition is None:
            raise CommandError(
                _("There is no published meeting “%(meeting)s”.") % {"meeting": meeting}
            )
        export = registry.export(digest_of(edition), options["format"])
        for notice in export.notices:
            self.say(notice)
        try:
            write_whole(output, export.content)
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be written: %(problem)s")
                % {"path": output, "problem": error.strerror}
            ) from error
        self.stdout.write(str(output))
