"""``rebuild_search_index``: everything public into the index again, or a check of it."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.search import index


class Command(SpeechesCommand):
    """Rebuild the index, or name what differs."""

    help = _("Rebuild the search index from the published editions.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the check."""
        parser.add_argument("--check", action="store_true")

    def handle(self, **options: Any) -> None:
        """Do the one or the other."""
        if options["check"]:
            summary = _("%(differences)s differences between the index and what is public")
            self.tell_differences(index.check(), summary)
            return
        total = index.rebuild(self._tell)
        self.stdout.write(_("%(total)s pages indexed") % {"total": total})

    def _tell(self, done: int, total: int) -> None:
        """Draw the bar in place on a terminal, and a line a step elsewhere."""
        width = 30 * done // max(total, 1)
        bar = f"[{'#' * width}{'.' * (30 - width)}] {done}/{total}"
        is_last = done == total
        if self.stderr.isatty():
            self.stderr.write(f"\r{bar}", ending="\n" if is_last else "")
        else:
            self.say(bar)
