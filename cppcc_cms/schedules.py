"""Set times are kept although no worker is up: whoever asks first afterwards sets them off."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from speeches.services import schedules

logger = logging.getLogger(__name__)


class KeepSchedules:
    """Carries out what is due before a page is made, so that readers see what they should.

    Each process asks the database for the next set time every ``SCHEDULE_CHECK_SECONDS`` (0: never)
    and compares the clock with it in between.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.SCHEDULE_CHECK_SECONDS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.ask_at = 0.0
        self.due_at: datetime | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the times, then pass the request on; a failure is logged and keeps nobody out."""
        try:
            self._keep()
        except Exception:
            logger.exception("Set times could not be kept.")
        return self.get_response(request)

    def _keep(self) -> None:
        now = timezone.now()
        if time.monotonic() >= self.ask_at:
            self._ask()
        if self.due_at is not None and self.due_at <= now:
            schedules.carry_out_due(at=now)
            self._ask()
            if self.due_at is not None and self.due_at <= now:  # it failed: not on every request
                self.due_at = now + timedelta(seconds=settings.SCHEDULE_CHECK_SECONDS)

    def _ask(self) -> None:
        self.due_at = schedules.next_due()
        self.ask_at = time.monotonic() + settings.SCHEDULE_CHECK_SECONDS
