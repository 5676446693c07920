"""What the office does about the errors that readers report."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from speeches.enums import ReportState
from speeches.models.reports import ErrorReport


@transaction.atomic
def handle_report(*, report: ErrorReport, state: ReportState, note: str, user: User) -> ErrorReport:
    """Record what ``user`` decided about ``report`` and return it."""
    report.state = state
    report.note = note
    report.handled_by = user
    report.handled_at = timezone.now()
    report.full_clean()
    report.save()
    return report
