"""What a reviewer reads: the text by paragraphs with what was said, its source, its differences."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.safestring import SafeString

from organizations.admin.history import Change
from organizations.colleagues import name_of
from organizations.differences import differences, excerpt
from speeches.admin.display import body_for_reading
from speeches.admin.forms import words_of
from speeches.enums import Action
from speeches.models import Draft, ImportedSpeech, ReviewComment, Speech
from speeches.richtext import RichTextField
from speeches.services import comments


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, as it is shown."""

    comment: ReviewComment
    who: str
    resolver: str
    answers: list[tuple[ReviewComment, str]]


@dataclass(slots=True)
class Paragraph:
    """A paragraph with the threads that hang on it; ``anchor`` is empty for the whole draft."""

    anchor: str
    text: str
    threads: list[Thread] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between an earlier state of a draft and the present one."""

    label: str
    changes: list[Change]
    is_format_only: bool


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a speech was imported from, and what it says there."""

    filename: str
    text: str


def threads_of(draft: Draft) -> list[Thread]:
    """Return what was said of ``draft``, in one query; the open ones come first."""
    rows = list(ReviewComment.objects.about(draft).select_related("author", "resolved_by", "link"))
    answers: dict[int, list[ReviewComment]] = {}
    for row in rows:
        answers.setdefault(row.answers_to_id or 0, []).append(row)
    first = sorted(answers.get(0, []), key=lambda row: row.resolved_at is not None)
    return [
        Thread(
            comment=row,
            who=row.speaker,
            resolver=name_of(row.resolved_by),
            answers=[(reply, reply.speaker) for reply in answers.get(row.pk, [])],
        )
        for row in first
    ]


def paragraphs_of(draft: Draft, threads: Iterable[Thread]) -> tuple[list[Paragraph], list[Thread]]:
    """Return the paragraphs with their threads, and the threads of the draft as a whole.

    Among the latter are those whose paragraph has gone since.
    """
    rows = {a: Paragraph(a, text) for a, text in comments.passages_of(draft).items()}
    whole = []
    for thread in threads:
        if thread.comment.anchor in rows:
            rows[thread.comment.anchor].threads.append(thread)
        else:
            whole.append(thread)
    return list(rows.values()), whole


def text_of(draft: Draft) -> SafeString | str:
    """Return the text as readers will see it; empty for a meeting, which has none."""
    return body_for_reading(draft) if hasattr(draft, "body") else ""


def source_of(draft: Draft) -> Source | None:
    """Return the place in the imported file that a speech came from; None where there is none."""
    if not isinstance(draft, Speech):
        return None
    item = (
        ImportedSpeech.objects.filter(speech=draft).select_related("batch").order_by("-pk").first()
    )
    if item is None:
        return None
    printed = item.batch.source_text[item.source_start : item.source_end]
    return Source(item.batch.filename, printed or "\n".join(item.paragraphs))


def since_review(draft: Draft) -> Comparison | None:
    """Return what changed since a reviewer last decided on the draft; None before that."""
    record = (
        draft.records.filter(action__in=(Action.APPROVE, Action.RETURN))
        .select_related("actor")
        .order_by("-created_at", "-pk")
        .first()
    )
    if record is None:
        return None
    earlier = draft.history.filter(history_date__lte=record.created_at).first()
    if earlier is None:
        return None
    label = f"{record.get_action_display()} {name_of(record.actor)}"
    return compared(label, earlier, draft)


def since_publication(draft: Draft) -> Comparison | None:
    """Return what differs from what readers see now; None where nothing is public."""
    edition = draft.editions.current().first()
    return None if edition is None else compared(str(edition.number), edition, draft)


def compared(label: str, earlier: models.Model, draft: Draft) -> Comparison:
    """Return what differs in the columns between ``earlier``, of any kind, and ``draft``."""
    changes, only_format = [], False
    for column in type(draft).content_fields():
        if isinstance(column, models.FileField):
            continue
        was, now = getattr(earlier, column.attname), getattr(draft, column.attname)
        if was == now:
            continue
        before, after = (
            words_of(column, _shown(earlier, column)),
            words_of(column, _shown(draft, column)),
        )
        if before != after:
            told = excerpt(differences(before, after), around=40)
            changes.append(Change(str(column.verbose_name), told))
        elif isinstance(column, RichTextField):
            only_format = True
    return Comparison(label, changes, only_format)


def _shown(row: models.Model, column: models.Field):
    return getattr(row, column.name if column.is_relation else column.attname)
