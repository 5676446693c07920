"""``export_digest``: a published meeting as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from speeches.exporting import registry
from speeches.exporting.compilation import Scope, compilation_of
from speeches.exporting.document import DigestDocument
from speeches.exporting.editions import digest_of
from speeches.exporting.selection import Selection, select
from speeches.files import write_whole
from speeches.management.base import SpeechesCommand, published_meeting


class Command(SpeechesCommand):
    """Write the digest of a published meeting in one of the formats."""

    help = _("Export the digest of a published meeting.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare meeting or scope, choice, format and target."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("meeting", nargs="?")
        compiled = {
            Scope.ORGANIZATION: _("compile the speeches of one body of all meetings"),
            Scope.SPEAKER: _("compile the speeches of one person of all meetings"),
            Scope.TOPIC: _("compile the speeches of one topic of all meetings"),
        }
        for scope, told in compiled.items():
            source.add_argument(
                f"--{scope}",
                metavar="SLUG" if scope is Scope.TOPIC else "ID",
                type=str if scope is Scope.TOPIC else int,
                help=told,
            )
        parser.add_argument("--speeches", nargs="+", type=int, default=(), metavar="ID")
        parser.add_argument("--without-work-items", action="store_true")
        parser.add_argument("--format", required=True, choices=sorted(registry.EXPORTERS))
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *, output: Path, **options: Any) -> None:
        """Export, then move the finished file into place."""
        selection = Selection(tuple(options["speeches"]), not options["without_work_items"])
        document = select(_document(options), selection)
        export = registry.export(document, options["format"])
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


def _document(options: dict[str, Any]) -> DigestDocument:
    for scope in Scope:
        if options[scope] is not None:
            return compilation_of(scope, options[scope])
    return digest_of(published_meeting(options["meeting"]))
