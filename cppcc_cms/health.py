"""Is the process up, and can it work? For systemd, a load balancer, a watcher from outside."""

import logging
import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process answers, whatever stands behind it."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 where database and storage work, else 503; a reason is only logged.

    A cache that is away is told, and no reason to send nobody here: every page answers without.
    """
    told = {name: "ok" if _works(name, check) else "failed" for name, check in CHECKS.items()}
    needed = {told[name] for name in CHECKS if name != "cache"}
    return JsonResponse(told, status=200 if needed == {"ok"} else 503)


def _works(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:
        logger.exception("Not ready: %s", name)
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    key, value = "readyz", uuid.uuid4().hex
    cache.set(f"{key}-{value}", value, 10)
    is_kept = cache.get(f"{key}-{value}") == value
    cache.delete(f"{key}-{value}")
    if cache.is_away or not is_kept:
        raise RuntimeError("the cache does not keep what it was given")


def _storage() -> None:
    for alias in ("default", "private"):
        storage = storages[alias]
        storage.delete(storage.save(f"readyz-{uuid.uuid4().hex}", ContentFile(b"ok")))


CHECKS = {"database": _database, "cache": _cache, "storage": _storage}
"""Named alike in the answer; nothing else is told to whoever asks."""
