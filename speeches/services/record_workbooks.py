"""Bodies, people and the posts they hold as workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, CHANGE
from django.utils.translation import gettext as _

from organizations.enums import Level, OrganizationKind
from organizations.models import (
    Appointment,
    Organization,
    OrganizationAlias,
    Region,
    Speaker,
    SpeakerVariant,
)
from speeches.services import trail
from speeches.services.names import keep_name
from speeches.services.workbooks import Outcome, Problem, Values, Workbook, said, yes_no
from speeches.spreadsheets import Column
from speeches.tagging import split_tags

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00:00)?")


def _read_date(printed: str) -> str:
    """Return a day as YYYY-MM-DD, "" for none; raise ValueError, in Chinese, for what is no day."""
    if not printed:
        return ""
    found = _DATE.fullmatch(printed)
    try:
        return date(*map(int, found.groups())).isoformat() if found else date(0, 1, 1).isoformat()
    except ValueError:
        raise ValueError(
            _("“%(value)s” is no day: write it as 2025-01-31.") % {"value": printed}
        ) from None


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def _joined(names: Iterable[str]) -> str:
    """Return several names as a cell tells them."""
    return "、".join(sorted(set(names)))


class OrganizationWorkbook(Workbook):
    """Bodies, known by their full name; the parent and the region by theirs."""

    model = Organization
    key_columns = ("name",)
    plain_fields = ("name", "short_name", "kind", "level", "introduction")
    profile_columns = ("introduction", "position", "is_public")

    def columns(self) -> tuple[Column, ...]:
        """Return the columns, named as in the admin."""
        kinds = {value: str(label) for value, label in OrganizationKind.choices}
        levels = {value: str(label) for value, label in Level.choices}
        return (
            Column("name", self.label("name"), required=True),
            Column("short_name", self.label("short_name")),
            Column("aliases", str(OrganizationAlias._meta.verbose_name_plural)),
            Column("kind", self.label("kind"), kinds, default=OrganizationKind.OTHER),
            Column("level", self.label("level"), levels),
            Column("parent", self.label("parent")),
            Column("region", self.label("region")),
            Column("introduction", self.label("introduction")),
            Column("position", self.label("position"), default="0"),
            Column("is_public", self.label("is_public"), yes_no(), default="yes"),
        )

    def stored(self) -> Iterable[Organization]:
        """Return all bodies with their names."""
        return Organization.objects.select_related("parent", "region").prefetch_related("aliases")

    def values_of(self, record: Any) -> dict[str, str]:
        """Return what the columns say of a body."""
        return {
            **super().values_of(record),
            "aliases": _joined(alias.name for alias in record.aliases.all()),
            "parent": record.parent.name if record.parent else "",
            "region": record.region.code if record.region else "",
            "position": str(record.position),
            "is_public": said(record.is_public),
        }

    def read_cell(self, name: str, printed: str) -> str:
        """Return what a cell means; raise ValueError for a place that is no number."""
        if name == "aliases":
            return _joined(split_tags(printed))
        if name == "position" and not (printed.isascii() and printed.isdecimal()):
            raise ValueError(_("“%(value)s” is no number.") % {"value": printed})
        return printed

    def fill(self, record: Any, values: Values) -> list[Problem]:
        """Put the values of a row into a body; the parent follows once all bodies are stored."""
        problems = super().fill(record, values)
        record.position, record.is_public = int(values["position"]), values["is_public"] != "no"
        code = values["region"]
        record.region = self._regions.get(code) if code else None
        if code and record.region is None:
            told = _("There is no region with the code “%(code)s”.") % {"code": code}
            problems.append((self.label("region"), told))
        return problems

    def clean(self, record: Any) -> None:
        """Check the fields; the tree is checked for all rows at once, the region was looked up."""
        record.clean_fields(exclude={"parent", "region"})

    def check_together(self, outcomes: Sequence[Outcome]) -> dict[int, Problem]:
        """Return the rows whose parent is nobody, or stands below them."""
        above = {body.name: body.parent.name if body.parent else "" for body in self.stored()}
        above |= {outcome.values["name"]: outcome.values["parent"] for outcome in outcomes}
        found = {}
        for outcome in outcomes:
            name, parent = outcome.values["name"], outcome.values["parent"]
            if parent and parent not in above:
                told = _("There is no body called “%(name)s”.") % {"name": parent}
            elif _stands_below(parent, name, above):
                told = _("“%(name)s” stands below this body.") % {"name": parent}
            else:
                continue
            found[outcome.number] = (self.label("parent"), told)
        return found

    def store(self, outcomes: Sequence[Outcome], user: User) -> None:
        """Store the bodies, then their aliases; parents may come later in the workbook."""
        by_name = {body.name: body for body in Organization.objects.all()}
        by_name |= {outcome.record.name: outcome.record for outcome in outcomes}
        waiting = list(outcomes)
        while waiting:
            ready = [row for row in waiting if _parent_is_stored(row, by_name)]
            for outcome in ready:
                outcome.record.parent = by_name.get(outcome.values["parent"])
                outcome.record.save()
                _set_names(outcome.record, "aliases", outcome.values["aliases"], user)
            done = {row.number for row in ready}
            waiting = [row for row in waiting if row.number not in done]

    @cached_property
    def _regions(self) -> dict[str, Region]:
        return {region.code: region for region in Region.objects.order_by("valid_from")}


def _parent_is_stored(outcome: Outcome, by_name: Mapping[str, Organization]) -> bool:
    parent = by_name.get(outcome.values["parent"])
    return parent is None or parent.pk is not None


def _stands_below(parent: str, name: str, above: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    while parent and parent not in seen:
        if parent == name:
            return True
        seen.add(parent)
        parent = above.get(parent, "")
    return False


def _set_names(record: Any, relation: str, listed: str, user: User) -> None:
    """Make the other names of a body or person exactly those of a cell."""
    manager = getattr(record, relation)
    names = set(listed.split("、")) if listed else set()
    known = set(manager.values_list("name", flat=True))
    manager.exclude(name__in=names).delete()
    for name in sorted(names - known):
        keep_name(record=record, name=name, user=user)
    if gone := _joined(known - names):
        what = _("Other names taken away: %(names)s") % {"names": gone}
        trail.note(record=record, by=user, what=what)


class SpeakerWorkbook(Workbook):
    """People, known by name and distinguishing note."""

    model = Speaker
    key_columns = ("name", "note")
    plain_fields = ("name", "note", "biography")
    profile_columns = ("biography",)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns, named as in the admin."""
        return (
            Column("name", self.label("name"), required=True),
            Column("note", self.label("note")),
            Column("variants", str(SpeakerVariant._meta.verbose_name_plural)),
            Column("biography", self.label("biography")),
        )

    def stored(self) -> Iterable[Speaker]:
        """Return all people with their printed names."""
        return Speaker.objects.prefetch_related("variants")

    def values_of(self, record: Any) -> dict[str, str]:
        """Return what the columns say of a person."""
        variants = _joined(variant.name for variant in record.variants.all())
        return {**super().values_of(record), "variants": variants}

    def read_cell(self, name: str, printed: str) -> str:
        """Return what a cell means."""
        return _joined(split_tags(printed)) if name == "variants" else printed

    def store(self, outcomes: Sequence[Outcome], user: User) -> None:
        """Store the people and their printed names."""
        super().store(outcomes, user)
        for outcome in outcomes:
            _set_names(outcome.record, "variants", outcome.values["variants"], user)


