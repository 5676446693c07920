"""Which build of the index is searched, and the lock between those who write it and a switch."""

from django.db import connection

from speeches.models.search import SearchState

from .tokens import VERSION


def generation() -> int:
    """Return the number of the build that is searched."""
    found = SearchState.objects.filter(pk=SearchState.KEY).values_list("generation", flat=True)
    return found.first() or 0


def generation_to_write() -> int:
    """Return the number of the build that is searched; no other becomes it in this transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT generation FROM speeches_searchstate WHERE id = 1 FOR SHARE")
            row = cursor.fetchone()
        return row[0] if row else 0
    return generation()


def lock() -> SearchState:
    """Return the state for a change of it; whoever writes the index has ended, or waits."""
    state, _is_new = SearchState.objects.select_for_update().get_or_create(pk=SearchState.KEY)
    return state


def is_outdated() -> bool:
    """Whether the index was built by another tokeniser, so that words may be missed."""
    found = SearchState.objects.filter(pk=SearchState.KEY).values_list("tokens_version", flat=True)
    version = found.first()
    return version is not None and version != VERSION
