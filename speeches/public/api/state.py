"""When anything public changed last."""

import time
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet, Subquery

from organizations.models import Organization, Speaker
from speeches.enums import ClosedAs
from speeches.models.editions import MeetingEdition, SpeechEdition, WorkItemEdition

EDITIONS = (MeetingEdition, SpeechEdition, WorkItemEdition)


def last_change() -> int | None:
    """Return the second, since 1970, of the newest change of a public piece, body or person.

    None before the first, and within two seconds of it: what changes twice in a second must not be
    taken for the same. Takes one query.
    """
    moments = [
        *(_newest(model.objects.all(), "published_at") for model in EDITIONS),
        *(
            _newest(model.objects.filter(closed_as=ClosedAs.WITHDRAWN), "closed_at")
            for model in EDITIONS
        ),
        *(_newest(model.history.model.objects.all(), "history_date") for model in _NAMED),
    ]
    row = ContentType.objects.order_by().values_list(*moments).first() or ()
    seconds = [int(moment.timestamp()) for moment in row if isinstance(moment, datetime)]
    newest = max(seconds, default=None)
    return newest if newest is not None and newest < time.time() - 2 else None


_NAMED = (Organization, Speaker)


def _newest(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.order_by(f"-{column}").values(column)[:1])
