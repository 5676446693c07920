"""``move_database``: from SQLite to PostgreSQL, once an office grows."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.operations import moving


class Command(SpeechesCommand):
    """Copy everything into an empty database, compare, and index it."""

    help = _("Copy the whole database into an empty one, such as PostgreSQL, and compare.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where to."""
        parser.add_argument("--to", required=True, help="postgres://user:password@host:5432/name")

    def handle(self, *, to: str, **_options: Any) -> None:
        """Copy, and tell what is left to do."""
        if not to.startswith(("postgres://", "postgresql://")):
            raise CommandError(_("--to has to begin with postgres://."))
        moved = moving.move(target=to, tell=self.say)
        self.stdout.write(
            _("%(count)s rows moved and compared. Now set DATABASE_URL and restart.")
            % {"count": moved}
        )
