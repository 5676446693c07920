"""Backups: the database, the files and the list of what was built, in one encrypted file.

A backup is sealed for the recipients of the office, and for a key that lives only as long as the
command: by it the very file that was written is opened, restored beside and compared, although the
office's own key is nowhere on the server.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
from django.conf import settings
from django.utils.translation import gettext as _

from speeches.exceptions import SpeechesError
from speeches.files import alone_in, write_whole
from speeches.operations import databases
from speeches.operations.archives import ArchiveRefused, recipients_of, seal, unseal
from speeches.publishing import ledger
from speeches.publishing.addresses import MANIFEST

PREFIX, SUFFIX = "cppcc-cms-", ".backup.age"
INDEX = "backup.json"
FORMAT = 1
_STAGING = ".working-"


class BackupRefused(SpeechesError):
    """A backup cannot be made or restored; what was there stays as it was."""


def folders() -> dict[str, Path]:
    """Return the folders whose files belong to a backup, by their name in it."""
    return {"media": Path(settings.MEDIA_ROOT), "private": Path(settings.PRIVATE_ROOT)}


def make(*, site: Path, verified: bool) -> Path:
    """Write a backup into ``BACKUP_ROOT`` and return its path; old ones go, ``BACKUP_KEEP`` stay.

    The database comes first: a file without a row is harmless, a row without its file is not.
    ``site`` is the built site. Where it is to be ``verified`` and fails, it is kept under the name
    ``….failed``, the last of them alone, and BackupRefused is raised.
    """
    if not settings.BACKUP_RECIPIENTS:
        raise BackupRefused(
            _("BACKUP_RECIPIENTS is not set: make a key with make_backup_key and set it.")
        )
    known_to_nobody = pyrage.x25519.Identity.generate()
    recipients = [*recipients_of(settings.BACKUP_RECIPIENTS), known_to_nobody.to_public()]
    with _alone(), _working_folder() as working:
        made = working / "sealed"
        seal(made, recipients, lambda packer: _pack(packer, working, site))
        name = f"{PREFIX}{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}{SUFFIX}"
        if verified:
            try:
                verify(made, known_to_nobody)
            except SpeechesError:
                for failed in _root().glob(f"*{SUFFIX}.failed"):
                    failed.unlink()
                made.replace(_root() / f"{name}.failed")
                raise
        made.replace(_root() / name)
    for old in kept()[settings.BACKUP_KEEP :]:
        old.unlink()
    return _root() / name


def kept() -> list[Path]:
    """Return the backups that are there, the newest first."""
    return sorted(Path(settings.BACKUP_ROOT).glob(f"{PREFIX}*{SUFFIX}"), reverse=True)


def _pack(packer: Any, working: Path, site: Path) -> None:
    copy, found = databases.copy_out(working)
    packer.add(copy, working / copy)
    (working / copy).unlink()
    for name, folder in folders().items():
        for path in _files_in(folder):
            packer.add(f"{name}/{path.relative_to(folder).as_posix()}", path)
    if (site / MANIFEST).is_file():
        packer.add(f"site/{MANIFEST}", site / MANIFEST)
    index = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": copy,
        "fingerprint": found,
        "files": packer.digests,
    }
    packer.add_bytes(INDEX, json.dumps(index, ensure_ascii=False, indent=0).encode())


def verify(backup: Path, identity: Any) -> dict[str, Any]:
    """Restore ``backup`` into a scratch place and compare everything; return its index.

    Compared are every file with its hash, the number of rows of every table, and the chain of
    editions, which is computed anew. Raises BackupRefused for any difference.
    """
    with _working_folder() as working:
        index = _opened(backup, identity, working)
        with databases.scratch(working) as alias:
            databases.load(working / index["database"], alias)
            if databases.fingerprint(alias) != index["fingerprint"]:
                raise BackupRefused(_("The restored database is not the one that was saved."))
            found = (row for kind in ledger.KINDS for row in ledger.verify(kind, using=alias))
            wrong = [str(row) for row in found if row is not None]
        if wrong:
            raise BackupRefused(
                _("The chain of editions in the backup is broken: %(problem)s")
                % {"problem": "；".join(wrong[:5])}
            )
    return index


def restore(*, backup: Path, identity: Any, replace: bool) -> dict[str, Any]:
    """Make database and files those of ``backup``; return its index.

    First every file of the backup is put in its place, then the database is replaced at one
    stroke, then files that are not in the backup go: whenever this is cut off, no row is without
    its file, and running it again completes it. Raises BackupRefused where anything is there
    already and it is not to be replaced.
    """
    if not replace and (databases.holds_anything() or any(map(_holds_a_file, folders().values()))):
        raise BackupRefused(
            _("There are data already. Make a backup of them, then restore with --replace.")
        )
    with _alone(), _working_folder() as working:
        index = _opened(backup, identity, working)
        listed: dict[str, set[str]] = {name: set() for name in folders()}
        for name in index["files"]:
            folder, _slash, rest = name.partition("/")
            if folder in listed:
                listed[folder].add(rest)
                write_whole(folders()[folder] / rest, (working / name).read_bytes())
        databases.load(working / index["database"])
        for name, folder in folders().items():
            for path in _files_in(folder):
                if path.relative_to(folder).as_posix() not in listed[name]:
                    path.unlink()
    return index


def _opened(backup: Path, identity: Any, working: Path) -> dict[str, Any]:
    """Unpack ``backup`` and check every file; return the index."""
    unseal(backup, identity, working)
    try:
        index: dict[str, Any] = json.loads((working / INDEX).read_text(encoding="utf-8"))
        sound = index["format"] == FORMAT and all(
            _digest(working / name) == digest for name, digest in index["files"].items()
        )
    except (OSError, ValueError, KeyError) as error:
        raise ArchiveRefused(
            _("The backup is not complete: %(problem)s") % {"problem": error}
        ) from error
    if not sound:
        raise ArchiveRefused(_("A file in the backup is not the one that was saved."))
    return index


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _holds_a_file(folder: Path) -> bool:
    return next(_files_in(folder), None) is not None


def _root() -> Path:
    root = Path(settings.BACKUP_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


@contextmanager
def _working_folder() -> Iterator[Path]:
    """Give a folder of our own beside the backups, where nobody else may look."""
    with tempfile.TemporaryDirectory(dir=_root(), prefix=_STAGING) as name:
        yield Path(name)


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other backups and restores out, and take away what those that were cut off left."""
    try:
        with alone_in(_root()):
            for left in _root().glob(f"{_STAGING}*"):
                shutil.rmtree(left, ignore_errors=True)
            yield
    except BlockingIOError as error:
        raise BackupRefused(_("Another backup or restore is running.")) from error
