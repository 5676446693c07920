"""Accepting an import: the meeting, speeches, people and highlighted work, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organizations.models import Speaker
from speeches.enums import BatchState, ItemState, NameChoice
from speeches.exceptions import ImportRefused
from speeches.models import (
    ImportBatch,
    ImportedSpeech,
    Meeting,
    Speech,
    SpeechSpeaker,
    WorkItem,
)
from speeches.services import drafts, highlights, import_edits, import_pictures, names, repeats
from speeches.services.merging import Comparison
from speeches.services.slugs import free_slug

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(slots=True)
class Acceptance:
    """What an acceptance did. ``problems`` names the speeches left pending, and why."""

    meeting: Meeting
    created: list[Speech] = field(default_factory=list)
    updated: list[Speech] = field(default_factory=list)
    skipped: list[ImportedSpeech] = field(default_factory=list)
    work_items: list[WorkItem] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def accept(
    *,
    batch: ImportBatch,
    user: User,
    items: Iterable[ImportedSpeech] | None = None,
    leave_undecided: bool = False,
    version: int | None = None,
) -> Acceptance:
    """Create or update drafts from all pending speeches of ``batch``, or from ``items``.

    Raises ImportRefused, naming every open question, where a name is not decided; with
    ``leave_undecided`` those speeches stay pending and are told in ``problems``. The batch is
    accepted once nothing is pending. Accepting again does nothing. Raises EditConflict where
    somebody changed the batch after ``version``. What was edited before cannot be undone then.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.ACCEPTED:
        import_edits.require_open(batch)
    import_edits.require_version(batch, version)
    chosen = None if items is None else {item.pk for item in items}
    pending = [
        item
        for item in batch.items.filter(state=ItemState.PENDING).prefetch_related("names")
        if chosen is None or item.pk in chosen
    ]
    problems = {item.pk: problem for item in pending if (problem := open_question(item))}
    if problems and not leave_undecided:
        raise ImportRefused("\n".join(problems.values()))
    result = Acceptance(meeting=_meeting_for(batch, user), problems=list(problems.values()))
    new_speakers: dict[tuple[str, str], Speaker] = {}
    for item in pending:
        if item.pk not in problems:
            _accept_item(item, result, new_speakers, user)
    if not batch.items.filter(state=ItemState.PENDING).exists():
        batch.state = BatchState.ACCEPTED
    batch.meeting = result.meeting
    batch.save(update_fields=["meeting"])
    if pending:
        import_edits.log(batch, user, _("Drafts made"), {})
    return result


def open_question(item: ImportedSpeech) -> str:
    """Return what of ``item`` is not decided on, in words; empty where all is."""
    undecided = [name.printed for name in item.names.all() if name.choice == NameChoice.UNRESOLVED]
    if item.organization_printed and item.organization_choice == NameChoice.UNRESOLVED:
        undecided.append(item.organization_printed)
    if not undecided and import_pictures.undecided(item):
        return _("Speech %(number)s “%(title)s”: decide on its pictures.") % {
            "number": item.position,
            "title": item.title,
        }
    if not undecided:
        return ""
    return _("Speech %(number)s “%(title)s”: decide who “%(names)s” is.") % {
        "number": item.position,
        "title": item.title,
        "names": "、".join(undecided),
    }


def _meeting_for(batch: ImportBatch, user: User) -> Meeting:
    if batch.meeting is not None:
        return batch.meeting
    if not batch.meeting_title.strip():
        raise ImportRefused(
            _("“%(file)s” names no meeting: fill in its title first.") % {"file": batch.filename}
        )
    known: Meeting | None = Meeting.objects.filter(
        title=batch.meeting_title, start_date=batch.meeting_date
    ).first()
    if known is not None and not repeats.is_denied(batch):
        return known
    parsed = batch.parsed
    meeting = Meeting(
        title=batch.meeting_title,
        slug=free_slug(batch.meeting_title, str(batch.meeting_date or "")),
        kicker=parsed.get("kicker", "")[:200],
        subtitle=parsed.get("label", "").strip("()（）")[:200],
        start_date=batch.meeting_date,
        editors_note=parsed.get("editors_note", ""),
        source_newspaper=parsed.get("newspaper", "")[:60],
        source_issue=parsed.get("issue_date", "")[:60],
        source_page=parsed.get("page", "")[:30],
    )
    try:
        with transaction.atomic():
            return drafts.save_draft(draft=meeting, user=user)
    except IntegrityError as error:
        raise ImportRefused(
            _("“%(title)s” was created by somebody else meanwhile; please try again.")
            % {"title": batch.meeting_title}
        ) from error


