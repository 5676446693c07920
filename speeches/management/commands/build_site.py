"""``build_site``: the public pages as files."""

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.management.progress import ProgressBar
from speeches.publishing.builder import build


class Command(SpeechesCommand):
    """Build the static site; print what was done."""

    help = _(
        "Build the static site: every public page with the pictures, scripts and styles it uses, "
        "in a new folder that then takes the place of the old one. Filtered lists, search and "
        "most downloads stay with the application."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the site goes and how much of it is built."""
        parser.add_argument("--output", type=Path, default=settings.SITE_OUTPUT)
        parser.add_argument(
            "--changed",
            action="store_true",
            help=_("Make only what was published, withdrawn or edited since."),
        )
        parser.add_argument(
            "--with-digests",
            action="store_true",
            help=_("Also make the downloads of every meeting: takes seconds each."),
        )
        parser.add_argument("--jobs", type=int, default=0, help=_("How many processes render."))
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(
        self, *, output: Path, changed: bool, with_digests: bool, jobs: int, **options: Any
    ) -> None:
        """Collect the static files where needed, build, and tell."""
        collect_static_files()
        try:
            result = build(
                output=output.absolute(),
                tell=self.say,
                changed_only=changed,
                with_digests=with_digests,
                jobs=jobs or processes(),
                progress=ProgressBar(),
            )
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be written: %(problem)s") % {"path": output, "problem": error}
            ) from error
        told = {**asdict(result), "seconds": round(result.seconds, 3)}
        if options["format"] == "json":
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write(
                _(
                    "Static site: %(pages)s pages and %(assets)s files, %(written)s written, "
                    "%(removed)s removed, %(seconds).1f seconds: %(output)s"
                )
                % {**told, "output": output}
            )


def processes() -> int:
    """Return how many processes may render: ``JOBS``, or the processors there are.

    One alone sees what a transaction that has not ended yet wrote.
    """
    if connection.in_atomic_block:
        return 1
    return int(os.environ.get("JOBS", "0")) or os.cpu_count() or 1


def collect_static_files() -> None:
    """Collect them where their names hold a hash that only collecting tells."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    if isinstance(staticfiles_storage, ManifestFilesMixin) and not any(root.iterdir()):
        call_command("collectstatic", interactive=False, verbosity=0)
