"""What is proofread of a draft, the records it is compared with, and changes to its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from organizations.models import Appointment, OrganizationAlias, SpeakerVariant
from speeches import textedits
from speeches.enums import TermCategory
from speeches.models import Speech, Term
from speeches.proofreading import terms
from speeches.proofreading.documents import Kind, Paragraph, TextDocument
from speeches.proofreading.findings import Severity
from speeches.proofreading.records import Person, Post, Records
from speeches.tagging import split_tags

_PLAIN_FIELDS = ("title", "byline")
_AFTER_BODY = ("summary",)
_KIND_OF_FIELD = {"title": Kind.TITLE, "byline": Kind.BYLINE, "summary": Kind.ITEM}
_KIND_OF_TAG = {
    "li": Kind.ITEM,
    "td": Kind.CELL,
    "th": Kind.CELL,
    "caption": Kind.CELL,
    **dict.fromkeys(textedits.HEADINGS, Kind.HEADING),
}


def document_of(speech: Speech) -> TextDocument:
    """Return the title, the signature, the text and the summary as paragraphs."""
    return TextDocument(tuple(paragraph for paragraph, _field, _place in _places(speech)))


def change_words(speech: Speech, edits: Iterable[textedits.Edit]) -> None:
    """Make ``edits``, whose passages are paragraphs of ``document_of``, on the unsaved ``speech``.

    Plain fields and the rich text are changed alike.
    """
    places = _places(speech)
    in_body: list[textedits.Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.passage, edit.start), reverse=True):
        _paragraph, field, place = places[edit.passage]
        if field == "body":
            in_body.append(textedits.Edit(place, edit.start, edit.end, edit.text))
        else:
            words = getattr(speech, field)
            setattr(speech, field, words[: edit.start] + edit.text + words[edit.end :])
    if in_body:
        speech.body = textedits.edited(speech.body, in_body)


def _places(speech: Speech) -> list[tuple[Paragraph, str, int]]:
    """Each paragraph with the field it stands in, and its place there."""
    body = [
        (Paragraph(part.text, _KIND_OF_TAG.get(part.tag, Kind.BODY), part.anchor), "body", place)
        for place, part in enumerate(textedits.passages(speech.body))
    ]
    return [*_fields(speech, _PLAIN_FIELDS), *body, *_fields(speech, _AFTER_BODY)]


def _fields(speech: Speech, names: Iterable[str]) -> list[tuple[Paragraph, str, int]]:
    return [
        (Paragraph(getattr(speech, name), _KIND_OF_FIELD[name], name), name, 0)
        for name in names
        if getattr(speech, name)
    ]


@dataclass(frozen=True, eq=False, slots=True)
class Reference:
    """What speeches are compared with; each is equal to itself alone."""

    records: Records
    terms: terms.TermList


def reference(day: date | None = None) -> Reference:
    """Return the posts held on ``day`` (today by default) and the term list, in four queries.

    Unchanged rows give the same objects again, so that what was found can be kept by them.
    """
    appointments = Appointment.objects.current(day).order_by("speaker_id", "pk")
    return _reference(
        tuple(
            appointments.values_list(
                "speaker_id",
                "speaker__name",
                "organization_id",
                "organization__name",
                "organization__short_name",
                "post_title",
            )
        ),
        tuple(OrganizationAlias.objects.order_by("pk").values_list("organization_id", "name")),
        tuple(SpeakerVariant.objects.order_by("pk").values_list("speaker_id", "name")),
        tuple(
            Term.objects.filter(is_active=True)
            .order_by("wrong")
            .values_list("wrong", "right", "category", "severity", "note")
        ),
    )


_PostRow = tuple[int, str, int, str, str, str]
_NameRow = tuple[int, str]
_TermRow = tuple[str, str, str, str, str]


@lru_cache(maxsize=8)
def _reference(
    posts: tuple[_PostRow, ...],
    aliases: tuple[_NameRow, ...],
    variants: tuple[_NameRow, ...],
    entries: tuple[_TermRow, ...],
) -> Reference:
    other_bodies, other_names = _grouped(aliases), _grouped(variants)
    names: dict[int, str] = {}
    held: dict[int, list[Post]] = defaultdict(list)
    for speaker, name, body, full_name, short_name, title in posts:
        bodies = tuple(filter(None, (full_name, short_name, *other_bodies[body])))
        names[speaker] = name
        held[speaker].append(Post(bodies, tuple(split_tags(title))))
    people = [
        Person(name, tuple(held[speaker]), tuple(other_names[speaker]))
        for speaker, name in names.items()
    ]
    listed = [
        terms.Term(wrong, right, str(TermCategory(category).label), Severity(severity), note)
        for wrong, right, category, severity, note in entries
    ]
    return Reference(Records(people), terms.TermList(listed))


def _grouped(rows: Iterable[_NameRow]) -> defaultdict[int, list[str]]:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for owner, name in rows:
        groups[owner].append(name)
    return groups
