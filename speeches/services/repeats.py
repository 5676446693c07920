"""Does a file repeat a meeting that is there? Suspected from what it says; staff have the word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from speeches.enums import BatchState, Stage
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, Meeting, Reimport, Speech
from speeches.parsing.figures.numerals import numeral_at

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_BLANKS = re.compile(r"\s+")
_NUMBER = "([0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_SESSION = re.compile(f"第?{_NUMBER}届.{{0,12}}?第?{_NUMBER}次")
_SHARE = 2
"""One of so many speeches must be there already where the title alone does not tell."""


def repeated_meeting(batch: ImportBatch) -> Meeting | None:
    """Return the meeting that ``batch`` repeats: as staff said, else as suspected.

    None as well for a batch whose own drafts make up the meeting.
    """
    decided = Reimport.objects.filter(batch=batch).select_related("meeting").first()
    if decided is not None:
        return decided.meeting
    if batch.state != BatchState.OPEN or batch.meeting_id is not None:
        return None
    return _suspected(batch)


def is_denied(batch: ImportBatch) -> bool:
    """Whether staff said that ``batch`` is of no meeting that is there."""
    return Reimport.objects.filter(batch=batch, meeting=None).exists()


def session_of(title: str) -> tuple[str, int, int] | None:
    """Return the body, term (届) and session (次) that a title names; None for any other title.

    政协白鹭县九届四次会议 and 政协白鹭县第九届委员会第四次会议 are both 政协白鹭县, 9, 4.
    """
    bare = _BLANKS.sub("", title).replace("中国人民政治协商会议", "政协")
    found = _SESSION.search(bare)
    if found is None:
        return None
    term, session = (numeral_at(printed, 0) for printed in found.groups())
    if term is None or session is None:
        return None
    return bare[: found.start()], int(term.value), int(session.value)


def _suspected(batch: ImportBatch) -> Meeting | None:
    """Return the newest meeting of the same title and date, or of the same body's session.

    Failing that, the one in which half of the file's speeches stand under their titles.
    """
    speeches = Speech.objects.filter(meeting=OuterRef("pk"))
    known = Meeting.objects.filter(Exists(speeches)).exclude(stage=Stage.ARCHIVED).order_by("-pk")
    meetings = list(known.only("title", "start_date"))
    for is_meant in (_is_same, _is_same_session):
        meant: Meeting | None = next((one for one in meetings if is_meant(batch, one)), None)
        if meant is not None:
            return meant
    return _of_these_speeches(batch, {meeting.pk: meeting for meeting in meetings})


def _of_these_speeches(batch: ImportBatch, known: dict[int, Meeting]) -> Meeting | None:
    titles = {item.title for item in batch.items.all() if item.title}
    shared = (
        Speech.objects.filter(title__in=titles, meeting__in=known)
        .values("meeting")
        .annotate(shared=Count("title", distinct=True))
        .order_by("-shared", "-meeting")
        .first()
    )
    if shared is None or shared["shared"] * _SHARE < len(titles):
        return None
    return known[shared["meeting"]]


def _is_same(batch: ImportBatch, meeting: Meeting) -> bool:
    return meeting.start_date == batch.meeting_date and (
        _BLANKS.sub("", meeting.title) == _BLANKS.sub("", batch.meeting_title)
    )


def _is_same_session(batch: ImportBatch, meeting: Meeting) -> bool:
    dates = {batch.meeting_date, meeting.start_date} - {None}
    named = session_of(batch.meeting_title)
    return named is not None and named == session_of(meeting.title) and len(dates) < 2


@transaction.atomic
def decide(*, batch: ImportBatch, meeting: Meeting | None, user: User) -> Reimport:
    """Store that ``batch`` repeats ``meeting``, or none; decisions on another meeting are dropped.

    Raises ImportRefused once the batch was decided on or drafts were made of it.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    known = Reimport.objects.filter(batch=batch).first()
    if batch.state != BatchState.OPEN:
        raise ImportRefused(_("“%(file)s” was already decided on.") % {"file": batch.filename})
    if batch.meeting_id is not None and (meeting is None or batch.meeting_id != meeting.pk):
        raise ImportRefused(
            _("Drafts of “%(meeting)s” were already made from “%(file)s”.")
            % {"meeting": batch.meeting, "file": batch.filename}
        )
    decision = known or Reimport(batch=batch)
    if known is not None and known.meeting_id != (meeting and meeting.pk):
        known.rows.all().delete()
    decision.meeting = meeting
    decision.decided_by = user
    decision.full_clean()
    decision.save()
    return decision
