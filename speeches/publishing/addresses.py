"""Which addresses belong to the static site, and the file in which each is kept."""

from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse

LONGEST_NAME = 240
"""Bytes of a file name: file systems allow 255, the temporary file's prefix and suffix included."""
MANIFEST, STAGING, LOCK = "manifest.json", ".building", ".lock"
RESERVED_NAMES = frozenset({MANIFEST, STAGING, LOCK})
"""Names at the top of the output folder that the builder keeps for itself."""


class Unstorable(ValueError):
    """An address that no file can stand for."""


def internal_path(link: str, page: str = "/") -> str | None:
    """Return the decoded path that ``link`` on the page ``page`` leads to, without its fragment.

    None for a link to elsewhere, and for one with a query: a file cannot answer a question.
    """
    if link.startswith(("#", "?")):
        return None
    try:
        address = urlsplit(urljoin(f"{settings.SITE_URL}{page}", link.strip()))
    except ValueError:
        return None
    home = urlsplit(settings.SITE_URL)
    if (address.scheme, address.netloc) != (home.scheme, home.netloc) or address.query:
        return None
    return unquote(address.path) or "/"


def is_asset(path: str) -> bool:
    """Whether ``path`` is a static or media file, which is copied and not rendered."""
    return path.startswith((settings.STATIC_URL, settings.MEDIA_URL))


def is_for_staff(path: str) -> bool:
    """Whether ``path`` lies in the admin."""
    return path.startswith(reverse("admin:index"))


def is_digest(path: str) -> bool:
    """Whether ``path`` is a file made of published pieces: a digest or a compilation."""
    try:
        return "format_name" in resolve(path).kwargs
    except Resolver404:
        return False


def file_of(path: str, media_type: str) -> str:
    """Return the file for ``path``, relative to the output folder.

    A path that ends with a slash is a folder with an ``index.html``, or an ``index.xml`` for a
    feed. Raises Unstorable where a part of the path cannot be a file name.
    """
    name = path.removeprefix("/")
    if path.endswith("/"):
        name += "index.html" if media_type == "text/html" else "index.xml"
    parts = name.split("/")
    if parts[0] in RESERVED_NAMES or not all(map(_is_name, parts)):
        raise Unstorable(path)
    return name


def _is_name(part: str) -> bool:
    return part not in {"", ".", ".."} and "\0" not in part and len(part.encode()) <= LONGEST_NAME
