"""Bringing a built site up to date: only what a change touches, in an order that readers can read.

New pages come first, then the pages and lists that lead to them, then what nothing leads to any
more is removed. Pages that may have to name a new piece beside their own text wait until that is
done: there may be a thousand of them. Whatever stops it half way is made good by the next run,
which begins with the same changes: a site remembers them only when all their files are in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils import timezone

from speeches import site
from speeches.enums import ChangedKind
from speeches.models.publishing import SiteChange
from speeches.publishing.addresses import file_of, files_of, is_asset, is_digest
from speeches.publishing.assets import assets_of, is_picture
from speeches.publishing.basis import edited_since, fingerprint, histories
from speeches.publishing.changes import is_lost, pending
from speeches.publishing.folder import SiteFolder, remove
from speeches.publishing.making import GONE_STATUS, Made, each, make
from speeches.publishing.manifest import Entry, Manifest, digest_of, holds
from speeches.publishing.pages import Address, Pieces, Touched

WORTH_PROCESSES = 400
"""From so many addresses on several processes are quicker than one."""


@dataclass(slots=True)
class Update:
    """What an update did: files ``written`` and ``removed``, and what the site is now."""

    manifest: Manifest
    written: int = 0
    removed: int = 0


def catch_up(folder: Path, place: SiteFolder, before: Manifest, *, jobs: int) -> Update | None:
    """Bring the build in ``folder`` up to date; only while ``place`` is being written.

    None where that takes a whole build: code or settings changed, or it cannot be told what did.
    """
    if before.fingerprint != fingerprint() or is_lost(before.position):
        return None
    changes = pending(before.position)
    now = histories()
    edited = edited_since(before.histories)
    if edited is None or any(change.kind == ChangedKind.EVERYTHING for change in changes):
        return None
    if not changes and now == before.histories:
        return Update(before)
    site.forget()
    pieces = _touched(changes, edited).pieces()
    addresses = list(pieces.addresses(with_digests=before.with_digests))
    pages = [address for address in addresses if not is_digest(address.path)]
    pages += _naming(pieces, before, known={address.path for address in pages})
    done = {address.path for address in pages}
    writing = _Writing(folder, place, dict(before.entries), jobs=jobs)
    for step in (pages, [address for address in pieces.beside() if address.path not in done]):
        writing.take(step)
        writing.drop_unused_pictures()
    digests = [address for address in addresses if is_digest(address.path)]
    if writing.has_withdrawn:
        writing.drop(address.path for address in digests)
    if digests:
        replace(before, entries=writing.entries).write(folder, place.staging)
        for address in digests:
            writing.take([address])
    after = replace(
        before,
        entries=writing.entries,
        position=before.position.with_changes(changes),
        histories=now,
    )
    after.write(folder, place.staging)
    return Update(after, writing.written, writing.removed)


def _naming(pieces: Pieces, before: Manifest, *, known: set[str]) -> Iterator[Address]:
    """Yield the pages, beside those ``known``, that were made from an edition of ``pieces``."""
    for name, entry in before.entries.items():
        is_page = name.endswith("index.html") and entry.address not in known
        if is_page and not pieces.editions.isdisjoint(entry.editions):
            yield Address(entry.address)


def _touched(changes: Iterable[SiteChange], edited: dict[str, set[int]]) -> Touched:
    touched = Touched(bodies=edited["organization"], speakers=edited["speaker"])
    of_kind = {
        ChangedKind.MEETING: touched.meetings,
        ChangedKind.SPEECH: touched.speeches,
        ChangedKind.WORK_ITEM: touched.work,
    }
    for change in changes:
        of_kind[ChangedKind(change.kind)].add(change.number)
    return touched


@dataclass(slots=True)
class _Writing:
    """Files of one update; ``entries`` are those of the site as it becomes."""

    folder: Path
    place: SiteFolder
    entries: dict[str, Entry]
    jobs: int
    written: int = 0
    removed: int = 0
    has_withdrawn: bool = False
    _now: str = field(default_factory=lambda: timezone.now().isoformat())

    def take(self, addresses: Iterable[Address]) -> None:
        """Make ``addresses`` what the application answers now."""
        asked = list(addresses)
        jobs = self.jobs if len(asked) >= WORTH_PROCESSES else 1
        made = list(each(make, asked, jobs=jobs))
        pages = [page for series in made for page in series]
        self.has_withdrawn |= any(page.status == GONE_STATUS for page in pages)
        files = [page for page in pages if page.name]
        self._bring_assets({link for one in files for link in one.links if is_asset(link)})
        for one in sorted(files, key=lambda one: (self.folder / one.name).exists()):
            self._put(one.name, one.content, entry_of(one, self._now))
        self._remove_but(pages)
        for address, series in zip(asked, made, strict=True):
            if address.is_list:
                self._remove_later(address.path, len(series))

    def drop(self, paths: Iterable[str]) -> None:
        """Remove whatever stands for ``paths``."""
        for path in paths:
            for name in files_of(path):
                self._remove(name)

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

    def _remove_but(self, made: Sequence[Made]) -> None:
        """Remove what else stands for these addresses: lists first, then what they lead to."""
        for one in reversed(made):
            for name in files_of(one.address) - {one.name}:
                self._remove(name)

    def _remove_later(self, path: str, number: int) -> None:
        """Remove the pages of the list ``path`` after its last, ``number``."""
        while any(self._knows(name) for name in files_of(f"{path}?page={number + 1}")):
            number += 1
            self.drop([f"{path}?page={number}"])

    def _knows(self, name: str) -> bool:
        return name in self.entries or (self.folder / name).exists()

    def _bring_assets(self, paths: set[str]) -> None:
        for path, content in assets_of(paths):
            if content is not None:
                name = file_of(path, "")
                self._put(name, content, Entry(path, digest_of(content), made_at=self._now))

    def drop_unused_pictures(self) -> None:
        """Remove the pictures that no page shows any more."""
        used = {path for entry in self.entries.values() for path in entry.uses}
        for name, entry in list(self.entries.items()):
            if is_picture(entry.address) and entry.address not in used:
                self._remove(name)


def entry_of(made: Made, made_at: str) -> Entry:
    """Return the entry of a page that was made at ``made_at``."""
    uses = tuple(link for link in made.links if is_picture(link))
    return Entry(made.address, digest_of(made.content), made.editions, uses, made_at)
