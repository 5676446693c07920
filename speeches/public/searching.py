"""What the search page shows beside its hits: who is named, what the list can be narrowed to."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization, Speaker
from speeches.enums import SearchKind
from speeches.models.editions import (
    MeetingEdition,
    SpeechEdition,
    SpeechEditionSpeaker,
    WorkItemEdition,
)
from speeches.search import marks
from speeches.search.engine import Order
from speeches.search.results import Hit, Results
from speeches.search.snippets import Segment

_NAMED = 4
_CHOICES = 10
_LONGEST = 40
FILTERS = {
    "kind": _("Kind"),
    "organization": _("Organization"),
    "speaker": _("Speaker"),
    "year": _("Year"),
    "topic": _("Topic"),
    "meeting": _("Meeting"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A hit as the page shows it."""

    title: SafeString
    url: str
    snippet: SafeString
    kind: Any
    day: Any


@dataclass(frozen=True, slots=True)
class Named:
    """A person or a body that the question names, with how much is public."""

    label: str
    url: str
    speeches: int
    work: int = 0
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows the list, or takes a filter away."""

    label: Any
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a filter may be set to: its value, its name, and how many answers are left."""

    value: str
    label: Any
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one filter."""

    label: Any
    choices: tuple[Choice, ...]


def order_of(request: HttpRequest) -> Order:
    """Return how the address sorts and narrows; an unknown kind narrows nothing."""
    chosen = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in FILTERS}
    if chosen["kind"] not in SearchKind.values:
        chosen["kind"] = ""
    return Order(by_date=request.GET.get("sort") == "date", **chosen)


def lines_of(hits: Iterable[Hit], words: tuple[str, ...]) -> list[Line]:
    """Return hits ready for the template, marked, each with the address that marks its words."""
    return [
        Line(
            title=_html(hit.title),
            url=hit.marked_url(words),
            snippet=_html(hit.snippet),
            kind=hit.kind.label,
            day=hit.day.isoformat() if hit.day else "",
        )
        for hit in hits
    ]


def _html(segments: Iterable[Segment]) -> SafeString:
    parts = (
        f"<mark>{escape(part.text)}</mark>" if part.is_marked else escape(part.text)
        for part in segments
    )
    return mark_safe("".join(parts))  # noqa: S308 - every text is escaped


def named_in(results: Results) -> list[Named]:
    """Return the people and bodies that the question names and that have a page."""
    people, bodies = results.people()[:_NAMED], results.bodies()[:_NAMED]
    return [*(_people(people) if people else ()), *(_bodies(bodies) if bodies else ())]


def _people(numbers: list[int]) -> Iterator[Named]:
    spoken_by = SpeechEditionSpeaker.objects.filter(
        speaker_id__in=numbers, edition__closed_at__isnull=True
    ).order_by()
    spoken = {
        number: (name, count)
        for number, name, count in spoken_by.values_list("speaker_id", "speaker__name").annotate(
            Count("edition_id", distinct=True)
        )
    }
    for number in numbers:
        if number in spoken:
            name, count = spoken[number]
            yield Named(name, reverse("speaker", args=[number]), count, is_person=True)


def _bodies(numbers: list[int]) -> Iterator[Named]:
    names = dict(Organization.objects.public().filter(pk__in=numbers).values_list("pk", "name"))
    spoken, worked = (
        dict(
            model.objects.current()
            .filter(organization_id__in=numbers)
            .order_by()
            .values_list("organization_id")
            .annotate(Count("pk"))
        )
        for model in (SpeechEdition, WorkItemEdition)
    )
    for number in numbers:
        if number in names and (number in spoken or number in worked):
            url = reverse("organization", args=[number])
            yield Named(names[number], url, spoken.get(number, 0), worked.get(number, 0))


def chosen_of(request: HttpRequest, order: Order) -> list[Choice]:
    """Return the filters that are set, each with the address without it."""
    return [
        Choice(_label(name, value), _address(request.GET, name, ""))
        for name in FILTERS
        if (value := getattr(order, name))
    ]


def _label(name: str, value: str) -> Any:
    if name == "kind":
        return SearchKind(value).label
    if name in _NAMES:
        return _NAMES[name]([int(value)] if value.isdecimal() and len(value) < 10 else []).get(
            value, value
        )
    return value


def sorted_addresses(request: HttpRequest) -> dict[str, str]:
    """Return the addresses of the same list in either order."""
    return {
        "by_relevance": _address(request.GET, "sort", ""),
        "by_date": _address(request.GET, "sort", "date"),
    }


def groups_of(request: HttpRequest, results: Results, order: Order) -> list[Group]:
    """Return what the list can be narrowed to, the most frequent first, with counts."""
    return [
        Group(
            FILTERS[name],
            tuple(
                Choice(one.label, _address(request.GET, name, one.value), one.count)
                for one in found
            ),
        )
        for name, found in narrowings(results, order).items()
    ]


def narrowings(results: Results, order: Order) -> dict[str, list[Narrowing]]:
    """Return what each filter that is not set may be set to, the most frequent first."""
    tally = results.tally()
    found = {}
    for name, prefix in _FACETS.items():
        if getattr(order, name):
            continue
        counts = Counter(
            {mark[2:]: count for mark, count in tally.items() if mark.startswith(prefix)}
        )
        if values := list(_narrowings(name, counts)):
            found[name] = values
    return found


def _narrowings(name: str, counts: Counter[str]) -> Iterator[Narrowing]:
    values = [value for value, _count in counts.most_common(_CHOICES)]
    if name == "year":
        values.sort(reverse=True)
    labels: Mapping[str, Any] = {}
    if name == "kind":
        labels = {kind.value.replace("_", ""): kind for kind in SearchKind}
    elif name in _NAMES:
        labels = _NAMES[name]([int(value) for value in values])
    for value in values:
        label = labels.get(value) if labels or name in _NAMES else value
        if isinstance(label, SearchKind):
            yield Narrowing(label.value, label.label, counts[value])
        elif label is not None:
            yield Narrowing(value, label, counts[value])


def _address(parameters: QueryDict, name: str, value: str) -> str:
    kept = parameters.copy()
    kept.pop("page", None)
    kept.pop(name, None)
    if value:
        kept[name] = value
    return f"{reverse('search')}?{kept.urlencode()}"


def _organizations(numbers: list[int]) -> dict[str, str]:
    found = Organization.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {str(number): name for number, name in found}


def _speakers(numbers: list[int]) -> dict[str, str]:
    found = Speaker.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {str(number): name for number, name in found}


def _meetings(numbers: list[int]) -> dict[str, str]:
    current = MeetingEdition.objects.current().filter(meeting_id__in=numbers).order_by()
    return {str(number): title for number, title in current.values_list("meeting_id", "title")}


_NAMES: dict[str, Callable[[list[int]], dict[str, str]]] = {
    "organization": _organizations,
    "speaker": _speakers,
    "meeting": _meetings,
}
_FACETS = {
    "kind": marks.KIND,
    "organization": marks.ORGANIZATION,
    "year": marks.YEAR,
    "topic": marks.TOPIC,
    "meeting": marks.MEETING,
}
