"""What was built: the list of files, kept beside them as ``manifest.json``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from speeches.files import write_whole
from speeches.publishing.addresses import MANIFEST
from speeches.publishing.rendering import BuildRefused


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a built site: relative path → SHA-256 (64 hexadecimal digits).

    ``built_at`` is when rendering began, in ISO 8601; ``basis`` what was published then, empty
    while a build is not complete; ``pages`` how many of the files are rendered pages.
    """

    files: dict[str, str]
    built_at: str
    pages: int = 0
    basis: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, output: Path) -> Manifest | None:
        """Return the manifest in ``output``, None where nothing was built.

        Raises BuildRefused where it cannot be read.
        """
        path = output / MANIFEST
        if not path.exists():
            return None
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise BuildRefused(
                _("“%(path)s” cannot be read: %(problem)s") % {"path": path, "problem": error}
            ) from error

    def write(self, output: Path) -> None:
        """Store the manifest in ``output``."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=0, sort_keys=True)
        write_whole(output / MANIFEST, text.encode())


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of ``content`` as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def holds(path: Path, digest: str) -> bool:
    """Whether the file at ``path`` exists and has this SHA-256."""
    return path.is_file() and digest_of(path.read_bytes()) == digest
