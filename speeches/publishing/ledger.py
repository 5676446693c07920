"""Checking the chain of editions: numbers, hashes, and the records that name them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _

from speeches.enums import Action, ClosedAs
from speeches.models.editions import Edition, MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.models.reviews import ReviewRecord

KINDS: tuple[type[Edition], ...] = (MeetingEdition, SpeechEdition, WorkItemEdition)
RELATED = {
    MeetingEdition: (),
    SpeechEdition: ("credits",),
    WorkItemEdition: ("figures",),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was published; ``place`` names the edition."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}：{self.message}"


def verify(kind: type[Edition], using: str = DEFAULT_DB_ALIAS) -> Iterator[Difference | None]:
    """Check every edition of ``kind`` in order; yield None for a sound row, else what differs.

    Checked are: numbers from 1 without a gap, the hash of the edition before, the hash of the
    content, that only the last edition is open, and that each publication and withdrawal on
    record names an edition that exists. ``using`` names another database, such as a restored one.
    """
    before: Edition | None = None
    hashes: dict[int, set[str]] = defaultdict(set)
    rows = (
        kind.objects.using(using)
        .order_by(kind.DRAFT_FIELD, "number")
        .prefetch_related(*RELATED[kind])
    )
    for edition in rows.iterator(chunk_size=500):
        same = before is not None and before.draft_id == edition.draft_id
        hashes[edition.draft_id].add(edition.content_hash)
        differences = list(_differences(edition, before if same else None))
        yield from differences or [None]
        before = edition
    yield from _unknown_records(kind, hashes, using)


def _differences(edition: Edition, before: Edition | None) -> Iterator[Difference]:
    place = f"{edition._meta.verbose_name} {edition.draft_id}/{edition.number}"
    if edition.number != (before.number + 1 if before else 1):
        yield Difference(place, _("an edition before it is missing"))
    if edition.previous_hash != (before.content_hash if before else ""):
        yield Difference(place, _("it does not follow from the edition before"))
    if edition.computed_hash() != edition.content_hash:
        yield Difference(place, _("its content is not what was published"))
    if before is not None and before.closed_at is None:
        yield Difference(place, _("the edition before was never closed"))


def _unknown_records(
    kind: type[Edition], hashes: dict[int, set[str]], using: str
) -> Iterator[Difference]:
    content_types = ContentType.objects.db_manager(using)
    records = ReviewRecord.objects.using(using).filter(
        content_type=content_types.get_for_model(kind.draft_model()),
        action__in=[Action.PUBLISH, Action.WITHDRAW],
    )
    withdrawn: dict[int, str] = {}
    for record in records.order_by("pk").iterator(chunk_size=2000):
        if record.edition_hash not in hashes[record.object_id]:
            place = f"{kind._meta.verbose_name} {record.object_id}"
            yield Difference(place, _("an edition that is on record is missing"))
        elif record.action == Action.WITHDRAW:
            withdrawn[record.object_id] = record.edition_hash
    for edition in (
        kind.objects.using(using)
        .filter(closed_as=ClosedAs.WITHDRAWN)
        .only(kind.DRAFT_FIELD, "number", "content_hash")
    ):
        if edition.draft_id not in withdrawn:
            place = f"{kind._meta.verbose_name} {edition.draft_id}/{edition.number}"
            yield Difference(place, _("it was closed without a withdrawal on record"))
