"""Editions are added, closed once, and otherwise stay as they are; their hash tells if they do not.

Raw SQL stands for whoever writes to the database past the application.
"""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from organizations.models import Appointment, Organization, Speaker
from speeches.enums import Action, ClosedAs
from speeches.exceptions import EditionImmutable, RecordImmutable
from speeches.models import (
    Figure,
    FigureEdition,
    Indicator,
    Meeting,
    MeetingEdition,
    ReviewRecord,
    Speech,
    SpeechEdition,
    SpeechEditionSpeaker,
    SpeechSpeaker,
    WorkItem,
    WorkItemEdition,
)
from speeches.models.append_only import AppendOnly
from speeches.models.content import SpeakerCredit
from speeches.models.editions import Edition, hash_of
from speeches.services import drafts, reviews
from speeches.services.editions import append_edition

KINDS = (MeetingEdition, SpeechEdition, WorkItemEdition)
PARTS = (SpeechEditionSpeaker, FigureEdition)
IDENTITY = ("number", "published_at", "previous_hash")

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="only PostgreSQL has the triggers: set DATABASE_URL to one",
)


@pytest.fixture
def published(meeting: Meeting, speech: Speech, staff: Any) -> SimpleNamespace:
    """A meeting, a speech in it, and work it tells of, each with its first edition."""
    body = Organization.objects.create(name="白鹭县政协")
    speaker = Speaker.objects.create(name="林清溪")
    SpeechSpeaker.objects.create(speech=speech, speaker=speaker, name_printed="林清溪")
    speech.tags.add("民生")
    work_item = drafts.save_draft(
        draft=WorkItem(title="把协商桌搬到田埂上", speech=speech, organization=body, year=2025),
        user=staff.editor,
    )
    Figure.objects.create(work_item=work_item, printed="19件", low=19, high=19, unit="件")
    pieces = [meeting, speech, work_item]
    for piece in pieces:
        piece.refresh_from_db()
    return SimpleNamespace(
        drafts=dict(zip(KINDS, pieces, strict=True)),
        editions={
            kind: append_edition(draft=piece, user=staff.editor)
            for kind, piece in zip(KINDS, pieces, strict=True)
        },
        user=staff.editor,
    )


def row_of(model: type[models.Model], published: SimpleNamespace) -> Any:
    """The one stored row of ``model``."""
    assert published.editions
    return model._default_manager.get()


def tamper(row: models.Model, column: str, value: Any) -> None:
    """Change a stored row past the application, and past the triggers of PostgreSQL."""
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            f"UPDATE {table} SET {connection.ops.quote_name(column)} = %s WHERE id = %s",  # noqa: S608 - names from the model
            [value, row.pk],
        )
        assert cursor.rowcount == 1
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")


def another_row(model: type[models.Model], user: Any) -> int:
    """The key of a row of ``model`` that no edition names yet."""
    if model is Appointment:
        holder, body = Speaker.objects.create(name="江禾"), Organization.objects.create(name="乙")
        row = Appointment.objects.create(speaker=holder, organization=body, post_title="委员")
    elif model in (Organization, Speaker, Indicator):
        row = model._default_manager.create(name="另一个")
    elif model is Meeting:
        row = Meeting.objects.create(slug="another", title="另一个", author=user)
    elif model is Speech:
        row = Speech.objects.create(meeting=Meeting.objects.get(), title="另一个", author=user)
    else:
        row = WorkItem.objects.create(title="另一个", author=user)
    return row.pk


OTHER_VALUES: dict[type[models.Field], Any] = {
    models.JSONField: '["改"]',
    models.DateTimeField: datetime(2001, 1, 1, tzinfo=UTC),
    models.DateField: date(2001, 1, 1),
    models.IntegerField: 7,
    models.DecimalField: 7,
    models.Field: "改",
}


def another_value(field: models.Field, row: models.Model, user: Any) -> Any:
    """A value for the column of ``field`` that ``row`` does not have."""
    if field.is_relation:
        return another_row(field.related_model, user)
    if isinstance(field, models.BooleanField):
        return not getattr(row, field.attname)
    return next(value for kind, value in OTHER_VALUES.items() if isinstance(field, kind))


CONTENT = [
    (model, field.name)
    for model, fields in (
        *((kind, [*kind.content_fields(), *map(kind._meta.get_field, IDENTITY)]) for kind in KINDS),
        (
            FigureEdition,
            [*FigureEdition.content_fields(), FigureEdition._meta.get_field("verified")],
        ),
    )
    for field in fields
] + [
    *((kind, kind.DRAFT_FIELD) for kind in KINDS),
    *((SpeechEditionSpeaker, name) for name in ("speaker", "name_printed", "appointment")),
]


# The hash


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_edition_carries_its_hash(kind, published):
    edition = row_of(kind, published)
    assert edition.content_hash == edition.computed_hash()
    assert len(edition.content_hash) == 64
    assert edition.content() == published.drafts[kind].content()


