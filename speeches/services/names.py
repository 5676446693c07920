"""Whose name is that? Matching printed names to people and bodies, never guessing between two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION
from django.utils.translation import gettext as _

from organizations.models import (
    Appointment,
    Organization,
    OrganizationAlias,
    Speaker,
    SpeakerVariant,
)
from organizations.recognition import kind_of, level_of
from speeches.enums import NameChoice
from speeches.exceptions import ImportRefused
from speeches.models import ImportedName, ImportedSpeech
from speeches.services import trail
from speeches.services.records import Records

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SAVED_TOGETHER = 500
"""Rows written by one statement."""


def records_for(items: Sequence[ImportedSpeech]) -> Records:
    """Return what is on record about every name and body in ``items``."""
    return Records(
        people=(name.printed for item in items for name in item.names.all()),
        bodies=(item.organization_printed for item in items),
    )


def suggest_for(items: Sequence[ImportedSpeech]) -> None:
    """Fill in bodies and names of imported speeches from the records, where they are certain.

    What nobody bears is new; what staff called no person or no body before is ignored; everything
    else is for staff to decide. Takes the same number of queries for any number of speeches.
    """
    records = records_for(items)
    for item in items:
        if item.organization_choice == NameChoice.UNRESOLVED:
            _suggest_body(item, records)
    ImportedSpeech.objects.bulk_update(
        items, ["organization", "organization_choice", "organization_name"], SAVED_TOGETHER
    )
    undecided = [
        (item, name)
        for item in items
        for name in item.names.all()
        if name.choice == NameChoice.UNRESOLVED
    ]
    for item, name in undecided:
        _suggest_person(item, name, records)
    ImportedName.objects.bulk_update(
        [name for _item, name in undecided], ["choice", "speaker"], SAVED_TOGETHER
    )


def _suggest_body(item: ImportedSpeech, records: Records) -> None:
    printed = item.organization_printed
    item.organization_id, item.organization_name = records.body(printed), ""
    if item.organization_id is not None:
        item.organization_choice = NameChoice.EXISTING
    elif not printed or records.is_no_body(printed):
        item.organization_choice = NameChoice.IGNORED
    elif records.bodies(printed):
        item.organization_choice = NameChoice.UNRESOLVED
    else:
        item.organization_choice = NameChoice.NEW


def _suggest_person(item: ImportedSpeech, name: ImportedName, records: Records) -> None:
    found = records.people(
        name.printed,
        organization_printed=item.organization_printed,
        organization_id=item.organization_id,
    )
    if found and found[0].certain:
        name.choice, name.speaker_id = NameChoice.EXISTING, found[0].pk
    elif records.is_no_person(name.printed):
        name.choice = NameChoice.IGNORED
    elif not found:
        name.choice = NameChoice.NEW


def replace_names(item: ImportedSpeech, printed: Sequence[str]) -> None:
    """Give a speech the speakers ``printed``; those that stay keep what was decided on them."""
    known = {name.printed: name for name in item.names.all()}
    if list(known) == list(printed):
        return
    item.names.all().delete()
    ImportedName.objects.bulk_create(
        ImportedName(
            item=item,
            position=position,
            printed=name[:60],
            choice=known[name].choice if name in known else NameChoice.UNRESOLVED,
            speaker_id=known[name].speaker_id if name in known else None,
            note=known[name].note if name in known else "",
        )
        for position, name in enumerate(printed)
    )
    forget_prefetched(item)


def forget_prefetched(item: ImportedSpeech) -> None:
    """Have the names of ``item`` read anew."""
    getattr(item, "_prefetched_objects_cache", {}).pop("names", None)


def speaker_for(
    *, name: ImportedName, created: dict[tuple[str, str], Speaker], user: User
) -> Speaker | None:
    """Return the person that staff decided on, made where new; None for what is not a person.

    ``created`` keeps the people made in this batch by name and note, so that a new speaker who
    speaks twice is one person. A printed name that differs is kept as a variant. Raises
    ImportRefused where the name is not decided.
    """
    if name.choice == NameChoice.IGNORED:
        return None
    if name.choice == NameChoice.EXISTING and name.speaker is not None:
        if name.printed != name.speaker.name:
            keep_name(record=name.speaker, name=name.printed, user=user)
        return name.speaker
    if name.choice not in {NameChoice.NEW, NameChoice.HOMONYM}:
        raise ImportRefused(
            _("Speech %(number)s: decide who “%(name)s” is.")
            % {"number": name.item.position, "name": name.printed}
        )
    key = (name.printed, name.note)
    if key not in created:
        created[key] = _new_speaker(name, user)
    name.speaker = created[key]
    name.save(update_fields=["speaker"])
    return created[key]


def keep_name(*, record: Organization | Speaker, name: str, user: User) -> None:
    """Keep another ``name`` under which a body or person is printed, where it is not kept yet."""
    kept: Any = OrganizationAlias if isinstance(record, Organization) else SpeakerVariant
    owner = "organization" if isinstance(record, Organization) else "speaker"
    _row, is_new = kept.objects.get_or_create(name=name, **{owner: record})
    if is_new:
        trail.note(record=record, by=user, what=_("Other name added: %(name)s") % {"name": name})


def _new_speaker(name: ImportedName, user: User) -> Speaker:
    note = name.note
    if name.choice == NameChoice.HOMONYM and not note:
        note = name.item.organization_printed[:60]
    speaker = Speaker(name=name.printed, note=note)
    speaker.full_clean()
    speaker._history_user = user
    speaker.save()
    return speaker


def organization_for(*, item: ImportedSpeech, user: User) -> Organization | None:
    """Return the body that staff decided on, made where new; None for what is no body.

    A printed name that differs from the body's names is kept as an alias, so that the next file is
    understood by itself. Raises ImportRefused where the body is not decided.
    """
    printed = item.organization_printed
    if item.organization_choice == NameChoice.IGNORED or not printed:
        return None
    if item.organization_choice == NameChoice.UNRESOLVED:
        raise ImportRefused(
            _("Speech %(number)s: decide which body “%(name)s” is.")
            % {"number": item.position, "name": printed}
        )
    body = item.organization
    if body is None:
        name = item.organization_name or printed
        body = Organization.objects.filter(name=name).first()
    if body is None:
        body = Organization(name=name, kind=kind_of(name), level=level_of(name))
        body._history_user = user
        body.save()
    if printed not in {body.name, body.short_name}:
        keep_name(record=body, name=printed, user=user)
    return body


def appointments_for(
    *, speaker: Speaker, organization: Organization | None, posts: list[str], user: User
) -> list[Appointment]:
    """Return the person's posts in the body, one for each printed post, made where missing."""
    if organization is None:
        return []
    held = {
        row.post_title: row
        for row in Appointment.objects.filter(speaker=speaker, organization=organization)
    }
    for post in posts:
        if post not in held:
            made = Appointment.objects.create(
                speaker=speaker, organization=organization, post_title=post
            )
            trail.note(record=made, by=user, what=_("Made by an import."), action=ADDITION)
            held[post] = made
    return [held[post] for post in posts]
