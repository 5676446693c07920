"""Static and media files as readers get them, found by their address."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from speeches.publishing.rendering import Page

_MISSING = Page(404, "", b"")


def read_asset(path: str) -> Page:
    """Return the file at the decoded address ``path``; status 404 where there is none.

    Only what a page refers to is ever asked for: the picture of a draft, or the admin's scripts,
    never come into the static site.
    """
    try:
        if path.startswith(settings.STATIC_URL):
            content = _static_content(path.removeprefix(settings.STATIC_URL))
        else:
            content = _media_content(path.removeprefix(settings.MEDIA_URL))
    except (SuspiciousFileOperation, IsADirectoryError):
        return _MISSING
    if content is None:
        return _MISSING
    return Page(200, mimetypes.guess_type(path)[0] or "application/octet-stream", content)


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
