"""``seed_demo``: many invented speeches, published, for trials of size and speed."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.services import seeding


class Command(SpeechesCommand):
    """Publish generated speeches of invented bodies and people; print how many."""

    help = _(
        "Publish generated speeches of invented bodies and people. For trials only: editions are "
        "never deleted. The same seed adds nothing twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how many, and which."""
        parser.add_argument("--speeches", type=int, default=100)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, speeches: int, seed: int, **_options: Any) -> None:
        """Seed and tell the counts."""
        done = seeding.seed(speeches=speeches, seed=seed, tell=self.say)
        self.stdout.write(
            _(
                "Added %(meetings)s meetings, %(speeches)s speeches, %(work_items)s pieces of "
                "highlighted work, %(editions)s editions; %(skipped)s speeches skipped, there "
                "already."
            )
            % asdict(done)
        )
