"""Style sheets that are written in parts and read in one request.

A part stays short enough to be read; a page on a phone asks for one file. The joined file is found
like any other static file, by ``runserver``, ``collectstatic`` and the builder of the static site.
"""

import atexit
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

PUBLIC = "css/public.css"
BUNDLES = {
    PUBLIC: tuple(
        f"css/{part}.css"
        for part in (
            *("tokens", "base", "site", "components", "work"),
            *("pages", "search", "article", "print"),
        )
    )
}
"""The name of each bundle with its parts, in the order of the cascade."""


class BundleFinder(BaseFinder):
    """Finds each bundle, joined anew whenever a part is newer."""

    def __init__(self) -> None:
        self._folder = mkdtemp(prefix="cppcc-cms-bundles-")
        atexit.register(rmtree, self._folder, ignore_errors=True)

    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        """There is nothing to set wrongly."""
        return []

    def find(
        self, path: str, find_all: bool = False, **_kwargs: Any
    ) -> str | list[str]:  # the base class answers so: one path, or a list
        """Return where the bundle ``path`` lies; an empty list where there is no such bundle."""
        if path not in BUNDLES:
            return []
        joined = str(self._joined(path))
        return [joined] if find_all else joined

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield every bundle with the storage that holds it."""
        storage = FileSystemStorage(location=self._folder)
        for name in BUNDLES:
            self._joined(name)
            yield name, storage

    def _joined(self, name: str) -> Path:
        target = Path(self._folder, name)
        parts = [Path(settings.BASE_DIR, "static", part) for part in BUNDLES[name]]
        newest = max(part.stat().st_mtime_ns for part in parts)
        if not target.exists() or target.stat().st_mtime_ns < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("\n".join(part.read_text("utf-8") for part in parts), "utf-8")
        return target
