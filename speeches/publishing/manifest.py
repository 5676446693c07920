"""What was built: every file with its hash and what it was made from, kept as ``manifest.json``.

    {"built_at": "2025-09-16T08:00:00+08:00",      when the last whole build began
     "fingerprint": "…",                           of the code, templates and settings it came from
     "with_digests": false,                        whether the downloads of meetings are files too
     "position": {"floor": 812, "beyond": [814]},  the changes that are in it (``changes.Position``)
     "histories": {"organization": [31, 44]},      rows and last row of the histories that are in it
     "files": {"speeches/12/index.html":
        {"address": "/speeches/12/", "sha256": "…", "editions": ["…"], "uses": ["/media/a.jpg"],
         "made_at": "…"}}}

The variants ``.gz`` and ``.br`` of a file are not listed: they hold the same bytes (``encodings``).
Names below ``.gone/`` are empty marks of withdrawn addresses, those below ``.moved/`` pages that
lead from an old address to the new one.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from speeches.files import write_whole
from speeches.publishing.addresses import GONE, MANIFEST, MOVED, is_asset
from speeches.publishing.changes import Position
from speeches.publishing.rendering import BuildRefused

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: the decoded ``address`` it answers, its SHA-256, and what it was made from.

    ``editions`` are content hashes, or one hash over all of them where they are many; ``uses`` the
    addresses of the uploaded pictures on the page; ``made_at`` is ISO 8601.
    """

    address: str
    sha256: str
    editions: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    made_at: str = ""

    @property
    def facts(self) -> tuple[object, ...]:
        """What makes it this file, whenever it was made."""
        return (self.address, self.sha256, self.editions, self.uses)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a built site by their path in its folder, and what state they stand for."""

    entries: dict[str, Entry]
    built_at: str
    fingerprint: str = ""
    with_digests: bool = False
    position: Position = field(default_factory=Position)
    histories: Mapping[str, list[int]] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, str]:
        """Relative path → SHA-256 (64 hexadecimal digits)."""
        return {name: entry.sha256 for name, entry in self.entries.items()}

    @property
    def pages(self) -> int:
        """How many of the files are rendered pages: no static file, picture or mark."""
        return sum(
            not is_asset(entry.address) and not name.startswith((f"{GONE}/", f"{MOVED}/"))
            for name, entry in self.entries.items()
        )

    @classmethod
    def read(cls, output: Path) -> Manifest | None:
        """Return the manifest in ``output``, None where nothing was built.

        What was read or written last is remembered as long as the file is the same: a worker asks
        several times a second, and there may be fifty thousand entries. Raises BuildRefused where
        it cannot be read.
        """
        path = output / MANIFEST
        state = _state_of(path)
        if state is None:
            return None
        if _latest.get("state") == state:
            return _latest["manifest"]
        found = cls._parsed(path)
        _latest.update(state=state, manifest=found)
        return found

    @classmethod
    def _parsed(cls, path: Path) -> Manifest:
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            entries = {name: _entry(**facts) for name, facts in told.pop("files").items()}
            floor, beyond = (told["position"][name] for name in ("floor", "beyond"))
            told["position"] = Position(floor, tuple(beyond))
            return cls(entries, **told)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise BuildRefused(
                _("“%(path)s” cannot be read: %(problem)s") % {"path": path, "problem": error}
            ) from error

    @classmethod
    def last(cls, output: Path | None) -> Manifest | None:
        """Return what can be known of the build in ``output``: None where nothing can be.

        A damaged manifest is told to the log: then everything has to be built anew.
        """
        try:
            return cls.read(output) if output else None
        except BuildRefused as error:
            logger.warning("%s", error)
            return None

    def write(self, output: Path, staging: Path | None = None) -> None:
        """Store the manifest in ``output``, by way of the folder ``staging``."""
        told = {
            "built_at": self.built_at,
            "fingerprint": self.fingerprint,
            "with_digests": self.with_digests,
            "position": asdict(self.position),
            "histories": self.histories,
            "files": {name: _told(entry) for name, entry in sorted(self.entries.items())},
        }
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        write_whole(output / MANIFEST, text.encode(), staging=staging)
        _latest.update(state=_state_of(output / MANIFEST), manifest=self)


_latest: dict[str, Any] = {}


def _state_of(path: Path) -> tuple[Path, int, int, int] | None:
    """Return what tells a file from the one that replaces it; None where there is none."""
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return path, told.st_ino, told.st_size, told.st_mtime_ns


def _told(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__slots__}


def _entry(address: str, sha256: str, editions: list[str], uses: list[str], made_at: str) -> Entry:
    return Entry(address, sha256, tuple(editions), tuple(uses), made_at)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of ``content`` as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def holds(path: Path, digest: str) -> bool:
    """Whether the file at ``path`` exists and has this SHA-256."""
    return path.is_file() and digest_of(path.read_bytes()) == digest
