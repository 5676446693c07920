"""Telling how far the making of a file is, to whoever wants to know.

The steps are reported where they happen, deep in a form's own code; who listens is set outside.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from speeches.enums import ExportStep

Listener = Callable[[ExportStep], None]


def _nobody(_step: ExportStep) -> None:
    """Hear nothing."""


_listener: ContextVar[Listener] = ContextVar("_listener", default=_nobody)


@contextmanager
def reported_to(listener: Listener) -> Iterator[None]:
    """Call ``listener`` with every step that is reported within."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def report(step: ExportStep) -> None:
    """Tell that ``step`` begins."""
    _listener.get()(step)