@pytest.mark.parametrize(
    ("model", "name"), CONTENT, ids=[f"{model.__name__}-{name}" for model, name in CONTENT]
)
def test_a_change_of_any_one_column_shows_in_the_hash(model, name, published):
    row = row_of(model, published)
    field = model._meta.get_field(name)
    value = another_value(field, row, published.user)
    tamper(row, field.column, value)
    stored = row_of(model, published)
    edition = stored if isinstance(stored, Edition) else type(stored.edition).objects.get()
    assert edition.computed_hash() != edition.content_hash


def test_every_content_column_is_covered():
    for kind, base in zip(KINDS, (Meeting, Speech, WorkItem), strict=True):
        assert {name for model, name in CONTENT if model is kind} >= {
            field.name for field in base.content_fields()
        }
    credit = {field.name for field in SpeakerCredit._meta.local_fields} - {"position"}
    assert credit == {name for model, name in CONTENT if model is SpeechEditionSpeaker}


def test_the_order_of_speakers_shows_in_the_hash(published):
    draft = published.drafts[SpeechEdition]
    SpeechSpeaker.objects.create(
        speech=draft, speaker=Speaker.objects.create(name="江禾"), position=1
    )
    edition = append_edition(draft=draft, user=published.user)
    assert edition.computed_hash() == edition.content_hash
    tamper(edition.credits.get(position=1), "position", 0)
    tamper(edition.credits.order_by("pk").first(), "position", 1)
    assert SpeechEdition.objects.get(number=2).computed_hash() != edition.content_hash


def test_a_removed_part_shows_in_the_hash(published):
    edition = row_of(WorkItemEdition, published)
    figure = edition.figures.get()
    tamper(
        figure,
        "edition_id",
        append_edition(draft=published.drafts[WorkItemEdition], user=published.user).pk,
    )
    assert WorkItemEdition.objects.get(number=1).computed_hash() != edition.content_hash


def test_the_next_edition_follows_from_the_one_before(published):
    for kind in KINDS:
        first = row_of(kind, published)
        second = append_edition(draft=published.drafts[kind], user=published.user)
        assert (second.number, second.previous_hash) == (2, first.content_hash)
        assert second.first_published_at == first.published_at
        assert second.content() == first.content()
        assert second.content_hash != first.content_hash


def test_the_hash_does_not_hang_on_the_order_of_names():
    assert hash_of(a=1, b="字") == hash_of(b="字", a=1) != hash_of(a=1, b="")


# What an edition is called, and where it is read


def test_editions_are_read_at_addresses_that_later_editions_keep(published):
    for kind in KINDS:
        draft = published.drafts[kind]
        first = row_of(kind, published)
        second = append_edition(draft=draft, user=published.user)
        assert second.get_absolute_url() == first.get_absolute_url()
        assert first.draft_id == draft.pk
    assert MeetingEdition.objects.current().get().get_absolute_url() == "/meetings/qinghe-2025/"


def test_rows_are_named_by_their_words(published):
    for kind in KINDS:
        assert str(row_of(kind, published)) == published.drafts[kind].title
    assert str(row_of(FigureEdition, published)) == "19件"
    assert str(row_of(SpeechEditionSpeaker, published)) == "林清溪"
    assert str(SpeechSpeaker(speaker=Speaker(name="江禾", note="仅供内部区分"))) == "江禾"
    assert str(Indicator(name="提案数")) == "提案数"


def test_a_review_record_tells_the_step_and_the_time(speech, staff):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
    record = ReviewRecord.objects.get()
    assert str(record) == f"{record.get_action_display()} {record.created_at:%Y-%m-%d %H:%M}"


# Append-only


@pytest.mark.parametrize("model", [*KINDS, *PARTS])
def test_a_stored_row_is_neither_saved_nor_deleted(model, published):
    row = row_of(model, published)
    with pytest.raises(EditionImmutable, match="版本不可"):
        row.save()
    with pytest.raises(EditionImmutable, match="版本不可"):
        row.delete()
    assert row_of(model, published) == row


@pytest.mark.parametrize("model", [*KINDS, *PARTS])
def test_stored_rows_are_not_changed_in_bulk(model, published):
    row = row_of(model, published)
    before = model.objects.values().get()
    field = next(field for field in model._meta.fields if field.name in {"title", "position"})
    for change in (
        lambda: model.objects.all().update(**{field.name: 7}),
        lambda: model.objects.bulk_update([row], [field.name]),
        lambda: model.objects.all().delete(),
        lambda: model.objects.filter(pk=row.pk).delete(),
        lambda: model.objects.update_or_create(pk=row.pk, defaults={field.name: 7}),
    ):
        with pytest.raises(EditionImmutable), transaction.atomic():
            change()
    assert model.objects.values().get() == before


def test_a_stored_row_is_not_replaced_by_a_new_one_of_its_number(published):
    edition = row_of(MeetingEdition, published)
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingEdition(pk=edition.pk, meeting=edition.meeting, title="另一个").save()


