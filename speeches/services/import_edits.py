"""One step of the work on a batch: locked, counted, logged, and undone by what it kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.colleagues import name_of
from speeches import parsing
from speeches.enums import BatchState, ItemState
from speeches.exceptions import EditConflict, ImportRefused
from speeches.models import ImportBatch, ImportEdit, ImportedName, ImportedSpeech
from speeches.services.blocks import Block

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_ITEM_COLUMNS = (
    "number",
    "title",
    "byline",
    "organization_printed",
    "organization_id",
    "organization_choice",
    "organization_name",
    "posts",
    "on_behalf_of",
    "blocks",
    "figures",
    "source_start",
    "source_end",
    "reordered",
    "confidence",
    "state",
)
_NAME_COLUMNS = ("position", "printed", "choice", "speaker_id", "note")
_OUT_OF_THE_WAY = 1_000_000
"""Above every position of a batch: where speeches wait while they are numbered anew."""


class Edit:
    """What one step may touch of a locked batch; everything is kept as it was before.

    ``told`` says in Chinese what the step does; a step may refine it while it runs.
    """

    def __init__(self, batch: ImportBatch, told: str) -> None:
        self.batch = batch
        self.told = told
        self._before: dict[str, Any] = {}
        self._taken: dict[int, ImportedSpeech] = {}

    @property
    def aside(self) -> list[Block]:
        """The blocks that are in no speech; what is changed here is kept."""
        self._before.setdefault("aside", list(self.batch.aside))
        blocks: list[Block] = self.batch.aside
        return blocks

    def new_key(self) -> int:
        """Return a key for a new block."""
        self.batch.last_key += 1
        return self.batch.last_key

    def take(self, pk: int) -> ImportedSpeech:
        """Return a pending speech of the batch to be changed; it is stored when the step ends.

        Raises ImportRefused for one that is not there or was decided on.
        """
        return self.take_all([pk])[0]

    def take_all(
        self, pks: Sequence[int], *, state: ItemState = ItemState.PENDING
    ) -> list[ImportedSpeech]:
        """Return several speeches that are in ``state``, with two queries; see ``take``."""
        missing = [pk for pk in pks if pk not in self._taken]
        if missing:
            rows = self.batch.items.filter(pk__in=missing, state=state).prefetch_related("names")
            for item in rows:
                self._taken[item.pk] = item
                self._before.setdefault("items", {})[str(item.pk)] = _snapshot(item)
        if any(pk not in self._taken for pk in pks):
            raise ImportRefused(_("This speech was already decided on."))
        return [self._taken[pk] for pk in pks]

    def order(self) -> list[int]:
        """Return the keys of all speeches of the batch in their order."""
        return list(self.batch.items.order_by("position").values_list("pk", flat=True))

    def arrange(self, order: Sequence[int]) -> None:
        """Number the speeches anew, in ``order``."""
        self._before.setdefault("order", self.order())
        arrange(self.batch, order)

    def add_after(self, item: ImportedSpeech, new: ImportedSpeech) -> ImportedSpeech:
        """Store ``new`` as the speech behind ``item``."""
        order = self.order()
        new.batch, new.position = self.batch, len(order) + 1
        new.save()
        self._before.setdefault("created", []).append(new.pk)
        self._taken[new.pk] = new
        order.insert(order.index(item.pk) + 1, new.pk)
        self.arrange(order)
        return new

    def remove(self, item: ImportedSpeech) -> None:
        """Take ``item`` out of the batch for good; undoing brings it back."""
        order = self.order()
        self._before.setdefault("order", order)
        del self._taken[item.pk]
        pk = item.pk
        item.delete()
        self.arrange([other for other in order if other != pk])

    def keep_meeting(self) -> None:
        """Remember title and date of the meeting before they change."""
        held_on = self.batch.meeting_date
        self._before["meeting"] = [
            self.batch.meeting_title,
            held_on.isoformat() if held_on else None,
        ]

    def store(self, user: User, *, can_be_undone: bool = True) -> None:
        """Write everything that changed, and the log."""
        for item in self._taken.values():
            before = self._before.get("items", {}).get(str(item.pk), {})
            texts = [block["text"] for block in before.get("blocks", ())]
            if texts != item.paragraphs:
                figures = parsing.find_figures(item.paragraphs)
                item.figures = [parsing.figure_to_json(figure) for figure in figures]
            if any(before.get(name, item) != getattr(item, name) for name in _ITEM_COLUMNS):
                item.clean_fields(exclude=["batch", "organization", "speech"])
                item.save(update_fields=_ITEM_COLUMNS)
        log(self.batch, user, self.told, self._before if can_be_undone else {})


@contextmanager
def editing(
    *,
    batch: ImportBatch,
    user: User,
    told: str,
    version: int | None = None,
    can_be_undone: bool = True,
) -> Iterator[Edit]:
    """Lock ``batch``, let the caller change it, then store and log the step.

    ``version`` is the version that ``user`` looked at. Raises EditConflict, naming the colleague,
    where somebody changed the batch since; ImportRefused once the batch was decided on.
    """
    with transaction.atomic():
        locked = lock(batch)
        require_open(locked)
        require_version(locked, version)
        edit = Edit(locked, told)
        yield edit
        edit.store(user, can_be_undone=can_be_undone)
    for column in ("version", "last_key", "aside", "meeting_title", "meeting_date", "state"):
        setattr(batch, column, getattr(locked, column))


def lock(batch: ImportBatch) -> ImportBatch:
    """Return the stored row of ``batch``, locked until the transaction ends, without long texts."""
    rows = ImportBatch.objects.select_for_update().defer("source_text", "parsed", "warnings")
    locked: ImportBatch = rows.get(pk=batch.pk)
    return locked


def require_open(batch: ImportBatch) -> None:
    """Raise ImportRefused where nothing of ``batch`` can be changed any more."""
    if batch.state != BatchState.OPEN:
        raise ImportRefused(_("“%(file)s” was already decided on.") % {"file": batch.filename})


def require_version(batch: ImportBatch, version: int | None) -> None:
    """Raise EditConflict where ``batch`` is no longer at ``version``, naming who changed it."""
    if version is None or version == batch.version:
        return
    edit = batch.edits.select_related("user").first()
    raise EditConflict(
        _(
            "%(name)s changed this file at %(time)s (%(step)s). Here is how it stands now: please "
            "look again and repeat your step."
        )
        % {
            "name": name_of(edit.user) if edit else "",
            "time": timezone.localtime(edit.made_at).strftime("%H:%M") if edit else "",
            "step": edit.told if edit else "",
        }
    )


def log(batch: ImportBatch, user: User, told: str, before: dict[str, Any]) -> None:
    """Count a step of a locked batch and keep what it needs to be undone."""
    batch.version += 1
    batch.clean_fields(exclude={"original", *batch.get_deferred_fields()})
    batch.save(
        update_fields=["version", "last_key", "aside", "meeting_title", "meeting_date", "state"]
    )
    ImportEdit.objects.create(
        batch=batch, version=batch.version, user=user, told=told[:200], before=before
    )


def arrange(batch: ImportBatch, order: Sequence[int]) -> None:
    """Give the speeches of ``batch`` the positions from 1, in ``order``: their keys."""
    positions = dict(batch.items.values_list("pk", "position"))
    moved = [
        ImportedSpeech(pk=pk, position=position)
        for position, pk in enumerate(order, start=1)
        if positions.get(pk) != position
    ]
    if moved:
        keys = [item.pk for item in moved]
        batch.items.filter(pk__in=keys).update(position=F("position") + _OUT_OF_THE_WAY)
        ImportedSpeech.objects.bulk_update(moved, ["position"])


def last_step(batch: ImportBatch) -> ImportEdit | None:
    """Return the step that would be undone now, None where there is none."""
    edit = batch.edits.filter(undone=False).first()
    return edit if edit is not None and edit.before else None


def undo(*, batch: ImportBatch, user: User, version: int | None = None) -> ImportEdit:
    """Take back the last step that was not undone yet, and return it.

    Raises ImportRefused where there is none, or it cannot be undone (drafts were made).
    """
    with transaction.atomic():
        locked = lock(batch)
        require_open(locked)
        require_version(locked, version)
        edit = last_step(locked)
        if edit is None:
            raise ImportRefused(_("There is no step to undo."))
        _restore(locked, edit.before)
        edit.undone = True
        edit.save(update_fields=["undone"])
        log(locked, user, _("Undone: %(step)s") % {"step": edit.told}, {})
        locked.edits.filter(version=locked.version).update(undone=True)
    batch.refresh_from_db()
    return edit


def _restore(batch: ImportBatch, before: dict[str, Any]) -> None:
    batch.items.filter(pk__in=before.get("created", ())).delete()
    for pk, row in before.get("items", {}).items():
        _restore_item(batch, int(pk), row)
    if "order" in before:
        arrange(batch, before["order"])
    if "aside" in before:
        batch.aside = before["aside"]
    if "meeting" in before:
        title, held_on = before["meeting"]
        batch.meeting_title = title
        batch.meeting_date = date.fromisoformat(held_on) if held_on else None


def _restore_item(batch: ImportBatch, pk: int, row: dict[str, Any]) -> None:
    columns = {name: row[name] for name in _ITEM_COLUMNS}
    if not batch.items.filter(pk=pk).update(**columns):
        position = row["position"] + 2 * _OUT_OF_THE_WAY
        ImportedSpeech.objects.create(pk=pk, batch=batch, position=position, **columns)
    ImportedName.objects.filter(item_id=pk).delete()
    ImportedName.objects.bulk_create(ImportedName(item_id=pk, **name) for name in row["names"])


def _snapshot(item: ImportedSpeech) -> dict[str, Any]:
    return {
        **{name: getattr(item, name) for name in _ITEM_COLUMNS},
        "blocks": list(item.blocks),
        "position": item.position,
        "names": [
            {"pk": name.pk, **{column: getattr(name, column) for column in _NAME_COLUMNS}}
            for name in item.names.all()
        ],
    }
