"""How far the reading of a file is, told while it goes on to whoever waits for it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Stage(StrEnum):
    """The stages of reading, in their order."""

    READING = "reading"
    SEGMENTS = "segments"
    ORDER = "order"
    FIGURES = "figures"
    NAMES = "names"


Listener = Callable[[Stage, int, int], None]
"""Takes the stage, how much of it is done, and how much there is: 3 of 40 speeches."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def telling(listener: Listener) -> Iterator[None]:
    """Tell ``listener`` of everything that is reported inside."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def report(stage: Stage, done: int = 0, total: int = 1) -> None:
    """Tell who listens, if anybody, that ``done`` of ``total`` pieces of ``stage`` are through."""
    listener = _listener.get()
    if listener is not None:
        listener(stage, done, total)


def watched(stage: Stage, pieces: Sequence[T]) -> Iterator[T]:
    """Yield ``pieces``, reporting each as done once the next is asked for."""
    for done, piece in enumerate(pieces):
        report(stage, done, len(pieces))
        yield piece
    report(stage, len(pieces), len(pieces))
