"""Asking the application for its own pages, in this process and without a network."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import reset_queries
from django.db.models.signals import post_init
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import get_resolver
from django.utils.translation import gettext as _

from speeches.exceptions import SpeechesError
from speeches.models.editions import (
    Edition,
    MeetingEdition,
    SpeechEdition,
    WorkItemEdition,
    editions_read,
)


class BuildRefused(SpeechesError):
    """The static site cannot be built; what was built before stays as it is."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the application answers; ``media_type`` has no charset, ``location`` is a redirect's.

    ``editions`` are the keys of the editions that were read for it.
    """

    status: int
    media_type: str
    content: bytes
    location: str = ""
    editions: frozenset[tuple[type[Edition], int]] = frozenset()


class Renderer:
    """The application as an anonymous reader meets it at the site's own address."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()
        self._hashes: dict[tuple[type[Edition], int], str] = {}

    def get(self, path: str) -> Page:
        """Return the answer at the decoded ``path``.

        Raises BuildRefused, naming the address, where the application fails or refuses its host.
        """
        with _reading(self._hashes) as read, _without_warnings():
            response = self._handler.get_response(_request(path))
        page = _page(response, read)
        reset_queries()
        if page.status == 400:
            raise BuildRefused(
                _("%(address)s is refused: is the host of SITE_URL one of ALLOWED_HOSTS?")
                % {"address": f"{settings.SITE_URL}{quote(path)}"}
            )
        if page.status == 500:
            raise BuildRefused(
                _("The page %(address)s fails (see the log); the site stays as it was.")
                % {"address": quote(path)}
            )
        return page

    def hashes_of(self, page: Page) -> list[str]:
        """Return the hashes of the editions that ``page`` was made from, in order."""
        for kind in {kind for kind, _number in page.editions}:
            numbers = {number for of, number in page.editions if of is kind}
            missing = [number for number in numbers if (kind, number) not in self._hashes]
            if not missing:
                continue
            rows = kind.objects.filter(pk__in=missing).order_by().values_list("pk", "content_hash")
            self._hashes.update({(kind, number): content_hash for number, content_hash in rows})
        return sorted(self._hashes[key] for key in page.editions)

    def not_found(self) -> Page:
        """Return the page that tells a reader that there is nothing."""
        view = get_resolver().resolve_error_handler(404)
        return _page(view(_request("/404.html"), exception=Http404()))

    def notice(self, template: str) -> Page:
        """Return the page made of ``template`` alone, for the web server to show by itself."""
        return _page(render(_request(f"/{template}"), template))

    def moved(self, path: str, location: str) -> Page:
        """Return the page that leads a reader from ``path`` to ``location``."""
        return _page(render(_request(path), "moved.html", {"location": location}))


@contextmanager
def _reading(
    known: dict[tuple[type[Edition], int], str],
) -> Iterator[set[tuple[type[Edition], int]]]:
    """Collect the keys of the editions that are read meanwhile; note hashes as ``known``."""
    read: set[tuple[type[Edition], int]] = set()

    def note(sender: type[Edition], instance: Edition, **_signal: object) -> None:
        read.add((sender, instance.pk))

    def note_all(sender: type[Edition], hashes: Mapping[int, str], **_signal: object) -> None:
        told = {(sender, number): content_hash for number, content_hash in hashes.items()}
        read.update(told)
        known.update(told)

    editions_read.connect(note_all)
    for kind in (MeetingEdition, SpeechEdition, WorkItemEdition):
        post_init.connect(note, sender=kind)
    try:
        yield read
    finally:
        editions_read.disconnect(note_all)
        for kind in (MeetingEdition, SpeechEdition, WorkItemEdition):
            post_init.disconnect(note, sender=kind)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Keep what is not there out of the log: asking for it is how one finds out."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _page(
    response: HttpResponse, read: set[tuple[type[Edition], int]] | frozenset[Any] = frozenset()
) -> Page:
    return Page(
        status=response.status_code,
        media_type=response.headers.get("Content-Type", "").partition(";")[0].strip(),
        content=response.content,
        location=response.headers.get("Location", ""),
        editions=frozenset(read),
    )


def _request(path: str) -> WSGIRequest:
    """Return a secure GET: absolute addresses come from SITE_URL, never from the request."""
    site = urlsplit(settings.SITE_URL)
    address, _mark, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": address.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname or "",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https",
        "wsgi.input": BytesIO(),
    }
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        environ[header] = secure
    return WSGIRequest(environ)