def _accept_item(
    item: ImportedSpeech,
    result: Acceptance,
    new_speakers: dict[tuple[str, str], Speaker],
    user: User,
) -> None:
    known = Speech.objects.filter(
        meeting=result.meeting, title=title_of(item), byline=item.byline
    ).first()
    if known is not None and not drafts.may_edit(draft=known, user=user):
        item.state = ItemState.SKIPPED
        result.skipped.append(item)
    elif known is not None:
        item.speech = _save_speech(item, known, new_speakers, user)
        item.state = ItemState.UPDATED
        result.updated.append(known)
    else:
        work_items = accept_new(
            item=item,
            speech=Speech(meeting=result.meeting, position=item.position),
            new_speakers=new_speakers,
            user=user,
        )
        result.created.append(cast("Speech", item.speech))
        result.work_items += work_items
    item.save(update_fields=["state", "speech"])


def accept_new(
    *,
    item: ImportedSpeech,
    speech: Speech,
    new_speakers: dict[tuple[str, str], Speaker],
    user: User,
) -> list[WorkItem]:
    """Make the unsaved ``speech`` the draft of ``item``; return its highlighted work.

    ``item`` is told of it, but not saved.
    """
    item.speech = _save_speech(item, speech, new_speakers, user)
    item.state = ItemState.CREATED
    return highlights.create_work_items(item=item, speech=speech, user=user)


def title_of(item: ImportedSpeech) -> str:
    """Return the title of the draft that ``item`` becomes, made of its signature where none is."""
    speakers = "、".join(name.printed for name in item.names.all())
    return item.title or _("Speech by %(names)s") % {"names": speakers or item.byline}


def _save_speech(
    item: ImportedSpeech,
    speech: Speech,
    new_speakers: dict[tuple[str, str], Speaker],
    user: User,
) -> Speech:
    speech.title = title_of(item)
    take_signature(item=item, speech=speech, user=user)
    merge = Comparison(speech.body, item.paragraphs, item.bold).merged()
    speech.body = import_pictures.illustrate(
        item=item, body=merge.body, anchors=merge.anchors, user=user
    )
    speech.source = speech.meeting.source_newspaper
    drafts.save_draft(draft=speech, user=user)
    credit_speakers(item=item, speech=speech, new_speakers=new_speakers, user=user)
    return speech


def take_signature(*, item: ImportedSpeech, speech: Speech, user: User) -> None:
    """Give ``speech``, which is not saved, the signature of ``item`` and the body it names."""
    speech.byline = item.byline
    speech.organization_printed = item.organization_printed
    speech.organization = names.organization_for(item=item, user=user)
    speech.posts_printed = item.posts
    speech.on_behalf_of = item.on_behalf_of


def credit_speakers(
    *,
    item: ImportedSpeech,
    speech: Speech,
    new_speakers: dict[tuple[str, str], Speaker],
    user: User,
) -> None:
    """Make the people named in ``item`` the speakers of the stored ``speech``, in order.

    ``new_speakers`` keeps those made in this import (``names.speaker_for``).
    """
    speech.credits.all().delete()
    for position, name in enumerate(item.names.all()):
        speaker = names.speaker_for(name=name, created=new_speakers, user=user)
        if speaker is not None:
            posts = names.appointments_for(
                speaker=speaker, organization=speech.organization, posts=item.posts, user=user
            )
            SpeechSpeaker.objects.create(
                speech=speech,
                position=position,
                speaker=speaker,
                name_printed=name.printed,
                appointment=posts[0] if posts else None,
            )
