"""The first page: what waits for the person who sits down."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.colleagues import name_of
from speeches import workflow
from speeches.admin.display import change_url, public_url
from speeches.admin.waiting import waiting_for
from speeches.enums import BatchState, Stage
from speeches.models import (
    ImportBatch,
    Meeting,
    MeetingEdition,
    Speech,
    SpeechEdition,
    WorkItem,
    WorkItemEdition,
)

KINDS = (Meeting, Speech, WorkItem)
RECENT = 8
"""How many publications the desk shows."""


@dataclass(frozen=True, slots=True)
class StageCount:
    """A number on the desk and the list it stands for."""

    label: str
    stage: Stage
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A recent publication."""

    title: str
    kind: str
    at: object
    who: str
    url: str
    edition_url: str


def desk_for(user) -> dict:
    """Return what the desk shows, with a number of queries that does not grow with the data."""
    return {
        "waiting": [
            count
            for kind in KINDS
            for count in _by_stage(waiting_for(kind.objects.visible_to(user), user), "waiting")
        ],
        "mine": [
            count
            for kind in KINDS
            for count in _by_stage(
                kind.objects.filter(author=user, stage__in=workflow.IN_WORK_STAGES), "mine"
            )
        ]
        if user.has_perm("speeches.submit_draft")
        else None,
        "open_imports": _open_imports(user),
        "recent": _recent_publications(),
    }


def _by_stage(drafts: QuerySet, turn: str) -> list[StageCount]:
    opts = drafts.model._meta
    address = reverse(f"admin:speeches_{opts.model_name}_changelist")
    numbers = dict(drafts.order_by().values_list("stage").annotate(Count("pk")))
    return [
        StageCount(
            label=str(opts.verbose_name),
            stage=stage,
            number=numbers[stage],
            url=f"{address}?{urlencode({'stage__exact': stage.value, 'turn': turn})}",
        )
        for stage in Stage
        if stage in numbers
    ]


def _open_imports(user) -> int | None:
    if not user.has_perm("speeches.change_importbatch"):
        return None
    return ImportBatch.objects.visible_to(user).filter(state=BatchState.OPEN).count()


def _recent_publications() -> list[Publication]:
    editions = [
        edition
        for kind in (MeetingEdition, SpeechEdition, WorkItemEdition)
        for edition in kind.objects.current()
        .select_related("published_by")
        .only("title", "published_at", "published_by", kind.DRAFT_FIELD, *_address_fields(kind))
        .order_by("-published_at", "-pk")[:RECENT]
    ]
    editions.sort(key=lambda edition: edition.published_at, reverse=True)
    return [
        Publication(
            title=edition.title,
            kind=str(edition.draft_model()._meta.verbose_name),
            at=edition.published_at,
            who=name_of(edition.published_by),
            url=public_url(edition),
            edition_url=change_url(edition),
        )
        for edition in editions[:RECENT]
    ]


def _address_fields(kind: type) -> tuple[str, ...]:
    return ("slug", "closed_at") if kind is MeetingEdition else ("closed_at",)


def greeting(hour: int) -> str:
    """Return how one greets at ``hour`` of the day (0 to 23)."""
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
