"""What the desk tells beside its counts: what is late, set for a time, stale or withdrawn."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from organizations.colleagues import name_of
from speeches.admin.display import change_url
from speeches.enums import ClosedAs, ScheduleState
from speeches.models import (
    Assignment,
    Meeting,
    MeetingEdition,
    Schedule,
    Speech,
    SpeechEdition,
    WorkItem,
    WorkItemEdition,
)
from speeches.services import bin as recycling

KINDS = (Meeting, Speech, WorkItem)
EDITIONS = (MeetingEdition, SpeechEdition, WorkItemEdition)
RECENT = 8
STALE_AFTER = dt.timedelta(days=14)
"""How long the home page may stay as it is: an inspection vetoes two weeks."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number on the desk and the list that it stands for."""

    label: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the desk about one piece."""

    title: str
    kind: str
    at: dt.datetime
    who: str
    url: str
    text: str = ""


def assigned_to(drafts: QuerySet, user, *, overdue: bool = False) -> QuerySet:
    """Return the ``drafts`` whose next step was given to ``user``, or only what is late of it."""
    wanted = Assignment.objects.filter(
        content_type=ContentType.objects.get_for_model(drafts.model),
        object_id=OuterRef("pk"),
        stage=OuterRef("stage"),
        assignee=user,
    )
    if overdue:
        wanted = wanted.filter(due_on__lt=timezone.localdate())
    return drafts.filter(Exists(wanted))


def notes_for(user) -> dict:
    """Return what the desk shows, with a number of queries that does not grow with the data."""
    return {
        "assigned": _numbers(user, "assigned"),
        "overdue": _numbers(user, "overdue"),
        "reminders": _reminders(user),
        "scheduled": _scheduled(user),
        "home_since": _stale_home(),
        "empty_topics": _empty_topics(user),
        "withdrawn": _withdrawn(),
        "in_bin": sum(recycling.thrown_away(kind, user).count() for kind in KINDS),
    }


def _numbers(user, due: str) -> list[Number]:
    found = []
    for kind in KINDS:
        opts = kind._meta
        drafts = assigned_to(kind.objects.visible_to(user), user, overdue=due == "overdue")
        number = drafts.count()
        if number:
            address = reverse(f"admin:speeches_{opts.model_name}_changelist")
            found.append(
                Number(str(opts.verbose_name), number, f"{address}?{urlencode({'due': due})}")
            )
    return found


def _reminders(user) -> list[Note]:
    rows = (
        Assignment.objects.filter(assignee=user, reminded_at__isnull=False)
        .select_related("reminded_by")
        .prefetch_related("draft")
        .order_by("-reminded_at")
    )
    return [
        Note(
            title=str(row.draft),
            kind=str(row.draft._meta.verbose_name),
            at=row.reminded_at,
            who=name_of(row.reminded_by),
            url=change_url(row.draft),
        )
        for row in rows
        if row.draft is not None and row.draft.stage == row.stage and row.draft.binned_at is None
    ]


def _scheduled(user) -> list[Note]:
    rows = (
        Schedule.objects.filter(state__in=(ScheduleState.WAITING, ScheduleState.REFUSED))
        .select_related("created_by")
        .prefetch_related("draft")
        .order_by("-state", "due_at")[: 3 * RECENT]
    )
    return [
        Note(
            title=str(row.draft),
            kind=row.get_action_display(),
            at=row.due_at,
            who=name_of(row.created_by),
            url=change_url(row.draft),
            text=row.problem,
        )
        for row in rows
        if row.draft is not None and row.draft.binned_at is None and row.draft.is_visible_to(user)
    ]


def _stale_home() -> dt.datetime | None:
    """When the home page last changed, where that is too long ago."""
    newest = max(
        (
            edition.published_at
            for kind in (MeetingEdition, SpeechEdition)
            for edition in kind.objects.current().only("published_at").order_by("-published_at")[:1]
        ),
        default=None,
    )
    return newest if newest is not None and newest < timezone.now() - STALE_AFTER else None


def _empty_topics(user) -> int:
    if not user.has_perm("speeches.change_speech"):
        return 0
    return unused_topics(Tag.objects.all()).count()


def unused_topics(topics: QuerySet) -> QuerySet:
    """Return the ``topics`` that stand on nothing public: their pages would be empty."""
    for kind in (SpeechEdition, WorkItemEdition):
        topics = topics.exclude(
            pk__in=kind.objects.current().filter(tags__isnull=False).values("tags")
        )
    return topics


def _withdrawn() -> list[Note]:
    editions = [
        edition
        for kind in EDITIONS
        for edition in kind.objects.filter(closed_as=ClosedAs.WITHDRAWN)
        .select_related("published_by")
        .only("title", "closed_at", "published_by", kind.DRAFT_FIELD)
        .order_by(F("closed_at").desc(), "-pk")[:RECENT]
    ]
    editions.sort(key=lambda edition: edition.closed_at, reverse=True)
    return [
        Note(
            title=edition.title,
            kind=str(edition.draft_model()._meta.verbose_name),
            at=edition.closed_at,
            who="",
            url=change_url(edition),
        )
        for edition in editions[:RECENT]
    ]
