"""One speech of a file beside the draft it repeats: its differences, and which of them to take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from speeches.enums import RevisionChoice, Stage
from speeches.models import ImportedSpeech, RevisedSpeech, Speech, WorkItem
from speeches.parsing.matching import Kind, match_paragraphs, plain
from speeches.services.acceptance import title_of
from speeches.services.highlights import proposals
from speeches.services.merging import Change, Comparison
from speeches.services.particulars import (
    POSITION,
    SIGNATURE,
    TITLE,
    FieldChange,
    hash_of,
    particulars_of_draft,
    particulars_of_item,
)


class Status(StrEnum):
    """What became of a speech; a moved one has a new position besides."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEW = "new"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Offer:
    """A paragraph of the file, by its place from 0, that could become highlighted work."""

    paragraph: int
    title: str
    is_default: bool


@dataclass
class Revision:
    """A speech of the file (``item``), the draft it is (``speech``), or one without the other.

    ``base`` is the imported speech that the draft was last compared with; ``stored`` what staff
    said; ``position`` the one it gets, where it is new or moved; ``obstacle`` why the draft can't
    be changed now, in words; ``is_hidden`` that its text is not for these eyes; ``work`` the
    highlighted work drawn from it.
    """

    item: ImportedSpeech | None
    speech: Speech | None
    base: ImportedSpeech | None = None
    stored: RevisedSpeech | None = None
    position: int | None = None
    obstacle: str = ""
    is_hidden: bool = False
    work: list[WorkItem] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The name of the row on a page."""
        return f"i{self.item.pk}" if self.item else f"s{self.speech.pk if self.speech else ''}"

    @property
    def title(self) -> str:
        """The title in the file, else that of the draft."""
        return title_of(self.item) if self.item else str(self.speech)

    @cached_property
    def status(self) -> Status:
        """What became of the speech in the file."""
        if self.speech is None:
            return Status.NEW
        if self.item is None:
            return Status.MISSING
        return Status.CHANGED if self.offered or self.by_hand else Status.UNCHANGED

    @property
    def has_moved(self) -> bool:
        """Whether a draft that is there gets another position."""
        return self.speech is not None and self.position is not None

    # What differs

    @cached_property
    def comparison(self) -> Comparison:
        """The two texts; the empty text for what is not there."""
        return Comparison(
            self.speech.body if self.speech else "",
            self.item.paragraphs if self.item else [],
            self.item.bold if self.item else [],
        )

    @cached_property
    def fields(self) -> list[FieldChange]:
        """The fields that differ, blanks apart."""
        if self.item is None or self.speech is None:
            return []
        before, after = particulars_of_draft(self.speech), particulars_of_item(self.item)
        base = particulars_of_item(self.base) if self.base else {}
        return [
            FieldChange(name, before[name], after[name], is_own=base.get(name) == after[name])
            for name in after
            if plain(before[name]) != plain(after[name])
        ]

    @cached_property
    def changes(self) -> list[Change]:
        """The paragraphs, in the order in which they are compared."""
        return self.comparison.changes

    @cached_property
    def own(self) -> frozenset[str]:
        """The keys of the differences that were made here, not in the file."""
        return frozenset(
            [change.key for change in self.changes if self._is_own(change)]
            + [key for key in (TITLE, SIGNATURE) if self._is_own_field(key)]
        )

    def _is_own(self, change: Change) -> bool:
        if self.base is None or change.kind is Kind.SAME:
            return False
        if change.kind is Kind.REMOVED:
            return plain(change.before) not in self._base_paragraphs
        if change.kind is Kind.MOVED and change.theirs in self._moved_by_file:
            return False
        return plain(change.after) in self._base_paragraphs

    def _is_own_field(self, key: str) -> bool:
        return all(change.is_own for change in self.fields if change.key == key)

    @cached_property
    def _base_paragraphs(self) -> frozenset[str]:
        return frozenset(map(plain, self.base.paragraphs if self.base else ()))

    @cached_property
    def _moved_by_file(self) -> frozenset[int | None]:
        if self.base is None or self.item is None:
            return frozenset()
        pairs = match_paragraphs(self.base.paragraphs, self.item.paragraphs)
        return frozenset(pair.theirs for pair in pairs if pair.kind is Kind.MOVED)

    @cached_property
    def different(self) -> frozenset[str]:
        """The keys of all that can be taken from the file."""
        keys = {change.key for change in self.fields} | {
            change.key
            for change in self.changes
            if change.kind is not Kind.SAME and not change.by_hand
        }
        return frozenset(keys | ({POSITION} if self.has_moved else set()))

    @cached_property
    def offered(self) -> frozenset[str]:
        """The keys of what the file changed."""
        return self.different - self.own

    @cached_property
    def by_hand(self) -> list[Change]:
        """What the file changed in tables and pictures, where staff must change it themselves."""
        return [
            change
            for change in self.changes
            if change.by_hand and change.kind is not Kind.SAME and change.key not in self.own
        ]

    # What staff decide

    @property
    def choices(self) -> list[RevisionChoice]:
        """What staff may decide, most likely first."""
        if self.status is Status.MISSING:
            return [RevisionChoice.KEEP, RevisionChoice.WITHDRAW]
        if self.status is Status.NEW:
            return [RevisionChoice.TAKE, RevisionChoice.KEEP, RevisionChoice.LATER]
        if self.obstacle:
            return [RevisionChoice.LATER, RevisionChoice.KEEP]
        return [
            RevisionChoice.TAKE,
            RevisionChoice.PARTS,
            RevisionChoice.KEEP,
            RevisionChoice.LATER,
        ]

    @property
    def default(self) -> RevisionChoice:
        """What is done where staff say nothing: take what the file changed, keep all else."""
        if self.status in {Status.UNCHANGED, Status.MISSING}:
            return RevisionChoice.KEEP
        if self.obstacle:
            return RevisionChoice.LATER
        if self.speech is not None and self.speech.stage == Stage.WITHDRAWN:
            return RevisionChoice.KEEP
        return RevisionChoice.PARTS if self.own & self.different else RevisionChoice.TAKE

    @property
    def is_as_seen(self) -> bool:
        """Whether draft and file are as staff had them before them when they decided."""
        return self.stored is not None and (
            (self.stored.seen_version, self.stored.seen_text) == self.seen
        )

    @cached_property
    def seen(self) -> tuple[int | None, str]:
        """The version of the draft and the hash of the file's speech, as they are now."""
        version = self.speech.lock_version if self.speech else None
        return version, hash_of(self.item) if self.item else ""

    @property
    def choice(self) -> RevisionChoice:
        """What staff decided, else the default."""
        if self.stored is not None and self.stored.choice in self.choices and self.is_as_seen:
            return RevisionChoice(self.stored.choice)
        return self.default

    @cached_property
    def ticked(self) -> frozenset[str]:
        """The keys that are ticked for ``PARTS``."""
        if self.stored is not None and self.stored.choice and self.is_as_seen:
            return self.different & set(self.stored.parts)
        return self.offered

    @property
    def taken(self) -> frozenset[str]:
        """The keys of what will be taken over into a draft that is there."""
        if self.choice == RevisionChoice.TAKE:
            return self.different
        return self.ticked if self.choice == RevisionChoice.PARTS else frozenset()

    # Highlighted work

    @cached_property
    def offers(self) -> list[Offer]:
        """New paragraphs that tell of results, and changed ones that have no work item yet."""
        if self.item is None or self.speech is None:
            return []
        proposed = proposals(self.item)
        covered = {work_item.paragraph for work_item in self.work}
        return [
            Offer(change.theirs, proposed[change.theirs].title, change.kind is Kind.ADDED)
            for change in self.changes
            if change.theirs in proposed
            and change.kind in {Kind.ADDED, Kind.CHANGED}
            and change.key in self.offered
            and (not change.anchor or change.anchor not in covered)
        ]

    @cached_property
    def work_ticked(self) -> frozenset[int]:
        """The places of the paragraphs that become highlighted work."""
        if self.stored is not None and self.stored.choice and self.is_as_seen:
            return frozenset(self.stored.work_items)
        return frozenset(offer.paragraph for offer in self.offers if offer.is_default)

    @property
    def work_ticked_for_taken(self) -> list[int]:
        """The ticked paragraphs that are in the draft once ``taken`` is done."""
        return [
            change.theirs
            for change in self.changes
            if change.theirs in self.work_ticked and change.key in self.taken
        ]

    def touched_work(self, keys: Iterable[str]) -> list[WorkItem]:
        """Return the highlighted work drawn from paragraphs that change when ``keys`` are taken."""
        wanted = set(keys)
        anchors = {
            change.anchor
            for change in self.changes
            if change.key in wanted and change.anchor and change.before != change.after
        }
        return [work_item for work_item in self.work if work_item.paragraph in anchors]
