"""The move of everything from one database to another, of another kind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.utils.translation import gettext as _

from speeches.exceptions import SpeechesError
from speeches.models.search import SearchDocument, SearchState, SearchTerm
from speeches.operations import databases
from speeches.publishing import ledger

MADE_ANEW = (SearchDocument, SearchState, SearchTerm)
"""The search index, whose tables each kind of database has of its own."""


class MoveRefused(SpeechesError):
    """The move cannot be made; the old database is as it was, the new one without content."""


def move(*, target: str, tell: Callable[[str], None]) -> int:
    """Copy every row of the database in use to that at the address ``target``; return how many.

    The tables, triggers and sequences of the target are made by its own migrations. All rows are
    copied in one transaction, while nobody else can write on a SQLite source; then counts and the
    chain of editions are compared before it is committed. At last the search index is built.
    Raises MoveRefused where the target has content, or differs after.
    """
    with databases.opened(databases.config_of(target)) as alias:
        if databases.holds_anything(alias):
            raise MoveRefused(_("The target database has content already."))
        _command(target, "migrate", "--no-input")
        with transaction.atomic(), transaction.atomic(using=alias):
            moved = sum(_copy_all(alias, tell))
            _reset_sequences(alias)
            _compare(alias)
    _command(target, "rebuild_search_index")
    return moved


def _command(target: str, *arguments: str) -> None:
    """Run a command in a process that knows the new database alone, as its migrations need."""
    outcome = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": target},
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode:
        raise MoveRefused(
            _("%(name)s refused: %(problem)s")
            % {"name": arguments[0], "problem": outcome.stderr.strip()[-500:]}
        )


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model not in MADE_ANEW
    ]


def _copy_all(alias: str, tell: Callable[[str], None]) -> list[int]:
    """Replace what the migrations filled in by the rows of the source, as they are stored."""
    found = _models()
    connection = connections[alias]
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in found]
        for statement in connection.ops.sql_flush(no_style(), tables, allow_cascade=True):
            cursor.execute(statement)
    counts = []
    for model in found:
        count = 0
        rows: models.QuerySet[models.Model] = models.QuerySet(model, using="default").order_by("pk")
        for row in rows.iterator(chunk_size=500):
            row.save_base(raw=True, force_insert=True, using=alias)
            count += 1
        if count:
            tell(f"{model._meta.db_table}: {count}")
        counts.append(count)
    return counts


def _reset_sequences(alias: str) -> None:
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _compare(alias: str) -> None:
    before, after = databases.fingerprint("default"), databases.fingerprint(alias)
    differing = [
        model._meta.db_table
        for model in _models()
        if before["tables"][model._meta.db_table] != after["tables"][model._meta.db_table]
    ]
    broken = [
        str(row)
        for kind in ledger.KINDS
        for row in ledger.verify(kind, using=alias)
        if row is not None
    ]
    if differing or broken or before["chain"] != after["chain"]:
        raise MoveRefused(
            _("The copy differs: %(problem)s") % {"problem": "；".join([*differing, *broken][:9])}
        )
