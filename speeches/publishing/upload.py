"""The built site in S3-compatible storage, for a CDN: only what differs travels."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from speeches.exceptions import SpeechesError
from speeches.publishing.trees import COMPRESSED, site_files

KEPT_FOR_EVER = "public, max-age=31536000, immutable"
ASKED_ANEW = "public, max-age=0, must-revalidate"
"""Kept, but asked for anew: a withdrawn page is gone at the next look."""
_AT_ONCE = 8


class UploadRefused(SpeechesError):
    """The site cannot be uploaded; run it again, what was uploaded is not uploaded twice."""


@dataclass(frozen=True, slots=True)
class Object:
    """A file as an object: its key, content, and the headers that the storage gives out."""

    key: str
    content: bytes
    headers: dict[str, str]

    @property
    def tag(self) -> str:
        """The entity tag that storage makes of it: its MD5, which nothing here trusts."""
        return hashlib.md5(self.content, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Upload:
    """How many objects were written, removed and left as they were."""

    written: int
    removed: int
    same: int


def bucket() -> Any:
    """Return the bucket of the settings; raise UploadRefused without one, or without the extra."""
    if not settings.SITE_BUCKET:
        raise UploadRefused(_("SITE_BUCKET is not set."))
    try:
        from storages.backends.s3 import S3Storage  # noqa: PLC0415 - an optional package
    except ImportError as error:
        raise UploadRefused(
            _("Install the extra for storage: pip install 'cppcc-cms[storage]'.")
        ) from error
    return S3Storage(
        bucket_name=settings.SITE_BUCKET,
        endpoint_url=settings.SITE_BUCKET_ENDPOINT,
        region_name=settings.SITE_BUCKET_REGION,
    ).bucket


def upload(*, site: Path, tell: Callable[[str], None]) -> Upload:
    """Make the bucket equal to the built ``site``.

    First what pages refer to, then new pages, then changed ones; what is gone goes last: at no
    moment does a page lead to one that is missing. Raises UploadRefused where storage refuses,
    BuildRefused for a site that is not what was built.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - optional too

    place = bucket()
    try:
        there = {item.key: item.e_tag.strip('"') for item in place.objects.all()}
        waiting: tuple[list[Object], ...] = ([], [], [])
        known, same = set(), 0
        for found in objects_of(site):
            known.add(found.key)
            if there.get(found.key) == found.tag:
                same += 1
            else:
                waiting[_turn(found.key, is_new=found.key not in there)].append(found)

        def put(found: Object) -> None:
            place.put_object(Key=found.key, Body=found.content, **found.headers)
            tell(found.key)

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for turn in waiting:
                list(pool.map(put, turn))
        gone = sorted(there.keys() - known)
        for start in range(0, len(gone), 1000):
            keys = [{"Key": key} for key in gone[start : start + 1000]]
            place.delete_objects(Delete={"Objects": keys, "Quiet": True})
    except (BotoCoreError, ClientError) as error:
        raise UploadRefused(_("The storage refuses: %(problem)s") % {"problem": error}) from error
    return Upload(sum(map(len, waiting)), len(gone), same)


def _turn(key: str, *, is_new: bool) -> int:
    if _is_asset(key):
        return 0
    return 1 if is_new else 2


def _is_asset(key: str) -> bool:
    return f"/{key}".startswith((settings.STATIC_URL, settings.MEDIA_URL))


def objects_of(site: Path) -> Iterator[Object]:
    """Yield the objects of a built site: compressed where it has a compressed twin.

    A key is the path of the file, and the file of an address that ends with a slash is its
    ``index.html``, as storage that serves web sites wants it. Marks for the web server, whose
    names begin with a dot, are left out, except ``.well-known``.
    """
    packed = {
        file.name.removesuffix(COMPRESSED): file
        for file in site_files(site)
        if file.name.endswith(COMPRESSED)
    }
    for file in site_files(site):
        if file.name.endswith(COMPRESSED) or _is_mark(file.name):
            continue
        headers = {
            "ContentType": _media_type(file.name),
            "CacheControl": KEPT_FOR_EVER if _is_hashed(file.name) else ASKED_ANEW,
        }
        content = file.read()
        if file.name in packed:
            content = packed[file.name].read()
            headers["ContentEncoding"] = "gzip"
        yield Object(file.name, content, headers)


def _is_mark(name: str) -> bool:
    return name.startswith(".") and not name.startswith(".well-known/")


def _is_hashed(name: str) -> bool:
    """Whether the name changes with the content, as collected static files have it."""
    parts = name.rsplit(".", 2)
    is_hash = len(parts) == 3 and len(parts[1]) == 12 and set(parts[1]) <= set("0123456789abcdef")
    return _is_asset(name) and is_hash


def _media_type(name: str) -> str:
    if name.endswith("feed/index.xml"):
        return "application/atom+xml; charset=utf-8"
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = media_type.startswith("text/") or media_type.endswith(("xml", "json", "javascript"))
    return f"{media_type}; charset=utf-8" if is_text else media_type
