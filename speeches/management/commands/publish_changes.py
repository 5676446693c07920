"""``publish_changes``: keep the built site as new as the database."""

import logging
import select
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import Error as DatabaseFailure
from django.db import connection, reset_queries
from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.management.commands.build_site import collect_static_files, processes
from speeches.publishing.builder import build, follow
from speeches.publishing.folder import SiteFolder
from speeches.publishing.manifest import Manifest
from speeches.publishing.rendering import BuildRefused
from speeches.services import outbox, schedules

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5
GLANCE_SECONDS = 0.05
"""SQLite tells in a microsecond whether anybody wrote anything."""
PAUSE_SECONDS = 5
"""After a failure."""


class Command(SpeechesCommand):
    """Write what changes into the site that readers see, as long as the command runs."""

    help = _(
        "Follow what is published, corrected, withdrawn and edited, and write it into the built "
        "site within a second; build the site first where there is none."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the site is."""
        parser.add_argument("--output", type=Path, default=settings.SITE_OUTPUT)
        parser.add_argument("--once", action="store_true", help=_("Catch up and end."))
        parser.add_argument("--with-digests", action="store_true", default=None)
        parser.add_argument("--jobs", type=int, default=0)

    def handle(
        self, *, output: Path, once: bool, with_digests: bool | None, jobs: int, **_options: Any
    ) -> None:
        """Catch up once, or again and again."""
        place = SiteFolder(output.absolute())

        def publish() -> None:
            self._publish(place, with_digests, jobs or processes())

        if once:
            try:
                publish()
            except OSError as error:
                raise CommandError(
                    _("“%(path)s” cannot be written: %(problem)s")
                    % {"path": output, "problem": error}
                ) from error
            return
        _keep_on(publish)

    def _publish(self, place: SiteFolder, with_digests: bool | None, jobs: int) -> None:
        done = follow(place, with_digests=with_digests, jobs=jobs)
        if done is None:
            collect_static_files()
            before = Manifest.last(place.current())
            kept = before is not None and before.with_digests
            done = build(
                output=place.output,
                tell=self.say,
                with_digests=kept if with_digests is None else with_digests,
                jobs=jobs,
            )
        if done.written or done.removed:
            self.say(
                _("%(written)s files written, %(removed)s removed, %(seconds).2f seconds")
                % {
                    "written": done.written,
                    "removed": done.removed,
                    "seconds": done.seconds,
                }
            )


def _keep_on(publish: Callable[[], None]) -> None:
    """Call ``publish`` whenever something may have changed; no failure ends it."""
    next_schedules = 0.0
    while True:
        try:
            if settings.SCHEDULE_CHECK_SECONDS and time.monotonic() >= next_schedules:
                schedules.carry_out_due()
                next_schedules = time.monotonic() + settings.SCHEDULE_CHECK_SECONDS
            seen = writes_seen()
            publish()
            reset_queries()
            wait(seen)
        except BuildRefused as error:
            logger.warning("%s", error)
            time.sleep(PAUSE_SECONDS)
        except (DatabaseFailure, OSError):
            logger.exception("The site could not be brought up to date; it is tried again.")
            connection.close()
            time.sleep(PAUSE_SECONDS)


def listen() -> None:
    """Let PostgreSQL tell this connection of changes; told once, it lasts as long as that."""
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {outbox.CHANNEL}")


def writes_seen() -> int:
    """Return a number that is another once somebody else has written to SQLite."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


def wait(seen: int = 0) -> None:
    """Wait for half a second, or until the database was changed since ``seen``.

    PostgreSQL tells of a change, or has told already; of SQLite one asks whether it was written to.
    """
    if connection.vendor != "postgresql":
        latest = time.monotonic() + POLL_SECONDS
        while writes_seen() == seen and time.monotonic() < latest:
            time.sleep(GLANCE_SECONDS)
        return
    listen()
    listening = connection.connection
    told_while_writing = bool(listening.notifies)
    if not told_while_writing and select.select([listening], [], [], POLL_SECONDS)[0]:
        with connection.wrap_database_errors:
            listening.poll()
    listening.notifies.clear()
