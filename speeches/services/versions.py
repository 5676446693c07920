"""The earlier states of a draft, and bringing one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import Appointment, Speaker
from speeches.exceptions import TransitionRefused
from speeches.models import Draft, Figure, Indicator, Speech, SpeechSpeaker, WorkItem
from speeches.services import drafts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PLACE = frozenset({"meeting_id", "position", "slug"})
"""The columns that tell where a draft stands, which no earlier text brings back."""


@transaction.atomic
def note_parts(*, draft: Draft) -> None:
    """Note the speakers, figures and topics with the newest state, once they are stored too."""
    newest = draft.history.first()
    if newest is not None and newest.kept_parts != draft.parts():
        type(newest).objects.filter(pk=newest.pk).update(kept_parts=draft.parts())


@transaction.atomic
def restore(*, draft: Draft, version: int, user: User, expected_version: int) -> Draft:
    """Store the state ``version`` of the history as a new one; return the draft.

    Words, signature, speakers, figures and topics come back; the draft's stage and its place do
    not. What was linked and is gone since stays unlinked. States from before speakers, figures and
    topics were kept leave these as they are. Raises TransitionRefused where there is no such state
    or ``user`` may not edit, EditConflict on a stale version, ValidationError where the old state
    is not valid any more.
    """
    stored = drafts.locked(draft, expected_version=expected_version)
    earlier = stored.history.filter(pk=version).exclude(history_type="-").first()
    if earlier is None:
        raise TransitionRefused(_("There is no such version."))
    for field in stored.content_fields():
        if field.attname not in PLACE:
            setattr(stored, field.attname, _kept(field, getattr(earlier, field.attname)))
    at = timezone.localtime(earlier.history_date).strftime("%Y-%m-%d %H:%M:%S")
    stored._change_reason = _("Restored from the version of %(at)s") % {"at": at}
    drafts.save_draft(draft=stored, user=user, expected_version=expected_version)
    if earlier.kept_parts is not None:
        _restore_parts(stored, earlier.kept_parts)
        note_parts(draft=stored)
    return stored


def _kept(field: models.Field[Any, Any], value: Any) -> Any:
    """Return ``value``, or None for a row that is gone."""
    related = field.related_model
    if value is None or related is None or isinstance(related, str):
        return value
    return value if related._default_manager.filter(pk=value).exists() else None


def _restore_parts(draft: Draft, parts: dict[str, Any]) -> None:
    if isinstance(draft, Speech):
        _restore_speakers(draft, parts.get("speakers", []))
    elif isinstance(draft, WorkItem):
        _restore_figures(draft, parts.get("figures", []))
    if isinstance(draft, (Speech, WorkItem)):
        draft.tags.set(parts.get("topics", []))


def _restore_speakers(speech: Speech, told: list[list[Any]]) -> None:
    people = Speaker.objects.in_bulk([row[0] for row in told])
    posts = Appointment.objects.in_bulk([row[2] for row in told if row[2]])
    speech.credits.all().delete()
    for position, (person, printed, post) in enumerate(told):
        if person in people:
            SpeechSpeaker.objects.create(
                speech=speech,
                position=position,
                speaker=people[person],
                name_printed=printed,
                appointment=posts.get(post),
            )


def _restore_figures(item: WorkItem, told: list[dict[str, Any]]) -> None:
    """Bring figures back; one that stands there now as it did then stays verified."""
    present = [(figure.content(), figure) for figure in item.figures.all()]
    columns = [field.attname for field in Figure.content_fields()]
    known = set(Indicator.objects.values_list("pk", flat=True))
    wanted = []
    for row in told:
        same = next((figure for content, figure in present if content == row), None)
        values = {name: row[name] for name in columns}
        if values["indicator_id"] not in known:
            values["indicator_id"] = None
        wanted.append(
            Figure(
                work_item=item,
                verified_by=same.verified_by if same else None,
                verified_at=same.verified_at if same else None,
                **values,
            )
        )
    item.figures.all().delete()
    for figure in wanted:
        figure.save()
