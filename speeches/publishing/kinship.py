"""Which pieces, bodies and people belong together: what a change of one may change of another."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from organizations.enums import RecordKind
from organizations.models import MergedRecord, Organization
from speeches.models.editions import MeetingEdition, SpeechEdition


def neighbours(spoken: Any) -> set[int]:
    """Return the public speeches right before and after the places that speeches have or had."""
    found: set[int] = set()
    for meeting_id, position, number in set(
        spoken.values_list("meeting_id", "position", "speech_id")
    ):
        others = SpeechEdition.objects.current().filter(meeting_id=meeting_id)
        order = ("position", "speech_id")
        before = Q(position__lt=position) | Q(position=position, speech_id__lt=number)
        after = Q(position__gt=position) | Q(position=position, speech_id__gt=number)
        numbers = others.values_list("speech_id", flat=True)
        found.update(numbers.filter(before).order_by("-position", "-speech_id")[:1])
        found.update(numbers.filter(after).order_by(*order)[:1])
    return found


def slugs(meetings: set[int]) -> set[str]:
    """Return every slug that these meetings have or had."""
    return values(MeetingEdition.objects.filter(meeting_id__in=meetings), "slug")


def corrected_slugs(held: Any) -> set[str]:
    """Return every slug, the former ones too, of those meetings that have several editions."""
    return slugs(values(held.filter(number__gt=1), "meeting_id"))


def merged_into(kind: RecordKind, numbers: set[int]) -> set[int]:
    """Return the former numbers of these bodies or people: their addresses lead to them."""
    return values(MergedRecord.objects.filter(kind=kind, into__in=numbers), "number")


def topics(editions: Any) -> set[str]:
    """Return the slugs of the topics of ``editions``."""
    return {slug for slug in editions.values_list("tags__slug", flat=True) if slug}


def with_ancestors(bodies: set[int]) -> set[int]:
    """Return ``bodies`` with all that stand above them, or ever did: a body may have moved."""
    found, above = set(bodies), bodies
    rows = Organization.history.model.objects.all()
    while above:
        above = {
            *values(Organization.objects.filter(pk__in=above), "parent_id"),
            *values(rows.filter(id__in=above), "parent_id"),
        } - found
        found |= above
    return found


def descendants(bodies: set[int]) -> set[int]:
    """Return ``bodies`` with all that stand below them."""
    found = set(bodies)
    while below := values(Organization.objects.filter(parent_id__in=found), "pk") - found:
        found |= below
    return found


def values(source: Any, name: str) -> set[Any]:
    """Return the values of a column of ``source``, a model or rows of one; nothing empty."""
    rows = source if hasattr(source, "values_list") else source.objects.all()
    return set(rows.order_by().values_list(name, flat=True)) - {None, ""}
