"""Measuring two ways of doing one thing, in turns; or how long one takes each time."""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import django
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ``ours`` and its ``peer`` cost in ``unit``, a value a round, and what each is."""

    title: str
    ours_is: str
    peer_is: str
    ours: tuple[float, ...]
    peer: tuple[float, ...]
    unit: str = "CPU s"

    @property
    def ratio(self) -> float:
        """How many times the peer's cost ours is: the median of the rounds' ratios."""
        return statistics.median(
            ours / peer for ours, peer in zip(self.ours, self.peer, strict=True)
        )

    def table(self) -> str:
        """Return the result as lines of text."""
        return "\n".join(
            (
                self.title,
                f"  {'ours':<6}{statistics.median(self.ours):>10.4f} {self.unit}  {self.ours_is}",
                f"  {'peer':<6}{statistics.median(self.peer):>10.4f} {self.unit}  {self.peer_is}",
                f"  {'ratio':<6}{self.ratio:>10.2f} over {len(self.ours)} rounds",
            )
        )

    def as_json(self) -> dict[str, object]:
        """Return the result, each round with it, and where it was measured."""
        return {
            "title": self.title,
            "unit": self.unit,
            "ours": {"is": self.ours_is, "values": self.ours},
            "peer": {"is": self.peer_is, "values": self.peer},
            "ratio": round(self.ratio, 4),
            **_circumstances(),
        }


@dataclass(frozen=True, slots=True)
class Spread:
    """How ``values``, in seconds, lie: there is no peer to hold them against."""

    title: str
    values: tuple[float, ...]

    def table(self) -> str:
        """Return the result as lines of text."""
        ordered = sorted(self.values)
        late = ordered[int(len(ordered) * 0.95)] if len(ordered) > 1 else ordered[0]
        return "\n".join(
            (
                self.title,
                f"  median {statistics.median(ordered):.3f} s, 95 of 100 within {late:.3f} s",
                f"  {ordered[0]:.3f} to {ordered[-1]:.3f} s over {len(ordered)}",
            )
        )

    def as_json(self) -> dict[str, object]:
        """Return every value, and where it was measured."""
        return {"title": self.title, "unit": "s", "values": self.values, **_circumstances()}


def _circumstances() -> dict[str, object]:
    return {
        "python": platform.python_version(),
        "django": django.get_version(),
        "machine": platform.machine(),
        "measured_at": timezone.now().isoformat(),
    }


def in_turns(
    *,
    ours: Callable[[int], object],
    peer: Callable[[int], object],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Call both ways ``rounds`` times in turns, after one round that does not count.

    Each is given the number of the round, from 0; the first is the one that does not count.
    ``clock`` tells seconds: by default those of this process alone.
    """
    pairs = [
        (_seconds(ours, number, clock), _seconds(peer, number, clock))
        for number in range(rounds + 1)
    ]
    first, second = zip(*pairs[1:], strict=True)
    return first, second


def _seconds(run: Callable[[int], object], number: int, clock: Callable[[], float]) -> float:
    started = clock()
    run(number)
    return clock() - started
