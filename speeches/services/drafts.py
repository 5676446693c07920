"""Creating and changing drafts, without two people overwriting each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.colleagues import name_of
from speeches.exceptions import EditConflict, TransitionRefused
from speeches.models import Draft

if TYPE_CHECKING:
    from django.contrib.auth.models import User

D = TypeVar("D", bound=Draft)


def may_edit(*, draft: Draft, user: User) -> bool:
    """Whether ``user`` may change the text of ``draft`` now: editable, and own or permitted."""
    own = draft.author_id in {None, user.pk}
    return draft.is_editable() and (own or user.has_perm("speeches.change_any_draft"))


def locked(draft: D, *, expected_version: int | None = None) -> D:
    """Return the stored row of ``draft``, locked until the transaction ends.

    Raises EditConflict, naming the other editor, where somebody saved after ``expected_version``,
    and TransitionRefused where the draft was put into the recycle bin.
    """
    stored: D | None = type(draft)._default_manager.select_for_update().filter(pk=draft.pk).first()
    if stored is None:
        raise TransitionRefused(_("“%(title)s” is in the recycle bin.") % {"title": draft})
    if expected_version is not None and stored.lock_version != expected_version:
        raise EditConflict(
            _(
                "%(name)s saved “%(title)s” at %(time)s, after you opened it. Your text is kept "
                "here: compare it, then save again to overwrite."
            )
            % {
                "name": last_editor(stored),
                "title": stored,
                "time": stored.updated_at.astimezone().strftime("%H:%M"),
            }
        )
    return stored


def last_editor(draft: Draft) -> str:
    """Return the name of the person who last changed ``draft``, as staff know them."""
    entry = draft.history.select_related("history_user").first()
    return name_of(entry.history_user if entry and entry.history_user else draft.author)


@transaction.atomic
def save_draft(*, draft: D, user: User, expected_version: int | None = None) -> D:
    """Store a new or changed draft and return it, its version one higher.

    ``expected_version`` is the version that was opened; without it the caller has just read the
    row. Raises EditConflict on a stale version, TransitionRefused where the draft may not be
    edited by ``user``, ValidationError where the content is wrong.
    """
    if draft._state.adding:
        draft.author = user
    else:
        stored = locked(draft, expected_version=expected_version)
        if not may_edit(draft=stored, user=user):
            raise TransitionRefused(
                _("“%(title)s” is at stage “%(stage)s” and cannot be edited by you.")
                % {"title": stored, "stage": stored.get_stage_display()}
            )
        draft.lock_version = stored.lock_version + 1
    draft._history_user = user
    draft.full_clean()
    draft.save()
    return draft
