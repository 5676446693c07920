"""Whose name is that? Matching printed names to people and bodies, never guessing between two."""

from __future__ import annotations

from django.utils.translation import gettext as _

from organizations.models import Appointment, Organization, Speaker, SpeakerVariant
from organizations.recognition import kind_of, level_of
from speeches.enums import NameChoice
from speeches.exceptions import ImportRefused
from speeches.models import ImportedName, ImportedSpeech


def organization_named(name: str) -> Organization | None:
    """Return the body called ``name`` in full, in short or by alias; None for none or several."""
    found = list(Organization.objects.named(name)[:2]) if name else []
    return found[0] if len(found) == 1 else None


def suggest(
    *, printed: str, organization: Organization | None
) -> tuple[NameChoice, Speaker | None]:
    """Return what the records say about a printed name.

    A name nobody bears is a new speaker. One person of that name who holds a post in the same
    body is that person. Everything else is for staff to decide.
    """
    found = list(Speaker.objects.named(printed)[:2])
    if not found:
        return NameChoice.NEW, None
    if organization is not None:
        here = [person for person in found if _serves(person, organization)]
        if len(here) == 1:
            return NameChoice.EXISTING, here[0]
    return NameChoice.UNRESOLVED, None


def _serves(speaker: Speaker, organization: Organization) -> bool:
    return Appointment.objects.filter(speaker=speaker, organization=organization).exists()


def suggest_for(item: ImportedSpeech) -> None:
    """Fill in body and names of an imported speech from the records, where they are certain."""
    item.organization = organization_named(item.organization_printed)
    item.save(update_fields=["organization"])
    for name in item.names.filter(choice=NameChoice.UNRESOLVED):
        name.choice, name.speaker = suggest(printed=name.printed, organization=item.organization)
        name.save(update_fields=["choice", "speaker"])


def speaker_for(*, name: ImportedName, created: dict[tuple[str, str], Speaker]) -> Speaker | None:
    """Return the person that staff decided on, made where new; None for what is not a person.

    ``created`` keeps the people made in this batch by name and note, so that a new speaker who
    speaks twice is one person. A printed name that differs is kept as a variant. Raises
    ImportRefused where the name is not decided.
    """
    if name.choice == NameChoice.IGNORED:
        return None
    if name.choice == NameChoice.EXISTING and name.speaker is not None:
        _keep_variant(name.speaker, name.printed)
        return name.speaker
    if name.choice not in {NameChoice.NEW, NameChoice.HOMONYM}:
        raise ImportRefused(
            _("Speech %(number)s: decide who “%(name)s” is.")
            % {"number": name.item.position, "name": name.printed}
        )
    key = (name.printed, name.note)
    if key not in created:
        created[key] = _new_speaker(name)
    return created[key]


def _keep_variant(speaker: Speaker, printed: str) -> None:
    if printed != speaker.name:
        SpeakerVariant.objects.get_or_create(speaker=speaker, name=printed)


def _new_speaker(name: ImportedName) -> Speaker:
    note = name.note
    if name.choice == NameChoice.HOMONYM and not note:
        note = name.item.organization_printed[:60]
    speaker = Speaker(name=name.printed, note=note)
    speaker.full_clean()
    speaker.save()
    return speaker


def organization_for(item: ImportedSpeech) -> Organization | None:
    """Return the body of an imported speech, made where nobody is called so yet."""
    if item.organization is not None or not item.organization_printed:
        return item.organization
    found = organization_named(item.organization_printed)
    if found is None:
        name = item.organization_printed
        found, _created = Organization.objects.get_or_create(
            name=name, defaults={"kind": kind_of(name), "level": level_of(name)}
        )
    return found


def appointments_for(
    *, speaker: Speaker, organization: Organization | None, posts: list[str]
) -> list[Appointment]:
    """Return the person's posts in the body, one for each printed post, made where missing."""
    if organization is None:
        return []
    held = {
        row.post_title: row
        for row in Appointment.objects.filter(speaker=speaker, organization=organization)
    }
    return [
        held.get(post)
        or Appointment.objects.create(speaker=speaker, organization=organization, post_title=post)
        for post in posts
    ]
