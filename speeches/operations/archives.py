"""One encrypted file of many: a compressed tar, sealed with age (https://age-encryption.org)."""

from __future__ import annotations

import gzip
import hashlib
import os
import tarfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from django.utils.translation import gettext as _

from speeches.exceptions import SpeechesError


class ArchiveRefused(SpeechesError):
    """A sealed file cannot be made, opened or trusted."""


def recipients_of(names: list[str]) -> list[Any]:
    """Return the age recipients (``age1…``) named; raise ArchiveRefused for what is none."""
    try:
        return [pyrage.x25519.Recipient.from_str(name.strip()) for name in names]
    except pyrage.RecipientError as error:
        raise ArchiveRefused(
            _("BACKUP_RECIPIENTS holds what is no age recipient: %(problem)s") % {"problem": error}
        ) from error


def identity_in(path: Path) -> Any:
    """Return the age identity that the file ``path`` keeps; raise ArchiveRefused for none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        [secret] = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        return pyrage.x25519.Identity.from_str(secret)
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise ArchiveRefused(
            _("“%(path)s” holds no age identity: %(problem)s") % {"path": path, "problem": error}
        ) from error


def seal(target: Path, recipients: list[Any], write: Callable[[Packer], None]) -> None:
    """Make the sealed file ``target`` of what ``write`` packs; no plain byte reaches the disk."""
    reader, writer = os.pipe()

    def encrypt() -> None:
        with os.fdopen(reader, "rb") as plain, target.open("xb") as sealed:
            os.fchmod(sealed.fileno(), 0o600)
            pyrage.encrypt_io(plain, sealed, recipients)
            sealed.flush()
            os.fsync(sealed.fileno())

    with ThreadPoolExecutor(1) as pool:
        sealing = pool.submit(encrypt)
        try:
            with (
                os.fdopen(writer, "wb") as pipe,
                gzip.GzipFile(fileobj=pipe, mode="wb", compresslevel=3) as zipped,
                tarfile.open(fileobj=zipped, mode="w|") as tar,
            ):
                write(Packer(tar))
        except BrokenPipeError:
            sealing.result()
            raise
        sealing.result()


def unseal(source: Path, identity: Any, folder: Path) -> None:
    """Unpack a sealed file into ``folder``; raise ArchiveRefused for a wrong key or damage."""
    packed = folder / ".packed"
    try:
        with source.open("rb") as sealed, packed.open("xb") as plain:
            pyrage.decrypt_io(sealed, plain, [identity])
        with gzip.open(packed) as zipped, tarfile.open(fileobj=zipped, mode="r|") as tar:
            tar.extractall(folder, filter="data")
    except (pyrage.DecryptError, tarfile.TarError, EOFError, OSError) as error:
        raise ArchiveRefused(
            _("“%(path)s” cannot be opened: %(problem)s") % {"path": source, "problem": error}
        ) from error
    finally:
        packed.unlink(missing_ok=True)


class Packer:
    """Puts files into a tar and keeps the SHA-256 of each in ``digests``, by its name."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.digests: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Pack the file ``path``; one that is gone by now is left out."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return
        with file:
            member = tarfile.TarInfo(name)
            member.size = os.fstat(file.fileno()).st_size
            hashed = _Hashed(file)
            self._tar.addfile(member, hashed)
        self.digests[name] = hashed.digest()

    def add_bytes(self, name: str, content: bytes) -> None:
        """Pack ``content`` as a file."""
        member = tarfile.TarInfo(name)
        member.size = len(content)
        self._tar.addfile(member, BytesIO(content))


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self._hash.update(content)
        return content

    def digest(self) -> str:
        return self._hash.hexdigest()
