"""Who has a draft open for editing: told by the browsers themselves, forgotten by the clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from organizations.colleagues import name_of
from speeches.models import Draft, OpenForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BEAT = 30
"""Seconds between two signs of life of an open form."""
EXPIRES = dt.timedelta(seconds=3 * BEAT)
"""How long a form counts as open after its last sign of life."""


@transaction.atomic
def note(*, draft: Draft, user: User) -> list[str]:
    """Note that ``user`` has the form of ``draft`` open; return the names of the others who have.

    Rows of forms that were closed without a word are cleared away on the way.
    """
    now = timezone.now()
    OpenForm.objects.filter(seen_at__lt=now - EXPIRES).delete()
    mine = {"content_type": OpenForm(draft=draft).content_type, "object_id": draft.pk, "user": user}
    OpenForm.objects.update_or_create(**mine, defaults={"seen_at": now})
    return others(draft=draft, user=user)


def leave(*, draft: Draft, user: User) -> None:
    """Note that ``user`` closed the form."""
    OpenForm.objects.about(draft).filter(user=user).delete()


def others(*, draft: Draft, user: User) -> list[str]:
    """Return the names of the colleagues other than ``user`` who have the form open now."""
    rows = OpenForm.objects.about(draft).filter(seen_at__gte=timezone.now() - EXPIRES)
    return [name_of(row.user) for row in rows.exclude(user=user).select_related("user")]
