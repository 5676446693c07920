"""A cache that goes on where its store is away: a Redis that does not answer, a disk that is full.

The cache holds nothing but counts of requests (``docs/deployment.md``). While the store is away
each process counts for itself: limits still hold, if less strictly, and every page answers.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache, InvalidCacheKey
from django.core.cache.backends.locmem import LocMemCache

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5
"""How long a store that failed is not asked again."""


class KeepingOn(BaseCache):
    """Asks the cache that ``LOCATION`` names in CACHES, and a memory of the process meanwhile."""

    _asked_again_at = 0.0
    """Known to all threads, each of which has a cache of its own."""

    def __init__(self, store: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._store = store
        self._meanwhile = LocMemCache("keeping-on", params)

    @property
    def is_away(self) -> bool:
        """Whether the store failed just now."""
        return time.monotonic() < KeepingOn._asked_again_at

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        """Store ``value`` where ``key`` has none; return whether it was stored."""
        return self._ask(lambda cache: cache.add(key, value, timeout, version))

    def get(self, key: str, default: Any = None, version: Any = None) -> Any:
        """Return what is stored at ``key``."""
        return self._ask(lambda cache: cache.get(key, default, version))

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        """Store ``value`` at ``key``."""
        return self._ask(lambda cache: cache.set(key, value, timeout, version))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> Any:
        """Keep what is at ``key`` for ``timeout`` seconds from now; return whether it is there."""
        return self._ask(lambda cache: cache.touch(key, timeout, version))

    def delete(self, key: str, version: Any = None) -> Any:
        """Forget ``key``; return whether it was there."""
        return self._ask(lambda cache: cache.delete(key, version))

    def incr(self, key: str, delta: int = 1, version: Any = None) -> int:
        """Add to the count at ``key``; one that went with its store begins anew."""

        def counted(cache: BaseCache) -> int:
            try:
                return int(cache.incr(key, delta, version))
            except ValueError:
                cache.set(key, delta, version=version)
                return delta

        return int(self._ask(counted))

    def clear(self) -> None:
        """Forget everything."""
        self._meanwhile.clear()
        self._ask(lambda cache: cache.clear())

    def _ask(self, question: Callable[[BaseCache], Any]) -> Any:
        if not self.is_away:
            try:
                return question(caches[self._store])
            except InvalidCacheKey:
                raise
            except Exception:
                logger.exception("The store of the cache fails; each process counts for itself.")
                KeepingOn._asked_again_at = time.monotonic() + PAUSE_SECONDS
        return question(self._meanwhile)
