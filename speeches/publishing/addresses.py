"""Which addresses belong to the static site, and the file in which each is kept."""

import re
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse

LONGEST_NAME = 240
"""Bytes of a file name: file systems allow 255, the temporary file's prefix and suffix included."""
MANIFEST = "manifest.json"
GONE, MOVED = ".gone", ".moved"
"""Folders of the marks of withdrawn addresses, and of the pages that lead to a new address."""
RESERVED_NAMES = frozenset({MANIFEST, GONE, MOVED})
"""Names at the top of the output folder that are no addresses."""
GONE_SUFFIX = "gone"
"""What the web server adds to a withdrawn address to find its mark."""

_PLAIN = re.compile(r"(?:/[\w-]+)*/(?:[\w-]+(?:\.[a-z0-9]+)?)?")
"""A path from the top in which nothing is encoded and no part leads upwards."""


class Unstorable(ValueError):
    """An address that no file can stand for."""


def internal_path(link: str, page: str = "/") -> str | None:
    """Return the decoded path that ``link`` on the page ``page`` leads to, without its fragment.

    None for a link to elsewhere, and for one with a query: a file cannot answer a question.
    """
    if link.startswith(("#", "?")):
        return None
    own = link.removeprefix(settings.SITE_URL)
    if _PLAIN.fullmatch(own):  # nearly every link: the general way takes thirty times as long
        return own
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


def is_answered_live(path: str) -> bool:
    """Whether the application itself answers ``path``: staff, search, reports, data on request."""
    if path in (reverse("api_guide"), reverse("api:openapi-json")):
        return False
    live = (reverse("admin:index"), reverse("search"), reverse("report"), reverse("api_guide"))
    return path.startswith(live) or path == reverse("favicon")


def file_of(path: str, media_type: str) -> str:
    """Return the file for ``path``, relative to the output folder.

    A path that ends with a slash is a folder with an ``index.html``, or an ``index.xml`` for a
    feed; a later page of a list (``/work/?page=2``) lies beside the first, as ``page-2.html``.
    Raises Unstorable where a part of the path cannot be a file name.
    """
    path, _mark, page = path.partition("?page=")
    name = path.removeprefix("/")
    if path.endswith("/"):
        end = f"page-{page}" if page else "index"
        name += f"{end}.html" if media_type == "text/html" else f"{end}.xml"
    parts = name.split("/")
    if parts[0] in RESERVED_NAMES or not all(map(_is_name, parts)):
        raise Unstorable(path)
    return name


def gone_mark(path: str) -> str:
    """Return the file that tells that ``path`` was withdrawn."""
    return f"{GONE}{path}{GONE_SUFFIX}"


def moved_page(path: str) -> str:
    """Return the file that leads from the old address ``path``, which is a folder, to the new."""
    return f"{MOVED}{path}index.html"


def files_of(path: str) -> set[str]:
    """Return every file that may stand for ``path``, whatever it answers."""
    try:
        names = {file_of(path, "text/html"), file_of(path, "application/xml")}
    except Unstorable:
        return set()
    return {*names, gone_mark(path), *({moved_page(path)} if path.endswith("/") else ())}


def _is_name(part: str) -> bool:
    return part not in {"", ".", ".."} and "\0" not in part and len(part.encode()) <= LONGEST_NAME
