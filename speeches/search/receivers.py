"""Names follow the rows of bodies and people, and the index follows a database that was emptied.

``organizations`` knows nothing of speeches and cannot tell the search of a new alias, and ``flush``
knows only the tables of models, so that the search listens: the one place where signals are used
for it.
"""

from typing import Any

from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver

from organizations.models import Organization, OrganizationAlias, Speaker, SpeakerVariant
from speeches.enums import TermKind
from speeches.models.search import Synonym

from . import index, vocabulary


@receiver((post_save, post_delete), sender=Speaker)
@receiver((post_save, post_delete), sender=SpeakerVariant)
def person_changed(instance: Any, **_named: Any) -> None:
    """Take over the names of a person."""
    number = getattr(instance, "speaker_id", instance.pk)
    people = Speaker.objects.filter(pk=number).prefetch_related("variants")
    vocabulary.forget(TermKind.PERSON, number)
    vocabulary.refresh_people(people)


@receiver((post_save, post_delete), sender=Organization)
@receiver((post_save, post_delete), sender=OrganizationAlias)
def body_changed(instance: Any, **_named: Any) -> None:
    """Take over the names of a body."""
    number = getattr(instance, "organization_id", instance.pk)
    bodies = Organization.objects.filter(pk=number).prefetch_related("aliases")
    vocabulary.forget(TermKind.BODY, number)
    vocabulary.refresh_bodies(bodies)


@receiver((post_save, post_delete), sender=Synonym)
def synonym_changed(instance: Synonym, **_named: Any) -> None:
    """Take over a group of words."""
    vocabulary.forget(TermKind.SYNONYM, instance.pk)
    vocabulary.refresh_synonyms(Synonym.objects.filter(pk=instance.pk))


@receiver(post_migrate)
def database_emptied(sender: Any, **_named: Any) -> None:
    """Empty the index of a database that has no documents: ``flush`` ends with this signal."""
    if sender.label == "speeches":
        index.clear_without_documents()
