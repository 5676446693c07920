"""What readers search, counted by month: no reader, no address, no single moment is kept.

Counts are gathered in the process and written now and then, so that no search waits for a lock;
what was gathered last is lost when a process is killed.
"""

import re
import time
from collections import Counter
from datetime import date
from threading import Lock

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from .query import LONGEST
from .tokens import fold

_EVERY = 30.0
"""Seconds between two writings."""
_MOST = 500
"""Different questions that are gathered at most."""
_PLATE = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][a-z][a-z0-9]{5}"
_PERSONAL = re.compile(rf"\d{{7}}|\d{{3,4}}[-\s]\d{{4}}|@|{_PLATE}")
"""Telephone and identity numbers, mail addresses and number plates."""
_STORE = """
INSERT INTO speeches_searchedquery (month, text, times, without_result) VALUES (%s, %s, %s, %s)
ON CONFLICT (month, text) DO UPDATE SET
    times = speeches_searchedquery.times + excluded.times,
    without_result = speeches_searchedquery.without_result + excluded.without_result
"""


class _Gathered:
    """Counts that wait to be written, shared by the threads of a process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: Counter[tuple[date, str]] = Counter()
        self._failed: Counter[tuple[date, str]] = Counter()
        self._written_at = time.monotonic()

    def add(self, key: tuple[date, str], *, found: bool) -> bool:
        """Count a question; return whether it is time to write."""
        with self._lock:
            if key in self._asked or len(self._asked) < _MOST:
                self._asked[key] += 1
                self._failed[key] += not found
            return time.monotonic() - self._written_at >= _EVERY

    def take(self) -> list[tuple[date, str, int, int]]:
        """Return the counts and begin anew."""
        with self._lock:
            rows = [(*key, times, self._failed[key]) for key, times in self._asked.items()]
            self._asked.clear()
            self._failed.clear()
            self._written_at = time.monotonic()
            return rows


_gathered = _Gathered()


def note(text: str, *, found: bool) -> None:
    """Count a question of a reader; one that looks like a personal number is not kept."""
    folded = " ".join(fold(text).replace("\0", "").split())[:LONGEST]
    if not folded or _PERSONAL.search(folded):
        return
    if _gathered.add((timezone.localdate().replace(day=1), folded), found=found):
        write()


def write() -> None:
    """Write what was gathered; where the database refuses, these counts are given up."""
    rows = _gathered.take()
    if not rows:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_STORE, rows)
    except DatabaseError:
        return
