"""What was changed since a site was built: the rows of ``SiteChange`` that are not in it yet.

Numbers are given before a transaction ends, so a lower one may appear after a higher one. A
position therefore remembers what it took beyond the first gap, and passes a gap (a transaction that
was rolled back) only when what follows it is an hour old.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from speeches.models.publishing import SiteChange

LONGEST_TRANSACTION = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Position:
    """The changes that are in a site: all up to the number ``floor``, and those in ``beyond``."""

    floor: int = 0
    beyond: tuple[int, ...] = ()

    def with_changes(self, changes: Iterable[SiteChange]) -> Position:
        """Return the position after ``changes`` too."""
        beyond = {*self.beyond, *(change.pk for change in changes)}
        made_at = dict(SiteChange.objects.filter(pk__in=beyond).values_list("pk", "made_at"))
        settled = timezone.now() - LONGEST_TRANSACTION
        floor = self.floor
        for number in sorted(beyond):
            if number == floor + 1 or (number in made_at and made_at[number] < settled):
                floor = number
        return Position(floor, tuple(sorted(number for number in beyond if number > floor)))


def pending(position: Position) -> list[SiteChange]:
    """Return the changes that are not in a site at ``position``, in the order of their numbers."""
    later = SiteChange.objects.filter(pk__gt=position.floor).exclude(pk__in=position.beyond)
    return list(later.order_by("pk"))


def is_lost(position: Position) -> bool:
    """Whether the database is an older one than the site was built from."""
    last = SiteChange.objects.aggregate(last=Max("pk"))["last"] or 0
    return last < max((position.floor, *position.beyond))
