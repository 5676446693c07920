"""The public pages as files that a web server serves by itself.

A whole build is made beside the site that readers see, brought up to date with what was published
meanwhile, and then switched to; a build that fails leaves the site as it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import quote

from django.utils import timezone
from django.utils.translation import gettext as _

from speeches import site
from speeches.publishing.addresses import file_of, is_answered_live, is_asset, is_digest
from speeches.publishing.assets import assets_of
from speeches.publishing.basis import fingerprint, histories
from speeches.publishing.changes import Position, pending
from speeches.publishing.folder import SiteFolder, store_new
from speeches.publishing.making import Made, each, make
from speeches.publishing.manifest import Entry, Manifest, digest_of
from speeches.publishing.pages import Address, every_address
from speeches.publishing.rendering import Renderer
from speeches.publishing.updating import catch_up
from speeches.publishing.writing import entry_of

NOTICES = {"404.html": "404.html", "410.html": "410.html", "503.html": "unavailable.html"}
"""File → template of what the web server says by itself."""

Tell = Callable[[str], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did: rendered ``pages``, ``assets`` copied, files changed, ``seconds`` taken."""

    pages: int
    assets: int
    written: int
    removed: int
    seconds: float


def build(
    *,
    output: Path,
    tell: Tell,
    changed_only: bool = False,
    with_digests: bool = False,
    jobs: int = 1,
    progress: Progress = lambda _done, _total: None,
) -> Build:
    """Make the files in ``output`` equal to the public site.

    ``tell`` is called with links that lead nowhere, ``progress`` with how many addresses are done.
    With ``changed_only`` only what was changed since the last build is made, unless that is
    everything. The downloads of meetings are files only ``with_digests``: each takes seconds, and
    the web server can hand their addresses to the application. Raises BuildRefused where a page
    fails or another build runs, OSError where the folder cannot be written.
    """
    started = time.monotonic()
    place = SiteFolder(output)
    if changed_only:
        done = follow(place, with_digests=with_digests, jobs=jobs)
        if done is not None:
            return replace(done, seconds=time.monotonic() - started)
    with place.building() as folder:
        whole = _Whole(folder, place.current(), tell, progress)
        manifest = whole.run(with_digests=with_digests, jobs=jobs)
        with place.writing():
            update = catch_up(folder, place, manifest, jobs=jobs)
            manifest = update.manifest if update else manifest
            place.switch(folder)
    return Build(
        pages=manifest.pages,
        assets=_assets(manifest),
        written=whole.written,
        removed=len(whole.known.keys() - manifest.entries.keys()),
        seconds=time.monotonic() - started,
    )


def follow(place: SiteFolder, *, with_digests: bool | None = None, jobs: int = 1) -> Build | None:
    """Bring the site that readers see up to date; None where that takes a whole build.

    ``with_digests`` is what the site should have, None for what it has.
    """
    started = time.monotonic()
    with place.writing():
        folder = place.current()
        before = Manifest.last(folder)
        if folder is None or before is None or with_digests not in (None, before.with_digests):
            return None
        update = catch_up(folder, place, before, jobs=jobs)
    if update is None:
        return None
    return Build(
        update.manifest.pages,
        _assets(update.manifest),
        update.written,
        update.removed,
        time.monotonic() - started,
    )


def _assets(manifest: Manifest) -> int:
    return sum(is_asset(entry.address) for entry in manifest.entries.values())


@dataclass(slots=True)
class _Whole:
    """A whole build in ``folder``, which takes from ``before`` what is the same."""

    folder: Path
    before: Path | None
    tell: Tell
    progress: Progress
    known: dict[str, Entry] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    written: int = 0
    _answers: dict[str, Made] = field(default_factory=dict)
    _links: dict[str, str] = field(default_factory=dict)
    _now: str = ""

    def run(self, *, with_digests: bool, jobs: int) -> Manifest:
        """Make everything and store the manifest; return it."""
        site.forget()
        before = Manifest.last(self.before)
        self.known = before.entries if before else {}
        self._now = timezone.now().isoformat()
        position = Position().with_changes(pending(Position()))
        edited = histories()
        addresses = list(every_address(with_digests=with_digests))
        work = partial(stored, folder=self.folder, before=self.before)
        self.progress(0, len(addresses))
        for number, series in enumerate(each(work, addresses, jobs=jobs), start=1):
            for made, is_new in series:
                self._note(made, is_new)
            self.progress(number, len(addresses))
        renderer = Renderer()
        self._add_notices(renderer)
        self._check_links(renderer, with_digests=with_digests)
        self._add_assets()
        manifest = Manifest(self.entries, self._now, fingerprint(), with_digests, position, edited)
        manifest.write(self.folder)
        return manifest

    def _note(self, made: Made, is_new: bool) -> None:
        self._answers[made.address] = made
        if made.is_unstorable:
            self.tell(
                _("%(address)s cannot be a file name: the application has to answer it.")
                % {"address": quote(made.address)}
            )
        if made.name:
            self._keep(made.name, entry_of(made, self._now), is_new)
            for link in made.links:
                self._links.setdefault(link, made.address)

    def _keep(self, name: str, entry: Entry, is_new: bool) -> None:
        old = self.known.get(name)
        self.entries[name] = old if old and old.facts == entry.facts else entry
        self.written += is_new

    def _add_notices(self, renderer: Renderer) -> None:
        for name, template in NOTICES.items():
            page = renderer.not_found() if name == "404.html" else renderer.notice(template)
            is_new = store_new(self.folder, self.before, name, page.content)
            self._keep(name, Entry(f"/{name}", digest_of(page.content), made_at=self._now), is_new)

    def _check_links(self, renderer: Renderer, *, with_digests: bool) -> None:
        for link, page in sorted(self._links.items()):
            if is_asset(link) or is_answered_live(link) or (is_digest(link) and not with_digests):
                continue
            answer = self._answers.get(link)
            status = answer.status if answer else renderer.get(link).status
            if status >= 400:
                self._tell_of(link, page, status)

    def _add_assets(self) -> None:
        for path, content in assets_of(filter(is_asset, self._links)):
            if content is None:
                self._tell_of(path, self._links.get(path, "/"), 404)
                continue
            name = file_of(path, "")
            is_new = store_new(self.folder, self.before, name, content)
            self._keep(name, Entry(path, digest_of(content), made_at=self._now), is_new)

    def _tell_of(self, link: str, page: str, status: int) -> None:
        self.tell(
            _("%(page)s links to %(address)s, which answers %(status)s: left out.")
            % {"page": quote(page), "address": quote(link), "status": status}
        )


def stored(
    renderer: Renderer, address: Address, *, folder: Path, before: Path | None
) -> list[tuple[Made, bool]]:
    """Make ``address`` and store its files; return what was made, and whether it differs."""
    return [
        (made, bool(made.name) and store_new(folder, before, made.name, made.content))
        for made in make(renderer, address)
    ]
