"""Writing the pages of an update into the site that readers see, each as soon as it is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone

from speeches.publishing.addresses import (
    Unstorable,
    file_of,
    files_of,
    gone_mark,
    is_asset,
    moved_page,
)
from speeches.publishing.assets import assets_of, is_picture
from speeches.publishing.folder import SiteFolder, remove
from speeches.publishing.making import GONE_STATUS, Made, each, make
from speeches.publishing.manifest import Entry, digest_of, holds
from speeches.publishing.pages import Address, Piece
from speeches.publishing.rendering import Renderer

WORTH_PROCESSES = 400
"""From so many addresses on several processes are quicker than one."""


@dataclass(slots=True)
class Writing:
    """Files of one update; ``entries`` are those of the site as it becomes.

    What is no longer there stays until ``remove_leaving``: what leads to it is written first.
    """

    folder: Path
    place: SiteFolder
    entries: dict[str, Entry]
    jobs: int
    written: int = 0
    removed: int = 0
    has_withdrawn: bool = False
    _renderer: Renderer = field(default_factory=Renderer)
    _leaving: list[Made] = field(default_factory=list)
    _brought: set[str] = field(default_factory=set)
    _now: str = field(default_factory=lambda: timezone.now().isoformat())

    def take(self, addresses: Iterable[Address]) -> None:
        """Make ``addresses`` what the application answers now."""
        for series in self.made(addresses):
            for made in series:
                self.store(made)

    def made(self, addresses: Iterable[Address]) -> Iterator[list[Made]]:
        """Yield what the application answers now at each address."""
        asked = list(addresses)
        jobs = self.jobs if len(asked) >= WORTH_PROCESSES else 1
        return each(make, asked, jobs=jobs, renderer=self._renderer)

    def store(self, made: Made) -> None:
        """Write the file of a page, and remove what else stands at its address."""
        self.has_withdrawn |= made.status == GONE_STATUS
        if made.name:
            assets = {link for link in made.links if is_asset(link)} - self._brought
            self._bring_assets(assets)
            self._put(made.name, made.content, entry_of(made, self._now))
        if made.status == 200:
            self._remove_but(made)
        else:
            self._leaving.append(made)

    def remove_leaving(self, paths: Collection[str] | None = None) -> None:
        """Remove the pages of what is withdrawn or moved, at ``paths`` or wherever, last first."""
        going = [one for one in self._leaving if paths is None or one.address in paths]
        for made in reversed(going):
            self._remove_but(made)
        self._leaving = [made for made in self._leaving if made not in going]

    def drop(self, paths: Iterable[str]) -> None:
        """Remove whatever stands for ``paths``."""
        for path in paths:
            for name in files_of(path):
                self._remove(name)

    def drop_later(self, path: str, number: int) -> None:
        """Remove the pages of the list ``path`` after its last, ``number``."""
        while self.knows(later := f"{path}?page={number + 1}"):
            number += 1
            self.drop([later])

    def drop_unused_pictures(self) -> None:
        """Remove the pictures that no page shows any more."""
        pictures = [name for name, entry in self.entries.items() if is_picture(entry.address)]
        if not pictures:
            return
        used = {path for entry in self.entries.values() for path in entry.uses}
        for name in pictures:
            if self.entries[name].address not in used:
                self._remove(name)

    def knows(self, path: str) -> bool:
        """Whether any file stands for ``path``."""
        names = files_of(path)
        return any(name in self.entries or (self.folder / name).exists() for name in names)

    def has_page(self, path: str) -> bool:
        """Whether readers find a page or feed at ``path``."""
        marks = {gone_mark(path), moved_page(path)}
        return not self.entries.keys().isdisjoint(files_of(path) - marks)

    def _put(self, name: str, content: bytes, entry: Entry) -> None:
        old = self.entries.get(name)
        if old is None or old.facts != entry.facts:
            self.entries[name] = entry
        if not holds(self.folder / name, entry.sha256):
            self.place.put(self.folder, name, content)
            self.written += 1

    def _remove(self, name: str) -> None:
        self.entries.pop(name, None)
        self.removed += remove(self.folder, name)

    def _remove_but(self, made: Made) -> None:
        for name in files_of(made.address) - {made.name}:
            self._remove(name)

    def _bring_assets(self, paths: set[str]) -> None:
        for path, content in assets_of(paths):
            self._brought.add(path)
            if content is not None:
                name = file_of(path, "")
                self._put(name, content, Entry(path, digest_of(content), made_at=self._now))


@dataclass(slots=True)
class ListWriting:
    """One list: the pages that name a touched piece, its first page, and later the others.

    ``named`` are the numbers of the pages that name one before, ``pieces`` what is touched by hash.
    """

    writing: Writing
    address: Address
    named: set[int]
    pieces: dict[str, Piece]
    _known: int = 0
    _last: int = 1
    _done: set[int] = field(default_factory=set)
    _before: dict[int, set[Piece]] = field(default_factory=dict)
    _after: dict[int, set[Piece]] = field(default_factory=dict)

    def take_named(self) -> None:
        """Write the pages that name a touched piece."""
        if 1 in self.named:
            self.take_first()
        self._take(sorted(self.named - {1} - self._done))

    def take_first(self) -> None:
        """Write what readers look at first; a page that is added to the list comes before."""
        if 1 in self._done:
            return
        self._known = last_page(self.address.path, self.writing.entries)
        (first,) = self._made([1])
        self._last = max(first.last, 1)
        self._take(range(self._known + 1, self._last + 1))
        self._store(1, first)
        self.take_named()

    def take_rest(self, *, may_be_same: bool) -> None:
        """Write the other pages, unless nothing moved; then remove those after the last."""
        rest = [number for number in range(2, self._last + 1) if number not in self._done]
        if rest and not (may_be_same and self._nothing_moved(rest)):
            self._take(number for number in rest if number not in self._done)
        self.writing.drop_later(self.address.path, self._last)

    def _nothing_moved(self, rest: list[int]) -> bool:
        """Whether the pages of ``rest`` are as they were.

        A page is its items and what stands on every page of the list. Nothing moved where every
        touched piece of the list is on the page that it was on; and what stands on every page is
        the same where the last page is.
        """
        if not self.address.of_pieces or self._before != self._after:
            return False
        if not self.address.members <= set().union(*self._before.values()):
            return False
        last = rest[-1]
        if last != self._last:
            return False
        name = self._name(last)
        old = self.writing.entries.get(name)
        self._take([last])
        return old is not None and old == self.writing.entries.get(name)

    def _take(self, numbers: Iterable[int]) -> None:
        wanted = list(numbers)
        for number, made in zip(wanted, self._made(wanted), strict=True):
            self._store(number, made)

    def _made(self, numbers: Iterable[int]) -> Iterator[Made]:
        asked = (Address(self.address.numbered(number)) for number in numbers)
        return (series[0] for series in self.writing.made(asked))

    def _store(self, number: int, made: Made) -> None:
        old = self.writing.entries.get(self._name(number))
        self._before[number] = self._named_by(old.editions if old else ())
        self._after[number] = self._named_by(made.editions)
        self._done.add(number)
        self.writing.store(made)

    def _named_by(self, editions: Iterable[str]) -> set[Piece]:
        return {self.pieces[edition] for edition in editions if edition in self.pieces}

    def _name(self, number: int) -> str:
        try:
            return file_of(self.address.numbered(number), "text/html")
        except Unstorable:
            return ""


def last_page(path: str, entries: dict[str, Entry]) -> int:
    """Return the number of the last page that a list has among ``entries``, 0 without any."""
    number = 0
    while True:
        try:
            name = file_of(Address(path).numbered(number + 1), "text/html")
        except Unstorable:
            return number
        if name not in entries:
            return number
        number += 1


def entry_of(made: Made, made_at: str) -> Entry:
    """Return the entry of a page that was made at ``made_at``."""
    uses = tuple(link for link in made.links if is_picture(link))
    return Entry(made.address, digest_of(made.content), made.editions, uses, made_at)
