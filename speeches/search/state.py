"""Which build of the index is searched, and the lock between those who write it and a switch."""

from django.db import connection

from speeches.models.search import SearchState

from .tokens import VERSION


def generation() -> int:
    """Return the number of the build that is searched."""
    return _generation()


def generation_to_write() -> int:
    """Return the number of the build that is searched; no other becomes it in this transaction."""
    return _generation("FOR SHARE" if connection.vendor == "postgresql" else "")


def _generation(lock: str = "") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT generation FROM speeches_searchstate WHERE id = 1 {lock}")  # noqa: S608 - constants
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def lock() -> SearchState:
    """Return the state for a change of it; whoever writes the index has ended, or waits."""
    state, _is_new = SearchState.objects.select_for_update().get_or_create(pk=SearchState.KEY)
    return state


def is_outdated() -> bool:
    """Whether the index was built by another tokeniser, so that words may be missed."""
    found = SearchState.objects.filter(pk=SearchState.KEY).values_list("tokens_version", flat=True)
    version = found.first()
    return version is not None and version != VERSION