class AppointmentWorkbook(Workbook):
    """Posts, known by person, body, post and first day."""

    model = Appointment
    key_columns = ("speaker", "note", "organization", "post_title", "start_date")
    plain_fields = ("post_title",)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns, named as in the admin."""
        note = str(Speaker._meta.get_field("note").verbose_name)
        return (
            Column("speaker", self.label("speaker"), required=True),
            Column("note", note),
            Column("organization", self.label("organization"), required=True),
            Column("post_title", self.label("post_title"), required=True),
            Column("start_date", self.label("start_date")),
            Column("end_date", self.label("end_date")),
        )

    def stored(self) -> Iterable[Appointment]:
        """Return all posts with the names they are told by."""
        return Appointment.objects.select_related("speaker", "organization")

    def store(self, outcomes: Sequence[Outcome], user: User) -> None:
        """Store the posts, and note it in the history of each person."""
        super().store(outcomes, user)
        for outcome in outcomes:
            columns = {"columns": "、".join(outcome.changed)}
            what, action = _("Changed by a workbook: %(columns)s") % columns, CHANGE
            if outcome.is_new:
                what, action = _("Made by a workbook."), ADDITION
            trail.note(record=outcome.record, by=user, what=what, action=action)
        for person in {outcome.record.speaker for outcome in outcomes}:
            person._history_user = user
            person.save()

    def values_of(self, record: Any) -> dict[str, str]:
        """Return what the columns say of a post."""
        return {
            **super().values_of(record),
            "speaker": record.speaker.name,
            "note": record.speaker.note,
            "organization": record.organization.name,
            "start_date": record.start_date.isoformat() if record.start_date else "",
            "end_date": record.end_date.isoformat() if record.end_date else "",
        }

    def read_cell(self, name: str, printed: str) -> str:
        """Return what a cell means; raise ValueError for what is no day."""
        return _read_date(printed) if name in {"start_date", "end_date"} else printed

    def fill(self, record: Any, values: Values) -> list[Problem]:
        """Put the values of a row into a post; say who or what is not on record."""
        problems = super().fill(record, values)
        start, end = _day(values["start_date"]), _day(values["end_date"])
        person = self._people.get((values["speaker"], values["note"]))
        body = self._bodies.get(values["organization"])
        if person is None:
            told = _("There is nobody called “%(name)s” with this distinguishing note.")
            problems.append((self.label("speaker"), told % {"name": values["speaker"]}))
        if body is None:
            told = _("There is no body called “%(name)s”.") % {"name": values["organization"]}
            problems.append((self.label("organization"), told))
        if start and end and end < start:
            problems.append((self.label("end_date"), _("The post ends before it starts.")))
        if not problems:
            record.speaker, record.organization = person, body
            record.start_date, record.end_date = start, end
        return problems

    def clean(self, record: Any) -> None:
        """Check the fields; person and body were looked up."""
        record.clean_fields(exclude={"speaker", "organization"})

    @cached_property
    def _people(self) -> dict[tuple[str, str], Speaker]:
        return {(person.name, person.note): person for person in Speaker.objects.all()}

    @cached_property
    def _bodies(self) -> dict[str, Organization]:
        return {body.name: body for body in Organization.objects.all()}
