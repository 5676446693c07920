"""How the product is: for the status page of the admin, and as numbers for monitoring."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from speeches.models.search import SearchDocument
from speeches.operations.state import last_run
from speeches.publishing import ledger
from speeches.publishing.freshness import missing_news
from speeches.publishing.manifest import Manifest
from speeches.search import state as search_state

logger = logging.getLogger(__name__)

LATE = timedelta(hours=26)
"""After this long a daily backup or check is late."""
STUCK = timedelta(minutes=10)
"""After this long a waiting task has no worker."""
_DISK_SCARCE, _DISK_LOW = 0.10, 0.20


class Health(StrEnum):
    """How something is."""

    SOUND = "sound"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the status page."""

    title: str
    health: Health
    told: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number for monitoring; times are in seconds since 1970."""

    name: str
    meaning: str
    value: float


def rows() -> Iterator[Row]:
    """Yield a line for each part; one that cannot be asked is a line too."""
    for title, check in _CHECKS.items():
        try:
            health, told, *advice = check()
        except Exception:
            logger.exception("The state of a part cannot be told.")
            yield Row(str(title), Health.WRONG, _("cannot be asked; the log tells why"))
        else:
            yield Row(str(title), health, told, *advice)


Told = tuple[Health, str] | tuple[Health, str, str]


def _database() -> Told:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    executor = MigrationExecutor(connection)
    told = f"{connection.display_name}，{filesizeformat(size)}"
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Health.WRONG, told, _("Migrations are missing: run “manage.py migrate”.")
    return Health.SOUND, told


def _search() -> Told:
    indexed = SearchDocument.objects.filter(generation=search_state.generation()).count()
    public = sum(kind.objects.current().count() for kind in ledger.KINDS)
    told = _("%(indexed)s of %(public)s public pieces") % {"indexed": indexed, "public": public}
    if search_state.is_outdated() or indexed != public:
        return Health.WRONG, told, _("Run “manage.py rebuild_search_index”.")
    return Health.SOUND, told


def _tasks() -> Told:
    if not settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        return Health.SOUND, _("Work is done at once, without a worker.")
    waiting, failed = DBTaskResult.objects.ready(), DBTaskResult.objects.failed().count()
    told = _("%(waiting)s waiting, %(failed)s failed") % {
        "waiting": waiting.count(),
        "failed": failed,
    }
    if waiting.filter(enqueued_at__lt=timezone.now() - STUCK).exists():
        return Health.WRONG, told, _("Tasks are not taken up: is “cppcc-cms-worker” running?")
    return (Health.WARNING if failed else Health.SOUND), told


def _cache() -> Told:
    cache.get("status")
    if getattr(cache, "is_away", False):
        return (
            Health.WARNING,
            _("does not answer; each process counts requests for itself"),
            _("Look at the server that CACHE_URL names, or at the room on the disk."),
        )
    return Health.SOUND, _("answers")


def _disk() -> Told:
    shares = {}
    for root in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.BACKUP_ROOT):
        usage = shutil.disk_usage(_nearest(Path(root)))
        shares[usage.free / usage.total] = usage.free
    least = min(shares)
    told = _("%(free)s free (%(percent)d %%)") % {
        "free": filesizeformat(shares[least]),
        "percent": least * 100,
    }
    if least < _DISK_SCARCE:
        return Health.WRONG, told, _("Make room before anything can no longer be written.")
    return (Health.WARNING if least < _DISK_LOW else Health.SOUND), told


def _nearest(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _build() -> Told:
    manifest = Manifest.read(Path(settings.SITE_OUTPUT))
    if manifest is None:
        return Health.SOUND, _("No files are built; the application answers every page.")
    told = _("%(pages)s pages, built %(when)s") % {
        "pages": manifest.pages,
        "when": _moment(datetime.fromisoformat(manifest.built_at)),
    }
    missing = list(missing_news(Path(settings.SITE_OUTPUT)))
    if missing:
        return Health.WRONG, told, _("Not on disk: %(pages)s") % {"pages": "、".join(missing[:3])}
    return Health.SOUND, told


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i")


def _run_of(name: str, *, is_wanted: bool) -> Told:
    run = last_run(name)
    if run is None:
        return (Health.WRONG if is_wanted else Health.SOUND), _("never yet")
    told = f"{_moment(run.ended_at)}：{run.message}"
    if not run.sound:
        return Health.WRONG, told
    if timezone.now() - run.ended_at > LATE:
        return Health.WARNING, told, _("That is long ago: look at its timer.")
    return Health.SOUND, told


def _verification() -> Told:
    return _run_of("verify_site", is_wanted=(Path(settings.SITE_OUTPUT) / "index.html").exists())


def _backup() -> Told:
    return _run_of("backup", is_wanted=True)


_CHECKS: dict[object, Callable[[], Told]] = {
    gettext_lazy("Database"): _database,
    gettext_lazy("Search index"): _search,
    gettext_lazy("Tasks"): _tasks,
    gettext_lazy("Cache"): _cache,
    gettext_lazy("Disk"): _disk,
    gettext_lazy("Static site"): _build,
    gettext_lazy("Check of the static site"): _verification,
    gettext_lazy("Backup"): _backup,
}


def gauges() -> Iterator[Gauge]:
    """Yield what can be counted now; what cannot be asked is left out."""
    for gauge in (_counted, _timed, _free):
        try:
            yield from gauge()
        except Exception:
            logger.exception("A number for monitoring cannot be told.")


def _counted() -> Iterator[Gauge]:
    current = sum(kind.objects.current().count() for kind in ledger.KINDS)
    yield Gauge("public_pieces", "Pieces that readers see", current)
    yield Gauge("tasks_waiting", "Tasks for the worker", DBTaskResult.objects.ready().count())
    yield Gauge("tasks_failed", "Tasks that failed", DBTaskResult.objects.failed().count())


def _timed() -> Iterator[Gauge]:
    for name in ("backup", "verify_site"):
        run = last_run(name)
        if run is not None:
            yield Gauge(f"{name}_ended", f"End of the last {name}", run.ended_at.timestamp())
            yield Gauge(f"{name}_sound", f"Whether the last {name} was sound", run.sound)
    manifest = Manifest.read(Path(settings.SITE_OUTPUT))
    if manifest is not None:
        built_at = datetime.fromisoformat(manifest.built_at)
        yield Gauge("site_built", "Last build of the static site", built_at.timestamp())


def _free() -> Iterator[Gauge]:
    free = shutil.disk_usage(_nearest(Path(settings.MEDIA_ROOT))).free
    yield Gauge("disk_free_bytes", "Free bytes where media files lie", free)
