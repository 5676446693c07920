"""Bringing a built site up to date: only what a change touches, in an order that readers can read.

New pages come first, then the pages and lists that lead to them, then what nothing leads to any
more is removed. What readers would look at first is written first, each page as soon as it is made.
The pages that name a piece beside their own text, the later pages of lists and the pictures for
shared links wait until that is done: there may be a thousand of them. Until then a link of theirs
may lead to what was just withdrawn, which says so. Whatever stops it half way is made good by the
next run, which begins with the same changes: a site remembers them only when all their files are in
place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from speeches import site
from speeches.enums import ChangedKind
from speeches.models.publishing import SiteChange
from speeches.publishing.basis import edited_since, fingerprint, histories
from speeches.publishing.changes import is_lost, pending
from speeches.publishing.folder import SiteFolder
from speeches.publishing.manifest import Manifest
from speeches.publishing.nearness import naming
from speeches.publishing.pages import Address, Piece, Pieces, Touched, meetings_list, speech_page
from speeches.publishing.writing import ListWriting, Writing


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
    if not changes and now == before.histories:
        return Update(before)
    edited = edited_since(before.histories, now)
    if edited is None or any(change.kind == ChangedKind.EVERYTHING for change in changes):
        return None
    site.forget()
    touched = _touched(changes, edited)
    changed = set(touched.speeches), set(touched.work)
    pieces = touched.pieces()
    writing = Writing(folder, place, dict(before.entries), jobs=jobs)
    is_settled = place.unsettle()
    may_be_same = is_settled and folder == place.current()
    _write(writing, pieces, before, changed, may_be_same=may_be_same)
    if before.with_digests:
        replace(before, entries=dict(writing.entries)).write(folder, place.staging)
        writing.take(pieces.digests())
        writing.remove_leaving()
    after = replace(
        before,
        entries=writing.entries,
        position=before.position.with_changes(changes),
        histories=now,
    )
    after.write(folder, place.staging)
    if not pending(after.position) and histories() == now:
        place.settle()
    return Update(after, writing.written, writing.removed)


def _write(
    writing: Writing,
    pieces: Pieces,
    before: Manifest,
    changed: tuple[set[int], set[int]],
    *,
    may_be_same: bool,
) -> None:
    """Write all but the downloads; ``changed`` are the speeches and the work that were published.

    Later pages of lists ``may_be_same`` where nobody was stopped, or overtaken, before.
    """
    own, leading, counting = map(list, (pieces.own(), pieces.leading(), pieces.counting()))
    every = own + leading + counting
    new = [address for address in every if not writing.has_page(address.path)]
    named = _Named(pieces, before, known={address.path for address in every})
    there = set(every).difference(new)
    lists = {
        address: named.list_of(writing, address)
        for address in leading + counting
        if address in there and address.is_list
    }

    def take(addresses: Iterable[Address]) -> None:
        for address in addresses:
            if address in lists:
                lists[address].take_first()
            elif address in there:
                writing.take([address])

    urgent = [address for address in leading if named.names(address.path)]
    writing.take(new)
    take(own)
    take(address for address in urgent if not address.is_list)
    for address in urgent:
        if address in lists:
            lists[address].take_named()
    writing.remove_leaving({address.path for address in own})
    if before.with_digests and writing.has_withdrawn:
        writing.drop(address.path for address in pieces.digests())
    take(address for address in leading if address.is_list or address not in urgent)
    take(counting)
    writing.remove_leaving()
    writing.drop_unused_pictures()
    writing.take(Address(path) for path in sorted(named.pages))
    for one in lists.values():
        one.take_rest(may_be_same=may_be_same)
    writing.take(pieces.pictures())
    done = named.pages | {address.path for address in own}
    beside = map(speech_page, sorted(naming(*changed)))
    writing.take(address for address in beside if address.path not in done)
    writing.remove_leaving()
    writing.drop_unused_pictures()


class _Named:
    """The pages, beside those ``known``, that were made from an edition of ``pieces``."""

    def __init__(self, pieces: Pieces, before: Manifest, *, known: set[str]) -> None:
        self.pages: set[str] = set()
        self._numbers: dict[str, set[int]] = defaultdict(set)
        self._pieces = pieces
        self._meetings = meetings_list()
        for name, entry in before.entries.items():
            path, _mark, number = entry.address.partition("?page=")
            names_one = not self._touched(path).keys().isdisjoint(entry.editions)
            if path in known:
                if names_one or len(entry.editions) == 1:  # one hash may stand for many
                    self._numbers[path].add(int(number or 1))
            elif names_one and name.endswith(".html"):
                self.pages.add(entry.address)

    def names(self, path: str) -> bool:
        """Whether the page, or any page of the list, at ``path`` names a touched piece."""
        return path in self._numbers

    def list_of(self, writing: Writing, address: Address) -> ListWriting:
        """Return what writes the list at ``address``."""
        path = address.path
        return ListWriting(writing, address, self._numbers[path], self._touched(path))

    def _touched(self, path: str) -> dict[str, Piece]:
        return self._pieces.held if path == self._meetings else self._pieces.editions


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
