"""What is said of the paragraphs of a draft: commenting, answering, resolving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.exceptions import TransitionRefused
from speeches.models import Draft, DraftLink, ReviewComment
from speeches.textblocks import blocks

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def passages_of(draft: Draft) -> dict[str, str]:
    """Return the words of each anchored paragraph of ``draft``, in reading order."""
    found = blocks(getattr(draft, "body", ""))
    return {block.anchor: block.text for block in found if block.anchor}


@transaction.atomic
def comment(*, draft: Draft, text: str, user: User, anchor: str = "") -> ReviewComment:
    """Say ``text`` of the paragraph ``anchor``, or of the whole draft where that is empty.

    Raises TransitionRefused where ``user`` may not open the draft, the text is empty, or there is
    no such paragraph; ValidationError where something is too long.
    """
    _require_sight(draft, user)
    return _store(draft, text, anchor, author=user)


def comment_from_outside(
    *, draft: Draft, link: DraftLink, name: str, text: str, anchor: str
) -> ReviewComment:
    """Store what somebody without an account said through ``link``; raises as ``comment`` does."""
    return _store(draft, text, anchor, link=link, outside_name=name)


def _store(draft: Draft, text: str, anchor: str, **by: Any) -> ReviewComment:
    passages = passages_of(draft)
    if anchor and anchor not in passages:
        raise TransitionRefused(_("This paragraph is no longer there: open the page again."))
    row = ReviewComment(
        draft=draft, anchor=anchor, passage=passages.get(anchor, ""), text=_said(text), **by
    )
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def answer(*, to: ReviewComment, text: str, user: User) -> ReviewComment:
    """Answer a comment; raise TransitionRefused where ``user`` may not open the draft."""
    first = to.answers_to or to
    _require_sight(first.draft, user)
    row = ReviewComment(draft=first.draft, text=_said(text), author=user, answers_to=first)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def resolve(*, comment: ReviewComment, user: User, is_resolved: bool = True) -> ReviewComment:
    """Mark a comment as resolved, or open it again; everybody who may open the draft may."""
    _require_sight(comment.draft, user)
    comment.resolved_at = timezone.now() if is_resolved else None
    comment.resolved_by = user if is_resolved else None
    comment.save(update_fields=["resolved_at", "resolved_by"])
    return comment


def _require_sight(draft: Draft | None, user: User) -> None:
    if draft is None or not draft.is_visible_to(user):
        raise TransitionRefused(_("You may not comment on this draft."))


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise TransitionRefused(_("A comment needs words."))
    return said
