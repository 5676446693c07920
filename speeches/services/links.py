"""Links for confirmation: made and taken back by staff, used by people without an account."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches import workflow
from speeches.enums import VisitKind
from speeches.exceptions import TransitionRefused
from speeches.models import Draft, DraftLink, LinkVisit, ReviewComment
from speeches.services import comments, drafts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DEFAULT_DAYS, MOST_DAYS = 7, 30
_SIGNER = Signer(salt="speeches.draft-link", sep=".")


def may_share(*, draft: Draft, user: User) -> bool:
    """Whether ``user`` may make and take back links to ``draft``: not yet public, and theirs to
    change (or a colleague's, with the right to change those) at any stage of the work."""
    own = draft.author_id == user.pk and user.has_perm("speeches.submit_draft")
    return draft.stage in workflow.IN_WORK_STAGES and (
        own or user.has_perm("speeches.change_any_draft")
    )


@transaction.atomic
def create(
    *, draft: Draft, recipient: str, user: User, days: int = DEFAULT_DAYS
) -> tuple[DraftLink, str]:
    """Make a link to ``draft`` for ``recipient``; return it and its secret, which is not kept.

    Raises TransitionRefused where ``user`` may not, or ``days`` is not 1 to ``MOST_DAYS``.
    """
    stored = drafts.locked(draft)
    if not may_share(draft=stored, user=user):
        raise TransitionRefused(_("You may not share “%(title)s”.") % {"title": stored})
    if not 1 <= days <= MOST_DAYS:
        raise TransitionRefused(_("A link is valid for 1 to %(most)d days.") % {"most": MOST_DAYS})
    token = _SIGNER.sign(secrets.token_urlsafe(32))
    link = DraftLink(
        draft=stored,
        token_hash=_hashed(token),
        recipient=recipient.strip(),
        created_by=user,
        expires_at=timezone.now() + dt.timedelta(days=days),
    )
    link.full_clean()
    link.save()
    return link, token


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def revoke(*, link: DraftLink, user: User) -> None:
    """Take a link back; raise TransitionRefused where ``user`` may not."""
    if link.draft is None or not may_share(draft=link.draft, user=user):
        raise TransitionRefused(_("You may not share “%(title)s”.") % {"title": link.draft or ""})
    DraftLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def end_all(*, draft: Draft) -> None:
    """Take back every link to ``draft``, as it was published or thrown away."""
    DraftLink.objects.about(draft).filter(revoked_at=None).update(revoked_at=timezone.now())


def find(token: str) -> DraftLink | None:
    """Return the link with this secret, valid or not; None, without a query, for a made-up one."""
    try:
        _SIGNER.unsign(token)
    except BadSignature:
        return None
    return DraftLink.objects.filter(token_hash=_hashed(token)).first()


def draft_of(link: DraftLink) -> Draft | None:
    """Return the draft that a link leads to now; None where it leads nowhere any more.

    It must be valid, and the draft still in work: not public, withdrawn, archived or in the bin.
    """
    draft: Draft | None = link.draft
    if draft is None or not link.is_valid_at(timezone.now()) or draft.binned_at is not None:
        return None
    return draft if draft.stage in workflow.IN_WORK_STAGES else None


def note_visit(*, link: DraftLink, kind: VisitKind, address: str, agent: str) -> LinkVisit:
    """Log a use of ``link``."""
    return LinkVisit.objects.create(
        link=link, kind=kind, address=address or None, agent=agent[:200]
    )


@transaction.atomic
def comment(*, link: DraftLink, name: str, text: str, anchor: str = "") -> ReviewComment:
    """Say something of the draft from outside; it stands among the comments of the review page.

    Raises TransitionRefused where the link has ended or words are missing, ValidationError where
    something is too long.
    """
    return comments.comment_from_outside(
        draft=_required(link), link=link, name=_named(name), text=text, anchor=anchor
    )


@transaction.atomic
def confirm(*, link: DraftLink, name: str, text_hash: str) -> DraftLink:
    """Note that the draft is right as it was read: with the text of ``text_hash``.

    Raises TransitionRefused where the link has ended, the name is missing, or the text was changed
    while it was being read.
    """
    draft = drafts.locked(_required(link))
    if draft.text_hash() != text_hash:
        raise TransitionRefused(
            _("The text was changed while you were reading: please read it again.")
        )
    link.confirmed_at = timezone.now()
    link.confirmed_name = _named(name)
    link.confirmed_text_hash = text_hash
    link.full_clean()
    link.save(update_fields=["confirmed_at", "confirmed_name", "confirmed_text_hash"])
    return link


def _required(link: DraftLink) -> Draft:
    draft = draft_of(link)
    if draft is None:
        raise TransitionRefused(_("This link is no longer valid."))
    return draft


def _named(name: str) -> str:
    given = name.strip()
    if not given:
        raise TransitionRefused(_("Give your name, please."))
    return given
