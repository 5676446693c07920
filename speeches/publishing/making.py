"""From an address to the file that answers it, in this process or in several at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from typing import TypeVar
from urllib.parse import unquote

from django.db import connections

from speeches.publishing.addresses import (
    Unstorable,
    file_of,
    gone_mark,
    internal_path,
    moved_page,
)
from speeches.publishing.links import links_in
from speeches.publishing.pages import Address
from speeches.publishing.rendering import Renderer

FEW = 100
"""Up to so many editions are named one by one; more are named by one hash over all."""
AT_ONCE = 10
_PAGE_LINK = re.compile(r"\?page=(\d+)")
GONE_STATUS = 410

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Made:
    """What the application answers at ``address``, and the file for it.

    ``name`` is empty where there is no file: nothing is public there, or no file can stand for it
    (``is_unstorable``). ``links`` are the decoded paths of this site that the page leads to;
    ``last`` is the greatest number of a page of the same list that is linked, 0 without any.
    """

    address: str
    status: int
    name: str = ""
    content: bytes = b""
    editions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    last: int = 0
    is_unstorable: bool = False


def make(renderer: Renderer, address: Address) -> list[Made]:
    """Render ``address`` with its later pages, as far as each leads to the next."""
    made = [_made(renderer, address, 1)]
    while address.is_list and len(made) < made[-1].last:
        made.append(_made(renderer, address, len(made) + 1))
    return made


def _made(renderer: Renderer, address: Address, number: int) -> Made:
    path = address.numbered(number)
    page = renderer.get(path)
    try:
        if page.status == 200:
            name = file_of(path, page.media_type)
            raw = set(links_in(page.content, page.media_type))
            links = {internal_path(link, path) for link in raw} - {None}
            numbered = (_PAGE_LINK.fullmatch(link) for link in raw)
            return Made(
                path,
                200,
                name,
                page.content,
                _named(renderer.hashes_of(page)),
                tuple(sorted(links)),
                max((int(match[1]) for match in numbered if match), default=0),
            )
        if page.status == GONE_STATUS:
            file_of(path, "text/html")
            return Made(path, page.status, gone_mark(path))
        target = unquote(page.location)
        if target and path.endswith("/") and renderer.get(target).status == 200:
            content = renderer.moved(path, page.location).content
            return Made(path, page.status, moved_page(path), content, links=(target,))
    except Unstorable:
        return Made(path, page.status, is_unstorable=True)
    return Made(path, page.status)


def _named(hashes: Sequence[str]) -> tuple[str, ...]:
    if len(hashes) > FEW:
        return (sha256("".join(hashes).encode()).hexdigest(),)
    return tuple(hashes)


def each(
    work: Callable[[Renderer, Address], Result],
    addresses: Iterable[Address],
    *,
    jobs: int,
    renderer: Renderer | None = None,
) -> Iterator[Result]:
    """Yield what ``work`` returns for each address, in order, by ``jobs`` processes.

    One process uses ``renderer`` where it is given. Raises what ``work`` raises.
    """
    if jobs == 1:
        yield from map(partial(work, renderer or Renderer()), addresses)
        return
    connections.close_all()  # a connection must not be shared by two processes
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        yield from pool.map(partial(_in_process, work), addresses, chunksize=AT_ONCE)


_own: list[Renderer] = []


def _in_process(work: Callable[[Renderer, Address], Result], address: Address) -> Result:
    if not _own:
        _own.append(Renderer())
    return work(_own[0], address)
