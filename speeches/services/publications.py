"""Publishing and withdrawing: where reviewed drafts become editions, and editions are closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.enums import Action, ClosedAs, Stage
from speeches.exceptions import TransitionRefused
from speeches.models import Draft, Edition, Meeting, ReviewRecord, Speech, WorkItem
from speeches.search import index
from speeches.services import drafts, exports, links, outbox, proofreading, reviews
from speeches.services.editions import append_edition

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DONE_STAGES = (Stage.PUBLISHED, Stage.WITHDRAWN, Stage.ARCHIVED)


@dataclass(frozen=True, slots=True)
class MeetingPublication:
    """What ``publish_meeting`` did: new editions, and drafts left out because not approved."""

    editions: tuple[Edition, ...]
    left_out: tuple[WorkItem, ...]


@transaction.atomic
def publish(
    *, draft: Draft, user: User, opinion: str = "", expected_version: int | None = None
) -> Edition:
    """Publish an approved draft as its next edition; the edition before is superseded.

    Links for confirmation end.

    Raises TransitionRefused where the draft is not approved, the user may not publish, or the
    meeting or speech it belongs to is not public.
    """
    container = _container_of(draft)
    if container is not None:
        drafts.locked(container)  # before the draft, in the order in which withdrawing locks
    stored = drafts.locked(draft)
    transition = reviews.checked(draft=stored, action=Action.PUBLISH, user=user)
    _check_container(stored)
    edition = append_edition(draft=stored, user=user)
    reviews.move(
        draft=stored,
        transition=transition,
        user=user,
        opinion=opinion,
        expected_version=expected_version,
        edition_hash=edition.content_hash,
    )
    links.end_all(draft=stored)
    draft.refresh_from_db(fields=["stage", "lock_version", "updated_at"])
    return edition


def _container_of(draft: Draft) -> Draft | None:
    if isinstance(draft, Speech):
        return draft.meeting
    return draft.speech if isinstance(draft, WorkItem) else None


def _meeting_id_of(draft: Draft) -> int | None:
    """The meeting that a draft is or belongs to; None for highlighted work of no speech."""
    if isinstance(draft, Meeting):
        return draft.pk
    container = _container_of(draft)
    return None if container is None else _meeting_id_of(container)


def _check_container(draft: Draft) -> None:
    container = _container_of(draft)
    if container is not None and not container.editions.current().exists():
        raise TransitionRefused(
            _("“%(title)s” belongs to “%(container)s”, which is not public yet.")
            % {"title": draft, "container": container}
        )


@transaction.atomic
def publish_meeting(*, meeting: Meeting, user: User) -> MeetingPublication:
    """Publish a meeting with all its speeches, and the approved highlighted work in them.

    All or nothing; what was withdrawn or archived stays out. Raises TransitionRefused, naming each
    piece, where a speech or the meeting itself has not passed the final review, where severe
    findings of proofreading are open, or where nothing is new.
    """
    meeting = drafts.locked(meeting)
    speeches = list(meeting.speech_set.select_for_update().order_by("position", "pk"))
    _refuse_unready([meeting, *speeches])
    work_items = list(WorkItem.objects.filter(speech__meeting=meeting).order_by("pk"))
    ready = [draft for draft in (meeting, *speeches, *work_items) if draft.stage == Stage.APPROVED]
    if not ready:
        raise TransitionRefused(
            _("Nothing in “%(title)s” waits for publication.") % {"title": meeting}
        )
    problems = proofreading.blocking_findings(
        speeches=[draft for draft in ready if isinstance(draft, Speech)]
    )
    if problems:
        raise TransitionRefused(problems)
    return MeetingPublication(
        editions=tuple(publish(draft=draft, user=user) for draft in ready),
        left_out=tuple(
            item for item in work_items if item.stage not in (*DONE_STAGES, Stage.APPROVED)
        ),
    )


def _refuse_unready(needed: Iterable[Draft]) -> None:
    unready = [draft for draft in needed if draft.stage not in (*DONE_STAGES, Stage.APPROVED)]
    if unready:
        listing = "；".join(f"“{draft}”（{draft.get_stage_display()}）" for draft in unready)
        raise TransitionRefused(
            _("Not everything has passed the final review: %(listing)s") % {"listing": listing}
        )


@transaction.atomic
def withdraw(
    *, draft: Draft, user: User, opinion: str, expected_version: int | None = None
) -> ReviewRecord:
    """Take a published piece, and what is published inside it, from the public at once.

    The current editions are closed, their addresses answer 410, and the kept files of the meeting
    go. ``opinion`` is the mandatory reason. Raises TransitionRefused where nothing is public, the
    user may not withdraw, or the reason is missing.
    """
    stored = drafts.locked(draft)
    transition = reviews.checked(draft=stored, action=Action.WITHDRAW, user=user, opinion=opinion)
    for part in _published_parts(stored):
        withdraw(draft=part, user=user, opinion=opinion)
    edition = stored.editions.current().first()
    if edition is None:
        raise TransitionRefused(_("“%(title)s” is not public.") % {"title": stored})
    stored.editions.all().close(at=timezone.now(), closed_as=ClosedAs.WITHDRAWN)
    index.remove(edition)
    outbox.changed(stored)
    meeting_id = _meeting_id_of(stored)
    if meeting_id is not None:
        exports.forget(meeting_id=meeting_id, speech_id=getattr(edition, "speech_id", None))
    record = reviews.move(
        draft=stored,
        transition=transition,
        user=user,
        opinion=opinion,
        expected_version=expected_version,
        edition_hash=edition.content_hash,
    )
    draft.refresh_from_db(fields=["stage", "lock_version", "updated_at"])
    return record


def _published_parts(draft: Draft) -> QuerySet[Any]:
    """Return the drafts of what readers find inside ``draft``, wherever they were moved since."""
    if isinstance(draft, Meeting):
        inside = Q(editions__meeting=draft)
        return Speech.objects.filter(inside, editions__closed_at__isnull=True)
    if isinstance(draft, Speech):
        inside = Q(editions__speech=draft)
        return WorkItem.objects.filter(inside, editions__closed_at__isnull=True)
    return WorkItem.objects.none()