def test_a_draft_with_an_edition_cannot_be_deleted(published):
    for draft in published.drafts.values():
        with pytest.raises((models.ProtectedError, EditionImmutable)), transaction.atomic():
            draft.delete()


def test_a_review_record_is_neither_changed_nor_deleted(speech, staff):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
    record = ReviewRecord.objects.get()
    record.opinion = "改过的意见"
    for change in (
        record.save,
        record.delete,
        lambda: ReviewRecord.objects.update(opinion="改过的意见"),
        lambda: ReviewRecord.objects.bulk_update([record], ["opinion"]),
        lambda: ReviewRecord.objects.all().delete(),
        lambda: speech.records.update(opinion="改过的意见"),
        lambda: speech.records.all().delete(),
    ):
        with pytest.raises(RecordImmutable, match="审核记录不可"), transaction.atomic():
            change()
    assert ReviewRecord.objects.get().opinion == ""


def test_every_table_of_editions_is_append_only():
    assert all(issubclass(model, AppendOnly) for model in [*KINDS, *PARTS, ReviewRecord])


# Closing


@pytest.mark.parametrize("kind", KINDS)
def test_an_edition_is_closed_once(kind, published):
    at = timezone.now()
    rows = kind.objects.all()
    assert rows.close(at=at, closed_as=ClosedAs.WITHDRAWN) == 1
    assert rows.close(at=timezone.now(), closed_as=ClosedAs.SUPERSEDED) == 0
    closed = row_of(kind, published)
    assert (closed.closed_at, closed.closed_as) == (at, ClosedAs.WITHDRAWN)
    assert closed.computed_hash() == closed.content_hash


@pytest.mark.parametrize("kind", KINDS)
def test_what_readers_see_agrees_with_the_query(kind, published):
    append_edition(draft=published.drafts[kind], user=published.user)
    current = set(kind.objects.current())
    assert [edition.number for edition in current] == [2]
    for edition in kind.objects.all():
        assert edition.is_current() is (edition in current)


@pytest.mark.parametrize("kind", KINDS)
def test_the_database_holds_one_current_edition_and_one_of_each_number(kind, published):
    first = row_of(kind, published)
    fields = {field.name: getattr(first, field.name) for field in kind._meta.fields}
    for number, closed in ((2, {}), (1, {"closed_at": timezone.now(), "closed_as": "withdrawn"})):
        double = kind(**{**fields, "id": None, "number": number, **closed})
        with pytest.raises(IntegrityError), transaction.atomic():
            double.save()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("column", "value"), [("closed_as", "withdrawn"), ("closed_at", "now")])
def test_the_database_refuses_to_close_by_halves(kind, column, value, published):
    half = timezone.now() if value == "now" else value
    with pytest.raises(IntegrityError), transaction.atomic():
        tamper(row_of(kind, published), column, half)


# What the database itself refuses


def execute(statement: str, row: models.Model, *values: Any) -> None:
    table = connection.ops.quote_name(row._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table), [*values, row.pk])


CHANGE_EDITION = "UPDATE {table} SET number = number + 1 WHERE id = %s"
CHANGE_PART = "UPDATE {table} SET position = position + 1 WHERE id = %s"
DELETE = "DELETE FROM {table} WHERE id = %s"
CLOSE = "UPDATE {table} SET closed_at = %s, closed_as = %s WHERE id = %s"


@pytest.mark.postgresql
@on_postgresql
@pytest.mark.parametrize("model", [*KINDS, *PARTS])
def test_postgresql_refuses_to_change_or_delete_what_is_published(model, published):
    row = row_of(model, published)
    for statement in (CHANGE_PART if model in PARTS else CHANGE_EDITION, DELETE):
        with pytest.raises(IntegrityError, match="append-only"):
            execute(statement, row)
    assert row_of(model, published) == row


@pytest.mark.postgresql
@on_postgresql
@pytest.mark.parametrize("kind", KINDS)
def test_postgresql_lets_an_edition_be_closed_once(kind, published):
    row = row_of(kind, published)
    with pytest.raises(IntegrityError, match="append-only"):
        execute(
            "UPDATE {table} SET closed_at = %s, closed_as = 'withdrawn', number = 7 WHERE id = %s",
            row,
            timezone.now(),
        )
    execute(CLOSE, row, timezone.now(), ClosedAs.WITHDRAWN)
    for again in ((timezone.now(), ClosedAs.SUPERSEDED), (None, "")):
        with pytest.raises(IntegrityError, match="append-only"):
            execute(CLOSE, row, *again)
    assert row_of(kind, published).closed_as == ClosedAs.WITHDRAWN


@pytest.mark.postgresql
@on_postgresql
def test_postgresql_refuses_to_change_or_delete_a_review_record(speech, staff):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
    record = ReviewRecord.objects.get()
    for statement in ("UPDATE {table} SET opinion = 'x' WHERE id = %s", DELETE):
        with pytest.raises(IntegrityError, match="append-only"):
            execute(statement, record)
    assert ReviewRecord.objects.get().opinion == ""
