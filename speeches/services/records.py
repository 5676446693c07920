"""What the records know of printed names: people and bodies, each with the reason to think so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from organizations.models import Appointment, Organization, Speaker
from speeches.enums import ItemState, NameChoice
from speeches.models import ImportedName, ImportedSpeech

_COMMITTEE = (
    re.compile(r"^中国人民政治协商会议(.+)委员会$"),
    re.compile(r"^政协(.+)委员会$"),
    re.compile(r"^(.+)政协$"),
)
_SHORTEST_TAIL = 4
"""Characters of a name that must agree for a longer one to be taken for the same body in full."""
_ACCEPTED = (ItemState.CREATED, ItemState.UPDATED)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A person or body that a printed name may mean; ``certain`` where the records leave no doubt.

    ``reason`` tells staff in Chinese why it is suggested.
    """

    pk: int
    label: str
    reason: str
    certain: bool = False


class Records:
    """Everything about some names, read with a fixed number of queries."""

    def __init__(self, *, people: Iterable[str], bodies: Iterable[str]) -> None:
        self._people_printed = set(people)
        self._bodies_printed = {name for name in bodies if name}
        self._bodies = self._load_bodies()
        self._similar = self._load_similar_bodies()
        self._people = self._load_people()
        self._colleagues = self._load_colleagues()
        self._meant, self._no_people = self._load_past_people()
        self._no_bodies = set(
            ImportedSpeech.objects.filter(
                organization_printed__in=self._bodies_printed,
                organization_choice=NameChoice.IGNORED,
                state__in=_ACCEPTED,
            ).values_list("organization_printed", flat=True)
        )

    def body(self, printed: str) -> int | None:
        """Return the one body called ``printed`` in full, in short or by alias; None for others."""
        found = self._bodies.get(printed, [])
        return found[0].pk if len(found) == 1 else None

    def bodies(self, printed: str) -> list[Suggestion]:
        """Return the bodies that ``printed`` may mean, the certain one first."""
        found = self._bodies.get(printed, [])
        if found:
            several = len(found) > 1
            reason = _("several bodies are called so") if several else _("called so")
            return [Suggestion(row.pk, row.name, reason, not several) for row in found]
        return self._similar.get(printed, [])

    def is_no_body(self, printed: str) -> bool:
        """Whether staff decided before that ``printed`` is no body."""
        return printed in self._no_bodies

    def people(
        self, printed: str, *, organization_printed: str = "", organization_id: int | None = None
    ) -> list[Suggestion]:
        """Return who ``printed`` may be, the certain one first.

        Certain is one person of that name who holds a post in the same body, and one whom staff
        chose before for the same name and body.
        """
        found = self._people.get(printed, [])
        here = {row.pk for row in found if organization_id in _bodies_of(row)}
        meant = self._meant.get((printed, organization_printed), set())
        certain = here if len(here) == 1 else meant if len(meant) == 1 and not here else set()
        told = [
            Suggestion(
                row.pk,
                _label(row),
                _reason(row, printed, here=here, meant=meant),
                row.pk in certain,
            )
            for row in found
        ]
        known = {row.pk for row in found}
        told += [
            Suggestion(row.pk, _label(row), _("same body, the name differs in one character"))
            for row in self._colleagues.get(organization_id or 0, [])
            if row.pk not in known and _differ_in_one(row.name, printed)
        ]
        return sorted(told, key=lambda suggestion: not suggestion.certain)

    def is_no_person(self, printed: str) -> bool:
        """Whether staff decided before that ``printed`` is no person."""
        return printed in self._no_people

    def _load_bodies(self) -> dict[str, list[Organization]]:
        wanted = self._bodies_printed
        rows = (
            Organization.objects.filter(
                Q(name__in=wanted) | Q(short_name__in=wanted) | Q(aliases__name__in=wanted)
            )
            .distinct()
            .prefetch_related("aliases")
        )
        found: dict[str, list[Organization]] = defaultdict(list)
        for row in rows:
            called = {row.name, row.short_name, *(alias.name for alias in row.aliases.all())}
            for name in called & wanted:
                found[name].append(row)
        return found

    def _load_similar_bodies(self) -> dict[str, list[Suggestion]]:
        unknown = self._bodies_printed - set(self._bodies)
        if not unknown:
            return {}
        seats = {printed: _seat_of(printed) for printed in unknown}
        found: dict[str, list[Suggestion]] = defaultdict(list)
        for pk, name in Organization.objects.values_list("pk", "name"):
            seat = _seat_of(name)
            for printed in unknown:
                if seat and seat == seats[printed]:
                    reason = _("the same committee, written in full or in short")
                elif _ends_alike(name, printed):
                    reason = _("one name is the end of the other")
                else:
                    continue
                found[printed].append(Suggestion(pk, name, reason))
        return found

    def _load_people(self) -> dict[str, list[Speaker]]:
        wanted = self._people_printed
        rows = (
            Speaker.objects.filter(Q(name__in=wanted) | Q(variants__name__in=wanted))
            .distinct()
            .prefetch_related("variants", _posts())
        )
        found: dict[str, list[Speaker]] = defaultdict(list)
        for row in rows:
            for name in {row.name, *(variant.name for variant in row.variants.all())} & wanted:
                found[name].append(row)
        return found

    def _load_colleagues(self) -> dict[int, list[Speaker]]:
        bodies = {row.pk for rows in self._bodies.values() for row in rows}
        people = (
            Speaker.objects.filter(appointments__organization__in=bodies)
            .distinct()
            .prefetch_related(_posts())
        )
        found: dict[int, list[Speaker]] = defaultdict(list)
        for person in people:
            for body in _bodies_of(person) & bodies:
                found[body].append(person)
        return found

    def _load_past_people(self) -> tuple[dict[tuple[str, str], set[int]], set[str]]:
        rows = ImportedName.objects.filter(
            printed__in=self._people_printed, item__state__in=_ACCEPTED
        ).values_list("printed", "item__organization_printed", "choice", "speaker_id")
        meant: dict[tuple[str, str], set[int]] = defaultdict(set)
        ignored = set()
        for printed, body, choice, speaker in rows:
            if choice == NameChoice.IGNORED:
                ignored.add(printed)
            elif speaker is not None:
                meant[printed, body].add(speaker)
        return meant, ignored


def _posts() -> Prefetch[str]:
    return Prefetch("appointments", Appointment.objects.select_related("organization"))


def _bodies_of(person: Speaker) -> set[int]:
    return {row.organization_id for row in person.appointments.all()}


def _label(person: Speaker) -> str:
    posts = "、".join(f"{row.organization}{row.post_title}" for row in person.appointments.all())
    return f"{person}　{posts}" if posts else str(person)


def _reason(person: Speaker, printed: str, *, here: set[int], meant: set[int]) -> str:
    if person.pk in here:
        return _("holds a post in the same body")
    if person.pk in meant:
        return _("chosen before for this name and body")
    same = person.name == printed
    return _("same name, another body") if same else _("was printed so before")


def _differ_in_one(name: str, printed: str) -> bool:
    if len(name) != len(printed) or len(name) < 2:
        return False
    return sum(left != right for left, right in zip(name, printed, strict=True)) == 1


def _ends_alike(name: str, printed: str) -> bool:
    if min(len(name), len(printed)) < _SHORTEST_TAIL:
        return False
    return name.endswith(printed) or printed.endswith(name)


def _seat_of(name: str) -> str:
    """The place whose committee ``name`` is: ``青禾市`` of ``政协青禾市委员会``."""
    return next((match.group(1) for shape in _COMMITTEE if (match := shape.match(name))), "")
