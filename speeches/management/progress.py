"""Telling how far a command is, on standard error."""

import sys
from typing import TextIO

WIDTH = 40
STEPS = 10
"""How often a command that nobody watches tells it."""


class ProgressBar:
    """A bar that grows on a terminal, and ten lines in a log."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._told = -1

    def __call__(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` are done."""
        if not total:
            return
        is_watched = self._stream.isatty()
        step = done * (100 if is_watched else STEPS) // total
        if step == self._told:
            return
        self._told = step
        if is_watched:
            filled = WIDTH * done // total
            bar = "█" * filled + "░" * (WIDTH - filled)
            self._stream.write(f"\r{bar} {done}/{total}" + ("\n" if done == total else ""))
        else:
            self._stream.write(f"{done}/{total}\n")
        self._stream.flush()
