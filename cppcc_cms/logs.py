"""What log lines carry: the number of the request; and the lines of slow queries."""

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

request_id: ContextVar[str] = ContextVar("request_id", default="-")
slow_queries = logging.getLogger("cppcc_cms.slow_queries")


class NameRequest(logging.Filter):
    """Adds the number of the request to every line, ``-`` outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass."""
        record.request_id = request_id.get()
        return True


def watch_queries(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Have a new connection tell of slow queries; the receiver of ``connection_created``."""
    if settings.SLOW_QUERY_MS and _tell_slow not in connection.execute_wrappers:
        connection.execute_wrappers.append(_tell_slow)


def _tell_slow(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    started = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = (time.perf_counter() - started) * 1000
        if milliseconds >= settings.SLOW_QUERY_MS:  # the values may be secret: never logged
            slow_queries.warning("%.0f ms: %s", milliseconds, sql)
