"""``restore``: database and files as they are in a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.operations import archives, backups


class Command(SpeechesCommand):
    """Restore a backup, or only check it; the application has to be stopped before."""

    help = _("Restore the database and the files from a backup.")
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the backup, its key, and whether what is there may go."""
        parser.add_argument("backup", type=Path)
        parser.add_argument(
            "--identity", type=Path, required=True, help=_("The file with the key.")
        )
        parser.add_argument("--replace", action="store_true", help=_("Replace what is there."))
        parser.add_argument(
            "--check", action="store_true", help=_("Only try it in a scratch place.")
        )

    def handle(
        self, *, backup: Path, identity: Path, replace: bool, check: bool, **_options: Any
    ) -> None:
        """Restore or check, and tell of when the backup is."""
        key = archives.identity_in(identity)
        if check:
            index = backups.verify(backup, key)
            told = _("The backup of %(at)s is sound: %(files)s files, %(rows)s rows.")
        else:
            index = backups.restore(backup=backup, identity=key, replace=replace)
            told = _(
                "Restored what was saved at %(at)s: %(files)s files, %(rows)s rows. Now run "
                "migrate, verify_editions, and build_site."
            )
        rows = sum(index["fingerprint"]["tables"].values())
        self.stdout.write(
            told % {"at": index["made_at"], "files": len(index["files"]), "rows": rows}
        )
