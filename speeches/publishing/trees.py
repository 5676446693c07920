"""The files of a built site as they are handed on: each checked against the manifest."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from speeches.publishing.manifest import Manifest, digest_of
from speeches.publishing.rendering import BuildRefused

COMPRESSED = ".gz"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site: its ``name`` in the folder, where it lies, SHA-256 and size in bytes."""

    name: str
    path: Path
    sha256: str
    size: int

    def read(self) -> bytes:
        """Return the content; raise BuildRefused where it has changed since it was checked."""
        content = self.path.read_bytes()
        if digest_of(content) != self.sha256:
            raise BuildRefused(_("changed: %(file)s") % {"file": self.name})
        return content


def site_files(output: Path) -> Iterator[SiteFile]:
    """Yield every file in ``output`` with its compressed twin, where it has one.

    Raises BuildRefused where nothing was built, and for a file that is not what was built.
    """
    root = output.resolve()
    manifest = Manifest.read(root)
    if manifest is None:
        raise BuildRefused(_("There is no built site in “%(folder)s”.") % {"folder": output})
    for name, digest in sorted(manifest.files.items()):
        path = root / name
        content = path.read_bytes() if path.is_file() else b""
        if digest_of(content) != digest:
            raise BuildRefused(_("changed: %(file)s") % {"file": name})
        yield SiteFile(name, path, digest, len(content))
        twin = path.with_name(path.name + COMPRESSED)
        if twin.is_file() and name + COMPRESSED not in manifest.files:
            packed = twin.read_bytes()
            if gzip.decompress(packed) != content:
                raise BuildRefused(_("changed: %(file)s") % {"file": name + COMPRESSED})
            yield SiteFile(name + COMPRESSED, twin, digest_of(packed), len(packed))
