"""The order of answers: what the engine thinks of title and text, and the date."""

from collections.abc import Iterable
from operator import itemgetter

_FOR_NEWNESS = 0.05
"""What the newest answer gains on the oldest, as a share of the best score."""


def ranked(scored: Iterable[tuple[int, float]]) -> list[int]:
    """Return the keys of answers, the best first; of those nearly alike the newer comes first.

    ``scored`` are keys, which rise with the date, and scores from 0.
    """
    oldest_first = sorted(scored)
    if not oldest_first:
        return []
    best = max(score for _key, score in oldest_first) or 1.0
    step = _FOR_NEWNESS * best / len(oldest_first)
    order = [(score + place * step, key) for place, (key, score) in enumerate(oldest_first)]
    order.sort(key=itemgetter(0), reverse=True)
    return [key for _score, key in order]
