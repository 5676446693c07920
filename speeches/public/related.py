"""What else there is to read: pieces that share topics, a body or an indicator with a speech.

The order is by what is shared and does not change from one reading to the next: each topic and a
shared indicator count two, the body counts one; among equals the newest comes first.
"""

from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from speeches.models.editions import FigureEdition, SpeechEdition, WorkItemEdition
from speeches.public import selectors
from speeches.publishing.nearness import (
    SPEECHES_SHOWN,
    WEIGHT_OF_BODY,
    WEIGHT_OF_INDICATOR,
    WEIGHT_OF_TOPIC,
    WORK_SHOWN,
)


def related_speeches(edition: SpeechEdition) -> QuerySet[SpeechEdition]:
    """Return the public speeches that share most with ``edition``, the nearest first."""
    figures = FigureEdition.objects.filter(
        edition__closed_at__isnull=True, indicator__in=_indicators(edition)
    )
    found = selectors.listed_speeches().exclude(speech_id=edition.speech_id)
    of_one = figures.filter(edition__speech_id=OuterRef("speech_id"))
    measured = Q(speech_id__in=figures.values("edition__speech_id"))
    return _nearest(found, edition, of_one, measured)[:SPEECHES_SHOWN]


def work_beside(edition: SpeechEdition) -> QuerySet[WorkItemEdition]:
    """Return the public work of ``edition`` itself, and the nearest other work behind it."""
    figures = FigureEdition.objects.filter(indicator__in=_indicators(edition))
    others = WorkItemEdition.objects.current().exclude(speech_id=edition.speech_id)
    of_one = figures.filter(edition=OuterRef("pk"))
    measured = Q(pk__in=figures.values("edition"))
    nearest = _nearest(others, edition, of_one, measured)[:WORK_SHOWN]
    own = Q(speech_id=edition.speech_id)
    found = selectors.listed_work_items().filter(own | Q(pk__in=nearest.values("pk")))
    return _scored(found, edition, of_one).order_by("-score", *selectors.AS_FEATURED)


def _nearest(
    found: QuerySet[Any], edition: SpeechEdition, of_one: QuerySet[Any], measured: Q
) -> QuerySet[Any]:
    tagged = selectors.tag_items(found.model).filter(tag__in=_tags(edition)).values("object_id")
    near = Q(pk__in=tagged) | measured
    if edition.organization_id:
        near |= Q(organization_id=edition.organization_id)
    return _scored(found.filter(near), edition, of_one).order_by("-score", *selectors.NEWEST)


def _scored(found: QuerySet[Any], edition: SpeechEdition, of_one: QuerySet[Any]) -> QuerySet[Any]:
    items = selectors.tag_items(found.model).filter(
        object_id=OuterRef("pk"), tag__in=_tags(edition)
    )
    same_body = Q(organization_id=edition.organization_id, organization__isnull=False)
    return found.annotate(
        score=selectors.count_of(items, "object_id") * WEIGHT_OF_TOPIC
        + _weight(same_body, WEIGHT_OF_BODY)
        + _weight(Exists(of_one), WEIGHT_OF_INDICATOR)
    )


def _weight(holds: Q | Exists, weight: int) -> Case:
    return Case(When(holds, then=Value(weight)), default=Value(0), output_field=IntegerField())


def _tags(edition: SpeechEdition) -> list[int]:
    return [tag.pk for tag in edition.tags.all()]


def _indicators(edition: SpeechEdition) -> QuerySet[Any]:
    own = FigureEdition.objects.filter(
        edition__speech_id=edition.speech_id, edition__closed_at__isnull=True
    )
    return own.exclude(indicator=None).order_by().values(number=F("indicator_id"))
