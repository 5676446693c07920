"""The names of a whole batch: each decided once, corrected once, remembered for the next file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speeches.enums import ItemState, NameChoice
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedName, ImportedSpeech
from speeches.services import blocks, names
from speeches.services.import_edits import Edit, editing
from speeches.services.records import Records, Suggestion

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(slots=True)
class Question:
    """One printed name or body, wherever it stands in the batch, and what is decided on it.

    ``item_pks`` and ``positions`` tell in which speeches. ``chosen`` is the pk of the person or
    body on record, ``note`` what tells a homonym apart, or the full name of a new body.
    """

    printed: str
    body: str
    choice: NameChoice
    chosen: int | None = None
    note: str = ""
    chosen_label: str = ""
    item_pks: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether staff must decide."""
        return self.choice == NameChoice.UNRESOLVED


def questions(batch: ImportBatch) -> tuple[list[Question], list[Question]]:
    """Return the people and the bodies of the pending speeches, the open ones first.

    The suggestions take a fixed number of queries for any number of names.
    """
    items = list(_pending(batch).select_related("organization"))
    records = names.records_for(items)
    people: dict[tuple[str, str], Question] = {}
    bodies: dict[str, Question] = {}
    for item in items:
        printed = item.organization_printed
        if printed:
            question = bodies.get(printed) or bodies.setdefault(
                printed, _body_question(item, records.bodies(printed))
            )
            _note_place(question, item, NameChoice(item.organization_choice))
        for name in item.names.all():
            found = people.get((name.printed, printed)) or people.setdefault(
                (name.printed, printed), _person_question(name, item, records)
            )
            _note_place(found, item, NameChoice(name.choice))
    return _open_first(people.values()), _open_first(bodies.values())


def _body_question(item: ImportedSpeech, suggestions: list[Suggestion]) -> Question:
    return Question(
        printed=item.organization_printed,
        body="",
        choice=NameChoice(item.organization_choice),
        chosen=item.organization_id,
        note=item.organization_name,
        chosen_label=str(item.organization or item.organization_name),
        suggestions=suggestions,
    )


def _person_question(name: ImportedName, item: ImportedSpeech, records: Records) -> Question:
    return Question(
        printed=name.printed,
        body=item.organization_printed,
        choice=NameChoice(name.choice),
        chosen=name.speaker_id,
        note=name.note,
        chosen_label=str(name.speaker or ""),
        suggestions=records.people(
            name.printed,
            organization_printed=item.organization_printed,
            organization_id=item.organization_id,
        ),
    )


def _note_place(question: Question, item: ImportedSpeech, choice: NameChoice) -> None:
    question.item_pks.append(item.pk)
    question.positions.append(item.position)
    if choice == NameChoice.UNRESOLVED:
        question.choice = choice


def _open_first(found: Iterable[Question]) -> list[Question]:
    return sorted(found, key=lambda question: (not question.is_open, question.positions[0]))


def count_open(batch: ImportBatch) -> int:
    """Return how many names and bodies of the pending speeches wait for a decision."""
    people = ImportedName.objects.filter(
        item__batch=batch, item__state=ItemState.PENDING, choice=NameChoice.UNRESOLVED
    )
    bodies = batch.items.filter(
        state=ItemState.PENDING, organization_choice=NameChoice.UNRESOLVED
    ).exclude(organization_printed="")
    return (
        people.values("printed", "item__organization_printed").distinct().count()
        + bodies.order_by().values("organization_printed").distinct().count()
    )


def decide_person(
    *,
    batch: ImportBatch,
    user: User,
    printed: str,
    body: str,
    choice: NameChoice,
    speaker_id: int | None = None,
    note: str = "",
    version: int | None = None,
) -> None:
    """Store who ``printed`` of ``body`` is, in all pending speeches of the batch.

    ``note`` tells a homonym apart. Raises ImportRefused where an existing speaker is meant but not
    named, EditConflict on a stale ``version``.
    """
    if choice == NameChoice.EXISTING and speaker_id is None:
        raise ImportRefused(_("Choose which speaker “%(name)s” is.") % {"name": printed})
    told = _("“%(name)s” decided") % {"name": printed}
    with editing(batch=batch, user=user, told=told, version=version) as edit:
        for item in _take(edit, names__printed=printed, organization_printed=body):
            for name in item.names.all():
                if name.printed == printed:
                    name.choice, name.note = choice, note.strip()
                    name.speaker_id = speaker_id if choice == NameChoice.EXISTING else None
                    name.full_clean(exclude=["item"])
                    name.save()


