"""Carry out what is set for a time that has come."""

from typing import Any

from django.utils.translation import gettext as _

from speeches.enums import ScheduleState
from speeches.management.base import SpeechesCommand
from speeches.services import schedules


class Command(SpeechesCommand):
    """For a timer: ``deploy/cppcc-cms-schedules.timer`` calls it by the minute."""

    help = _("Publish and withdraw what is set for a time that has come.")

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tell what was done, and what was refused and why."""
        for row in schedules.carry_out_due():
            problem = f"：{row.problem}" if row.state == ScheduleState.REFUSED else ""
            self.stdout.write(f"{row} {row.get_state_display()}{problem}")
