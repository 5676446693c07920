"""Topics: tags that stand on a public edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.urls import reverse
from taggit.models import Tag, TaggedItem

from speeches.models.editions import Edition, SpeechEdition, WorkItemEdition
from speeches.public.selectors import tag_items


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with how many public speeches and pieces of work it has."""

    name: str
    slug: str
    speeches: int = 0
    work: int = 0

    @property
    def total(self) -> int:
        """How many public pieces it has."""
        return self.speeches + self.work

    @property
    def url(self) -> str:
        """The topic's public page; empty for a name without any letter or digit."""
        return reverse("topic", args=[self.slug]) if self.slug else ""


def topics() -> list[Topic]:
    """Return the topics of public editions that have a page, the most used first."""
    return in_order(Topic(*row) for row in rows_of_topics().values_list(*TOPIC_COLUMNS))


TOPIC_COLUMNS = ("tag__name", "tag__slug", "speeches", "work")


def rows_of_topics() -> QuerySet[TaggedItem]:
    """Return a row of ``TOPIC_COLUMNS`` for each topic of public editions that has a page."""
    return (
        TaggedItem.objects.filter(_public(SpeechEdition) | _public(WorkItemEdition))
        .exclude(tag__slug="")
        .order_by()
        .values("tag_id", "tag__name", "tag__slug")
        .annotate(speeches=_count(SpeechEdition), work=_count(WorkItemEdition))
    )


def in_order(found: Iterable[Topic]) -> list[Topic]:
    """Return topics in the order of the site: the most used first, then by name."""
    return sorted(found, key=lambda topic: (-topic.total, topic.name))


def topics_of(edition: SpeechEdition | WorkItemEdition) -> list[Topic]:
    """Return the topics of one edition, by name."""
    tags = sorted(edition.tags.all(), key=lambda tag: tag.name)
    return [Topic(tag.name, tag.slug) for tag in tags]


def tagged(editions: QuerySet[Any], tag: Tag | int) -> QuerySet[Any]:
    """Return those of ``editions`` that carry ``tag``, a row or its number."""
    return editions.filter(pk__in=tag_items(editions.model).filter(tag=tag).values("object_id"))


def was_ever_public(tag: Tag) -> bool:
    """Whether any edition, closed ones included, carries ``tag``."""
    kinds = (SpeechEdition, WorkItemEdition)
    return any(tag_items(model).filter(tag=tag).exists() for model in kinds)


def _public(model: type[Edition]) -> Q:
    current = model.objects.current().order_by().values("pk")
    return _of(model) & Q(object_id__in=current)


def _of(model: type[Edition]) -> Q:
    name = model._meta.model_name
    return Q(content_type__app_label="speeches", content_type__model=name)


def _count(model: type[Edition]) -> Count:
    return Count(Case(When(_of(model), then=F("object_id"))), distinct=True)
