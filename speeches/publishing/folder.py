"""The folders of a built site: many builds, one of which the web server reads.

    site            a symbolic link to the build that readers see
    site.builds/    a folder for each build, the one before the last kept; locks; half-written files

A whole build is made in a folder of its own and then switched to. A change is written into the
folder that readers see, file by file, each renamed into place. Files that did not change are hard
links to those of the build before, so that their times, and with them their ETags, stay.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.files import write_whole
from speeches.publishing.addresses import MANIFEST
from speeches.publishing.encodings import SUFFIXES, unpacked, variants
from speeches.publishing.rendering import BuildRefused


class SiteFolder:
    """Where a site lies; ``output`` is the path that the web server reads."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.builds = output.with_name(f"{output.name}.builds")
        self.staging = self.builds / ".staging"
        self._unsettled = self.builds / ".unsettled"

    def current(self) -> Path | None:
        """Return the folder that readers see, None where there is none."""
        return self.output.resolve() if self.output.is_dir() else None

    @contextmanager
    def building(self) -> Iterator[Path]:
        """Give an empty folder for a new build; raise BuildRefused where another is being made.

        What is unfinished in it at the end goes, and so do builds that nobody needs any more.
        """
        self.builds.mkdir(parents=True, exist_ok=True)
        with (self.builds / ".building.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BuildRefused(
                    _("Another build is writing “%(folder)s”; wait for its end.")
                    % {"folder": self.output}
                ) from error
            folder = self.builds / f"{timezone.now():%Y%m%dT%H%M%S%f}"
            folder.mkdir()
            try:
                yield folder
            finally:
                self._prune()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Wait until nobody else changes what readers see, then keep others waiting."""
        self.builds.mkdir(parents=True, exist_ok=True)
        with (self.builds / ".writing.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            shutil.rmtree(self.staging, ignore_errors=True)
            self.staging.mkdir()
            yield

    def unsettle(self) -> bool:
        """Note that what readers see is between two states, until ``settle``.

        Return whether the last who wrote came to the end, and nobody changed anything meanwhile.
        """
        is_settled = not self._unsettled.exists()
        self._unsettled.touch()
        return is_settled

    def settle(self) -> None:
        """Note that what readers see is all of one state."""
        self._unsettled.unlink(missing_ok=True)

    def switch(self, build: Path) -> None:
        """Let readers see ``build``, in one step; only while ``writing``."""
        if self.output.is_dir() and not self.output.is_symlink():
            self.output.rename(self.builds / "0")  # a site of the time before there were builds
        link = self.staging / "link"
        link.symlink_to(Path(self.builds.name) / build.name)
        link.replace(self.output)

    def put(self, folder: Path, name: str, content: bytes) -> None:
        """Store a file with its variants, which come first: who sees the file finds them too.

        One that cannot be made any more goes, since it would show the old text.
        """
        packed = variants(name, content)
        for suffix in SUFFIXES:
            beside = folder / f"{name}{suffix}"
            if suffix in packed:
                write_whole(beside, packed[suffix], staging=self.staging)
            else:
                beside.unlink(missing_ok=True)
        write_whole(folder / name, content, staging=self.staging)

    def _prune(self) -> None:
        current = self.current()
        finished = []
        for build in sorted(path for path in self.builds.iterdir() if path.name[0] != "."):
            if build == current:
                continue
            if (build / MANIFEST).exists():
                finished.append(build)
            else:
                shutil.rmtree(build, ignore_errors=True)
        for build in finished[:-1]:
            shutil.rmtree(build, ignore_errors=True)


def store_new(folder: Path, before: Path | None, name: str, content: bytes) -> bool:
    """Store a file in a build that nobody sees yet; return whether it differs from ``before``.

    Where it does not, it becomes a hard link to the file there.
    """
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    same = before is not None and _holds(before / name, content)
    _link_or_write(path, before / name if before and same else None, content)
    for suffix, packed in variants_beside(before if same else None, name, content).items():
        old = before / f"{name}{suffix}" if before and packed is None else None
        _link_or_write(folder / f"{name}{suffix}", old, packed or b"")
    return not same


def variants_beside(before: Path | None, name: str, content: bytes) -> dict[str, bytes | None]:
    """Return suffix → bytes of the variants; None where a sound one lies in ``before``."""
    if before is not None and all(
        _unpacks(before / f"{name}{suffix}", suffix, content) for suffix in _expected(name)
    ):
        return dict.fromkeys(_expected(name))
    return dict(variants(name, content))


def _expected(name: str) -> list[str]:
    return list(variants(name, b"-"))


def _unpacks(path: Path, suffix: str, content: bytes) -> bool:
    return path.is_file() and unpacked(suffix, path.read_bytes()) == content


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _link_or_write(path: Path, old: Path | None, content: bytes) -> None:
    if old is None:
        path.write_bytes(content)
        return
    try:
        os.link(old, path)
    except OSError:  # a file system without hard links
        shutil.copy2(old, path)


def remove(folder: Path, name: str) -> bool:
    """Remove a file, then its variants and the folders left empty; return whether it was there."""
    path = folder / name
    was_there = path.is_file()
    path.unlink(missing_ok=True)
    for suffix in SUFFIXES:
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
    for parent in path.parents:
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            break
        parent.rmdir()
    return was_there