def decide_body(
    *,
    batch: ImportBatch,
    user: User,
    printed: str,
    choice: NameChoice,
    organization_id: int | None = None,
    name: str = "",
    version: int | None = None,
) -> None:
    """Store which body ``printed`` is, in all pending speeches of the batch.

    ``name`` is the full name of a new body. People who hold a post in the body are then recognised.
    Raises ImportRefused where an existing body is meant but not named, EditConflict on a stale
    ``version``.
    """
    if choice == NameChoice.EXISTING and organization_id is None:
        raise ImportRefused(_("Choose which body “%(name)s” is.") % {"name": printed})
    told = _("“%(name)s” decided") % {"name": printed}
    with editing(batch=batch, user=user, told=told, version=version) as edit:
        items = _take(edit, organization_printed=printed)
        for item in items:
            item.organization_choice = choice
            item.organization_id = organization_id if choice == NameChoice.EXISTING else None
            item.organization_name = name.strip() if choice == NameChoice.NEW else ""
            item.clean_fields(exclude=["batch", "speech"])
        names.suggest_for(items)


def rename(
    *,
    batch: ImportBatch,
    user: User,
    old: str,
    new: str,
    in_text: bool = True,
    version: int | None = None,
) -> int:
    """Correct a wrongly printed name in all pending speeches; return in how many places.

    It is corrected among the speakers, in bylines and bodies' names and, with ``in_text``, in
    titles and paragraphs. Raises ImportRefused for an empty name and one that is nowhere.
    """
    old, new = old.strip(), new.strip()
    if not old or not new or old == new:
        raise ImportRefused(_("Give the name as printed and the right one."))
    with editing(batch=batch, user=user, told="", version=version) as edit:
        concerned = [item.pk for item in _pending(batch) if _count(item, old, in_text=in_text)]
        items = edit.take_all(concerned)
        places = sum(_count(item, old, in_text=in_text) for item in items)
        if not places:
            raise ImportRefused(_("“%(name)s” is nowhere in this file.") % {"name": old})
        for item in items:
            _rename_in(item, old, new, in_text=in_text)
        names.suggest_for(items)
        edit.told = ngettext(
            "“%(old)s” → “%(new)s” in %(places)s place",
            "“%(old)s” → “%(new)s” in %(places)s places",
            places,
        ) % {"old": old, "new": new, "places": places}
    return places


def _rename_in(item: ImportedSpeech, old: str, new: str, *, in_text: bool) -> None:
    item.byline = item.byline.replace(old, new)
    if old in item.organization_printed:
        item.organization_printed = item.organization_printed.replace(old, new)
        item.organization_choice = NameChoice.UNRESOLVED
    for name in item.names.all():
        if name.printed == old:
            name.printed, name.choice, name.speaker = new, NameChoice.UNRESOLVED, None
            name.full_clean(exclude=["item"])
            name.save()
    if in_text:
        item.title = item.title.replace(old, new)
        item.blocks = [
            blocks.reworded(block, block["text"].replace(old, new)) for block in item.blocks
        ]


def _count(item: ImportedSpeech, old: str, *, in_text: bool) -> int:
    texts = [item.byline, item.organization_printed]
    if in_text:
        texts += [item.title, *item.paragraphs]
    speakers = sum(name.printed == old for name in item.names.all())
    return speakers + sum(text.count(old) for text in texts)


def _pending(batch: ImportBatch):  # type: ignore[no-untyped-def]  # a queryset of django-stubs
    return batch.items.filter(state=ItemState.PENDING).prefetch_related("names__speaker")


def _take(edit: Edit, **wanted: str) -> Sequence[ImportedSpeech]:
    rows = edit.batch.items.filter(state=ItemState.PENDING, **wanted)
    items = edit.take_all(list(rows.values_list("pk", flat=True).distinct()))
    if not items:
        raise ImportRefused(_("This name is no longer in the file."))
    return items
