"""Telling whoever keeps a copy of the public site what has changed on it."""

from django.db import connection

from speeches.enums import ChangedKind
from speeches.models import Draft, SiteChange

CHANNEL = "site_changed"
"""The name under which PostgreSQL wakes those who listen."""


def changed(draft: Draft) -> None:
    """Note that what readers see of ``draft`` changed; part of the caller's transaction."""
    _note(ChangedKind(str(draft._meta.model_name)), draft.pk)


def everything_changed() -> None:
    """Note that any page may have changed; part of the caller's transaction."""
    _note(ChangedKind.EVERYTHING, 0)


def _note(kind: ChangedKind, number: int) -> None:
    SiteChange.objects.create(kind=kind, number=number)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
