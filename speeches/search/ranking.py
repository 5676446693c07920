"""The order of answers: what the engine thinks of title and text, and the date."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from operator import itemgetter

RANKED = 200
"""Answers that are ranked, all of them; there are more where a word is common."""
HEAD = 40
"""The newest of many answers, which are ranked among themselves."""

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


def of_many(
    *,
    offset: int,
    limit: int,
    titled: Callable[[int], list[int]],
    newest: Callable[[int], list[int]],
    by_text: Callable[[Sequence[int]], list[int]],
) -> list[int]:
    """Return a part of a list that is too long to be ranked.

    ``titled`` returns so many answers with all words in their title, ``newest`` so many of all,
    both the newest first; ``by_text`` ranks a few. What is titled comes first, behind it the head
    of the others, ranked, and then the others by date.
    """
    end = offset + limit
    titles = titled(end)
    if len(titles) == end:
        return titles[offset:]
    # As many of the newest as are asked for: at least those behind the titles are among them.
    keys = newest(max(end, HEAD))
    named = set(titles)
    others = (key for key in chain(by_text(keys[:HEAD]), keys[HEAD:]) if key not in named)
    return list(islice(chain(titles, others), offset, end))
