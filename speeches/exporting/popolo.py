"""The meeting as Popolo JSON: who spoke, for whom, in which post, where, and what was said.

The classes and the names of their fields are those of the Popolo specification. A record keeps its
identifier from file to file (``person/12``); what is only known by name is identified by it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from speeches.exporting.document import DigestBody, DigestCredit, DigestDocument, DigestSpeech
from speeches.exporting.exporter import Exporter
from speeches.exporting.sheets import text_of
from speeches.exporting.wording import printed_byline

Record = dict[str, Any]


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as UTF-8 JSON; what is unknown is left out."""
    cast = _Cast()
    event = _event(document, cast)
    speeches = [
        _speech(position, speech, event, cast)
        for position, speech in enumerate(document.speeches, start=1)
    ]
    told = {
        "organizations": list(cast.organizations.values()),
        "persons": list(cast.persons.values()),
        "memberships": list(cast.memberships.values()),
        "events": [event],
        "speeches": speeches,
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


@dataclass(slots=True)
class _Cast:
    """The bodies, people and posts met so far, by identifier."""

    organizations: dict[str, Record] = field(default_factory=dict)
    persons: dict[str, Record] = field(default_factory=dict)
    memberships: dict[str, Record] = field(default_factory=dict)

    def organization(self, body: DigestBody | None, printed: str) -> str:
        """Return the identifier of a body; empty where none is named."""
        name = body.name if body else printed
        if not name:
            return ""
        identifier = f"organization/{body.id if body else name}"
        record = self.organizations.setdefault(identifier, {"id": identifier, "name": name})
        _also_called(record, printed)
        return identifier

    def person(self, name: str, credit: DigestCredit | None) -> str:
        """Return the identifier of a person."""
        identifier = f"person/{credit.person_id if credit else name}"
        known_as = credit.name if credit else name
        record = self.persons.setdefault(identifier, {"id": identifier, "name": known_as})
        _also_called(record, name)
        return identifier

    def membership(self, person: str, organization: str, role: str, **told: str) -> None:
        """Keep that a person holds a post, once; what is told of it adds up."""
        identifier = f"{person}/{organization}/{role}"
        record = {
            "id": f"membership/{identifier}",
            "person_id": person,
            "organization_id": organization,
            "role": role,
            **told,
        }
        self.memberships[identifier] = {**_known(record), **self.memberships.get(identifier, {})}


def _also_called(record: Record, name: str) -> None:
    others = record.get("other_names", [])
    if name and name != record["name"] and {"name": name} not in others:
        record["other_names"] = [*others, {"name": name}]


def _known(record: Record) -> Record:
    return {name: value for name, value in record.items() if value not in ("", None, [])}


def _event(document: DigestDocument, cast: _Cast) -> Record:
    return _known(
        {
            "id": f"event/{document.slug}",
            "name": document.title,
            "start_date": document.start_date and document.start_date.isoformat(),
            "end_date": document.end_date and document.end_date.isoformat(),
            "location": document.place,
            "organization_id": cast.organization(document.host_body, document.host),
            "sources": [{"url": settings.SITE_URL + document.url}],
        }
    )


def _speech(position: int, speech: DigestSpeech, event: Record, cast: _Cast) -> Record:
    body = cast.organization(speech.body, speech.organization)
    behalf = cast.organization(None, speech.on_behalf_of)
    people = list(_people(speech, cast))
    for person, credit in people:
        _post_on_record(person, credit, cast)
        for post in speech.posts if body else ():
            cast.membership(person, body, post, on_behalf_of_id=behalf)
    speakers = [person for person, _credit in people]
    return _known(
        {
            "id": f"speech/{speech.id}",
            "event_id": event["id"],
            "position": position,
            "title": speech.title,
            "creator_id": body if body and len(speakers) != 1 else next(iter(speakers), ""),
            "contributor_ids": speakers if len(speakers) > 1 else [],
            "role": "、".join(speech.posts),
            "attribution_text": printed_byline(speech),
            "on_behalf_of_id": behalf,
            "date": event.get("start_date"),
            "text": text_of(speech.blocks),
            "sources": [{"url": settings.SITE_URL + speech.url}],
        }
    )


def _people(speech: DigestSpeech, cast: _Cast) -> Iterator[tuple[str, DigestCredit | None]]:
    credits_by_name = {credit.printed: credit for credit in speech.credits}
    for name in speech.speakers:
        credit = credits_by_name.get(name)
        yield cast.person(name, credit), credit


def _post_on_record(person: str, credit: DigestCredit | None, cast: _Cast) -> None:
    """Add the post with its dates, where the records of the office have it."""
    if credit is None or not credit.post or credit.body is None:
        return
    cast.membership(
        person,
        cast.organization(credit.body, ""),
        credit.post,
        start_date=credit.start_date.isoformat() if credit.start_date else "",
        end_date=credit.end_date.isoformat() if credit.end_date else "",
    )


EXPORTER = Exporter(
    label=_("People, bodies and speeches (Popolo data)"),
    media_type="application/json; charset=utf-8",
    extension="json",
    variant=_(" (Popolo)"),
    render=render,
)
