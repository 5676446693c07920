"""The public pages as files that a web server serves by itself.

Every page is rendered before the first file changes, so a page that fails leaves the site as it
was. Then each changed file is renamed into place: a reader gets the old page or the new one, never
half of one.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.files import write_whole
from speeches.publishing.addresses import (
    LOCK,
    STAGING,
    Unstorable,
    file_of,
    internal_path,
    is_asset,
    is_digest,
    is_for_staff,
)
from speeches.publishing.assets import read_asset
from speeches.publishing.basis import public_basis
from speeches.publishing.links import links_in
from speeches.publishing.manifest import Manifest, digest_of, holds
from speeches.publishing.rendering import BuildRefused, Page, Renderer

STARTS = ("home", "sitemap", "robots")
"""Names of the addresses from which every public page is found."""
NOT_FOUND = "404.html"
TELL_EVERY = 500

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did: rendered ``pages``, ``assets`` copied, files changed, ``seconds`` taken."""

    pages: int
    assets: int
    written: int
    removed: int
    seconds: float


def build(
    *, output: Path, tell: Tell, changed_only: bool = False, with_digests: bool = False
) -> Build:
    """Make the files in ``output`` equal to the public site.

    ``tell`` is called with progress and with links that lead nowhere. With ``changed_only``
    nothing is rendered where nothing was published or withdrawn since the last build. Digest
    files are made only ``with_digests``: each takes seconds, and the web server can hand their
    addresses to the application. Raises BuildRefused where a page fails or another build runs,
    OSError where the folder cannot be written.
    """
    started = time.monotonic()
    with _alone_in(output):
        before = Manifest.read(output)
        basis = {**public_basis(), "digests": [int(with_digests)]}
        if changed_only and before is not None and before.basis == basis:
            assets = len(before.files) - before.pages
            return Build(before.pages, assets, 0, 0, time.monotonic() - started)
        crawl = _Crawl(output, tell, with_digests=with_digests)
        after = Manifest({}, timezone.now().isoformat(), basis=basis)
        try:
            pages = crawl.run()
            after = Manifest(crawl.files, after.built_at, pages, basis)
            removed = _switch(output, before, after, crawl.changed)
        finally:
            shutil.rmtree(output / STAGING, ignore_errors=True)
    return Build(
        pages=pages,
        assets=len(after.files) - pages,
        written=len(crawl.changed),
        removed=removed,
        seconds=time.monotonic() - started,
    )


@contextmanager
def _alone_in(output: Path) -> Iterator[None]:
    output.mkdir(parents=True, exist_ok=True)
    with (output / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildRefused(
                _("Another build is writing “%(folder)s”; wait for its end.") % {"folder": output}
            ) from error
        yield


@dataclass(slots=True)
class _Crawl:
    """A walk from link to link; every file that differs waits in the staging folder."""

    output: Path
    tell: Tell
    with_digests: bool
    files: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    _waiting: deque[tuple[str, str]] = field(default_factory=deque)
    _seen: set[str] = field(default_factory=set)

    def run(self) -> int:
        """Visit every address; return how many pages there are."""
        shutil.rmtree(self.output / STAGING, ignore_errors=True)
        renderer = Renderer()
        for name in STARTS:
            self._meet(reverse(name), "/")
        pages = 1
        self._keep(NOT_FOUND, renderer.not_found().content)
        while self._waiting:
            path, found_on = self._waiting.popleft()
            asset = is_asset(path)
            page = read_asset(path) if asset else renderer.get(path)
            if self._take(path, page, found_on) and not asset:
                pages += 1
                if pages % TELL_EVERY == 0:
                    self.tell(_("%(count)s pages rendered…") % {"count": pages})
        return pages

    def _meet(self, link: str, found_on: str) -> None:
        path = internal_path(link, found_on)
        if path is None or path in self._seen:
            return
        self._seen.add(path)
        if not is_for_staff(path) and (self.with_digests or not is_digest(path)):
            self._waiting.append((path, found_on))

    def _take(self, path: str, page: Page, found_on: str) -> bool:
        """Keep ``page`` and follow its links; return whether it became a file."""
        if page.location:
            self._meet(page.location, path)
            return False
        if page.status != 200:
            self.tell(
                _("%(page)s links to %(address)s, which answers %(status)s: left out.")
                % {"page": quote(found_on), "address": quote(path), "status": page.status}
            )
            return False
        try:
            name = file_of(path, page.media_type)
        except Unstorable:
            self.tell(
                _("%(address)s cannot be a file name: the application has to answer it.")
                % {"address": quote(path)}
            )
            return False
        self._keep(name, page.content)
        for link in links_in(page.content, page.media_type):
            self._meet(link, path)
        return True

    def _keep(self, name: str, content: bytes) -> None:
        digest = digest_of(content)
        self.files[name] = digest
        if not holds(self.output / name, digest):
            self.changed.append(name)
            write_whole(self.output / STAGING / name, content)


def _switch(output: Path, before: Manifest | None, after: Manifest, changed: list[str]) -> int:
    """Put the changed files in place and remove what is no longer public; return how many went.

    A manifest that names old and new files alike is stored first: should the machine stop half
    way, the next build still knows every file that it may have to remove.
    """
    known = before.files if before else {}
    Manifest({**known, **after.files}, after.built_at).write(output)
    for name in changed:
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / STAGING / name).replace(output / name)
    gone = known.keys() - after.files.keys()
    for name in gone:
        _remove(output, name)
    after.write(output)
    return len(gone)


def _remove(output: Path, name: str) -> None:
    path = output / name
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == output or any(folder.iterdir()):
            return
        folder.rmdir()
