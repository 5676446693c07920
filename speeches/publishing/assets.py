"""Static and media files as readers get them, found by their address."""

import mimetypes
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from speeches.publishing.addresses import internal_path, is_asset
from speeches.publishing.links import links_in


def is_picture(path: str) -> bool:
    """Whether ``path`` is an uploaded file, which goes when no page shows it any more."""
    return path.startswith(settings.MEDIA_URL)


def assets_of(paths: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yield each asset at ``paths``, and those that style sheets lead to, with its content.

    None stands for a file that is missing. Only what a page refers to is ever asked for: the
    picture of a draft, or the admin's scripts, never come into the static site.
    """
    waiting = deque(sorted(set(paths)))
    seen = set(waiting)
    while waiting:
        path = waiting.popleft()
        content = _read(path)
        yield path, content
        if content is None:
            continue
        for link in links_in(content, mimetypes.guess_type(path)[0] or ""):
            target = internal_path(link, path)
            if target is not None and target not in seen and is_asset(target):
                seen.add(target)
                waiting.append(target)


def _read(path: str) -> bytes | None:
    try:
        if is_picture(path):
            return _media_content(path.removeprefix(settings.MEDIA_URL))
        return _static_content(path.removeprefix(settings.STATIC_URL))
    except (SuspiciousFileOperation, IsADirectoryError):
        return None


def _static_content(name: str) -> bytes | None:
    source = finders.find(name)
    if source:
        return Path(source).read_bytes()
    if settings.STATIC_ROOT and staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    return None


def _media_content(name: str) -> bytes | None:
    if not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        return file.read()
