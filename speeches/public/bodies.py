"""The tree of bodies that have a public page.

A body has a page when it is public and it, or a body below it, has a public speech or public work.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from organizations.models import Organization
from speeches.models.editions import SpeechEdition, WorkItemEdition
from speeches.public.packing import of_owner
from speeches.public.selectors import count_of
from speeches.querysets import EditionQuerySet

BODY_COLUMNS = ("pk", "name", "parent_id", "is_public", "speeches", "work")
"""The columns of a row of the tree, as ``Body`` takes them."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body in the tree, with how many public speeches and pieces of work are its own."""

    number: int
    name: str
    parent: int | None
    is_public: bool
    speeches: int = 0
    work: int = 0

    @property
    def url(self) -> str:
        """The body's page, where it has one."""
        return reverse("organization", args=[self.number])

    @property
    def is_active(self) -> bool:
        """Whether anything public is its own."""
        return bool(self.speeches or self.work)


class BodyTree:
    """All bodies, in order, and which of them have a page. Reading it takes one query."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self._bodies = {body.number: body for body in bodies}
        self._alive = {
            ancestor.number
            for body in self._bodies.values()
            if body.is_active
            for ancestor in (body, *self._above(body))
        }

    @classmethod
    def current(cls) -> "BodyTree":
        """Read the tree as readers may see it now."""
        return cls._of(rows_of_bodies())

    @classmethod
    def ever(cls) -> "BodyTree":
        """Read the tree as readers may have seen it at any time."""
        return cls._of(counted_bodies(SpeechEdition.objects.all(), WorkItemEdition.objects.all()))

    @classmethod
    def _of(cls, rows: QuerySet[Organization]) -> "BodyTree":
        return cls(Body(*row) for row in rows.values_list(*BODY_COLUMNS))

    def __getitem__(self, number: int) -> Body:
        return self._bodies[number]

    def has_page(self, number: int) -> bool:
        """Whether the body of this number has a page."""
        return number in self._alive and self._bodies[number].is_public

    def pages(self) -> list[Body]:
        """The bodies that have a page, in the order of the office."""
        return [body for body in self._bodies.values() if self.has_page(body.number)]

    def ancestors(self, number: int) -> list[Body]:
        """The bodies above that have a page, the highest first."""
        above = [body for body in self._above(self._bodies[number]) if self.has_page(body.number)]
        return above[::-1]

    def children(self, number: int) -> list[Body]:
        """The bodies right below that have a page, in the order of the office."""
        return [body for body in self.pages() if body.parent == number]

    def busiest(self, limit: int) -> list[Body]:
        """The bodies with a page that speak most."""
        active = [body for body in self.pages() if body.is_active]
        return sorted(active, key=lambda body: -(body.speeches + body.work))[:limit]

    def _above(self, body: Body) -> Iterator[Body]:
        seen = {body.number}
        parent = self._bodies.get(body.parent) if body.parent else None
        while parent is not None and parent.number not in seen:
            seen.add(parent.number)
            yield parent
            parent = self._bodies.get(parent.parent) if parent.parent else None


def rows_of_bodies() -> QuerySet[Organization]:
    """Return all bodies in order, with ``BODY_COLUMNS`` as readers may see them now."""
    return counted_bodies(SpeechEdition.objects.current(), WorkItemEdition.objects.current())


def counted_bodies(speeches: EditionQuerySet, work: EditionQuerySet) -> QuerySet[Organization]:
    """Return all bodies in order, with how many of ``speeches`` and of ``work`` are their own."""
    own = of_owner("organization")
    return Organization.objects.order_by("position", "name").annotate(
        speeches=count_of(speeches.filter(**own), "organization"),
        work=count_of(work.filter(**own), "organization"),
    )
