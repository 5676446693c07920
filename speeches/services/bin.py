"""The recycle bin: drafts that were thrown away, at the stage and place they had.

Why a draft is only hidden, and who may do what, is told in ``docs/adr/0013-nothing-lost.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.enums import ScheduleState
from speeches.exceptions import TransitionRefused
from speeches.models import (
    Assignment,
    Draft,
    DraftLink,
    Meeting,
    OpenForm,
    ReviewComment,
    Schedule,
    Speech,
    WorkItem,
)
from speeches.services import drafts, links

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KINDS = (Meeting, Speech, WorkItem)


def refusal(*, draft: Draft, user: User) -> str:
    """Return why ``user`` may not throw ``draft`` away, empty where they may.

    Who may edit a draft may throw it away; at any other stage it takes the right to archive. What
    is public, also in an earlier edition, must be withdrawn first.
    """
    if not user.has_perm("speeches.archive_draft") and not (
        user.has_perm("speeches.submit_draft") and drafts.may_edit(draft=draft, user=user)
    ):
        return _("You may not delete “%(title)s” at stage “%(stage)s”.") % {
            "title": draft,
            "stage": draft.get_stage_display(),
        }
    if draft.editions.current().exists():
        return _("“%(title)s” is public: withdraw it first.") % {"title": draft}
    return ""


@transaction.atomic
def throw_away(*, draft: Draft, user: User) -> list[Draft]:
    """Put ``draft`` with all that is inside it into the bin; return what went.

    Waiting schedules are cancelled and links for confirmation end. Raises TransitionRefused where
    any part of it may not go; nothing has gone then.
    """
    stored = drafts.locked(draft)
    moment = timezone.now()
    gone = [stored, *_inside(stored)]
    for part in gone:
        problem = refusal(draft=part, user=user)
        if problem:
            raise TransitionRefused(problem)
        part.binned_at, part.binned_by = moment, user
        _keep(part, user)
        links.end_all(draft=part)
        waiting = Schedule.objects.about(part).filter(state=ScheduleState.WAITING)
        waiting.update(state=ScheduleState.CANCELLED, ended_at=moment)
    draft.refresh_from_db()
    return gone


def _inside(draft: Draft) -> Iterator[Draft]:
    """Yield what is inside ``draft`` and not in the bin."""
    if isinstance(draft, Meeting):
        for speech in Speech.objects.select_for_update().filter(meeting=draft):
            yield speech
            yield from _inside(speech)
    elif isinstance(draft, Speech):
        yield from WorkItem.objects.select_for_update().filter(speech=draft)


def _keep(draft: Draft, user: User) -> None:
    draft.lock_version += 1
    draft._history_user = user
    draft.save()


def thrown_away(kind: type[Draft], user: User) -> QuerySet[Any]:
    """Return what of ``kind`` lies in the bin for ``user`` to see, without what went with others.

    All of it for those who may open every draft, else what is their own.
    """
    rows = kind.everything.filter(binned_at__isnull=False).visible_to(user)
    if kind is not Meeting:
        outer = "meeting" if kind is Speech else "speech"
        rows = rows.exclude(**{f"{outer}__binned_at__isnull": False})
    return rows.select_related("author", "binned_by").order_by("-binned_at", "-pk")


def may_restore(*, draft: Draft, user: User) -> bool:
    """Whether ``user`` may take ``draft`` out of the bin: who wrote it or threw it away."""
    own = user.pk in {draft.author_id, draft.binned_by_id}
    return user.has_perm("speeches.archive_draft") or (
        own and user.has_perm("speeches.submit_draft")
    )


def may_delete(*, draft: Draft, user: User) -> bool:
    """Whether ``user`` may delete a draft of this kind for good."""
    return user.has_perm(f"speeches.delete_{draft._meta.model_name}")


@transaction.atomic
def restore(*, draft: Draft, user: User) -> list[Draft]:
    """Take ``draft``, and what went into the bin with it, out again; return what came back.

    Each stands where it stood. Raises TransitionRefused where ``user`` may not, it is not in the
    bin, or the meeting or speech around it is.
    """
    stored = _binned(draft)
    if not may_restore(draft=stored, user=user):
        raise TransitionRefused(_("You may not restore “%(title)s”.") % {"title": stored})
    container = getattr(stored, "meeting" if isinstance(stored, Speech) else "speech", None)
    if container is not None and container.binned_at is not None:
        raise TransitionRefused(
            _("Restore “%(container)s” first: “%(title)s” belongs to it.")
            % {"container": container, "title": stored}
        )
    back = [stored, *_gone_with(stored)]
    for part in back:
        part.binned_at = part.binned_by = None
        _keep(part, user)
    draft.refresh_from_db()
    return back


def _binned(draft: Draft) -> Draft:
    rows = type(draft).everything.select_for_update().filter(binned_at__isnull=False)
    stored: Draft | None = rows.filter(pk=draft.pk).first()
    if stored is None:
        raise TransitionRefused(
            _("“%(title)s” is no longer in the recycle bin.") % {"title": draft}
        )
    return stored


def _gone_with(draft: Draft) -> list[Draft]:
    """Return what went into the bin together with ``draft``, from inside it."""
    if isinstance(draft, Meeting):
        at = {"binned_at": draft.binned_at}
        speeches = Speech.everything.select_for_update().filter(meeting=draft, **at)
        work = WorkItem.everything.select_for_update().filter(speech__meeting=draft, **at)
        return [*speeches, *work]
    if isinstance(draft, Speech):
        rows = WorkItem.everything.select_for_update()
        return list(rows.filter(speech=draft, binned_at=draft.binned_at))
    return []


@transaction.atomic
def delete(*, draft: Draft, user: User) -> None:
    """Delete a draft in the bin, and what went there with it, for good.

    Its review records and its history stay. Raises TransitionRefused where ``user`` may not, it is
    not in the bin, it was ever public (its editions are kept), or something else needs it.
    """
    stored = _binned(draft)
    doomed = [*reversed(_gone_with(stored)), stored]
    for part in doomed:
        if not may_delete(draft=part, user=user):
            raise TransitionRefused(_("Only a manager deletes for good."))
        if part.editions.exists():
            raise TransitionRefused(
                _("“%(title)s” was public: its editions are kept, and it with them.")
                % {"title": part}
            )
    for part in doomed:
        for rows in (ReviewComment, DraftLink, Assignment, Schedule, OpenForm):
            rows.objects.about(part).delete()
        part._history_user = user
        try:
            part.delete()
        except ProtectedError as error:
            raise TransitionRefused(
                _("“%(title)s” is needed elsewhere: %(where)s")
                % {"title": part, "where": "；".join(map(str, list(error.protected_objects)[:3]))}
            ) from error
