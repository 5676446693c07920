"""Whole databases: copied out, loaded, compared, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import environ
from django.contrib.auth.models import User
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend
from django.utils.translation import gettext as _

from organizations.models import Organization
from speeches.exceptions import SpeechesError
from speeches.models import Meeting, Speech
from speeches.publishing import ledger

COPIES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
"""What a copy of a database is called, by its kind."""

_CLEAR = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', found.name);
  END LOOP;
  FOR found IN SELECT p.oid::regprocedure AS name FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', found.name);
  END LOOP;
END $$;
"""


class DatabaseRefused(SpeechesError):
    """A copy of a database cannot be made, loaded or used here; nothing was changed."""


def fingerprint(alias: str) -> dict[str, Any]:
    """Return what two equal databases have in common.

    ``tables`` has the number of rows of each table, ``chain`` the SHA-256 of the hashes of all
    editions in order.
    """
    chain = hashlib.sha256()
    for kind in ledger.KINDS:
        rows = kind.objects.using(alias).order_by(kind.DRAFT_FIELD, "number")
        for row in rows.values_list(kind.DRAFT_FIELD, "number", "content_hash").iterator():
            chain.update(f"{kind._meta.model_name} {row}\n".encode())
    return {"tables": dict(_counts(connections[alias])), "chain": chain.hexdigest()}


def _counts(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, int]]:
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            yield table, cursor.fetchone()[0]


def copy_out(folder: Path, alias: str = "default") -> tuple[str, dict[str, Any]]:
    """Write a consistent copy of a database that is in use; return its name and fingerprint."""
    connection = connections[alias]
    name = COPIES[connection.vendor]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        try:
            with closing(sqlite3.connect(folder / name)) as copy:
                connection.connection.backup(copy)
        except sqlite3.Error as error:
            raise DatabaseRefused(
                _("The database cannot be copied: %(problem)s") % {"problem": error}
            ) from error
        with opened(_beside(connection, str(folder / name))) as copied:
            return name, fingerprint(copied)
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run(connection, "pg_dump", "--format=custom", f"--snapshot={snapshot}",
             f"--file={folder / name}")  # fmt: skip
        return name, fingerprint(alias)


def load(copy: Path, alias: str = "default") -> None:
    """Put ``copy`` in the place of everything in a database: all of it, or nothing.

    Raises DatabaseRefused for a damaged copy and one of another kind of database.
    """
    connection = connections[alias]
    if copy.name != COPIES[connection.vendor]:
        raise DatabaseRefused(
            _("The copy “%(name)s” is not of this kind of database (%(vendor)s).")
            % {"name": copy.name, "vendor": connection.vendor}
        )
    if connection.vendor == "sqlite":
        _load_sqlite(copy, connection)
        return
    script = copy.with_suffix(".sql")
    _run(connection, "pg_restore", "--schema=public", "--no-owner", "--no-privileges",
         f"--file={script}", str(copy), database=False)  # fmt: skip
    with script.open("r+b") as file:
        content = file.read()
        file.seek(0)
        file.write(_CLEAR.encode() + content)
    connection.close()
    _run(connection, "psql", "--no-psqlrc", "--quiet", "--single-transaction",
         "--set=ON_ERROR_STOP=1", f"--file={script}")  # fmt: skip


def _load_sqlite(copy: Path, connection: BaseDatabaseWrapper) -> None:
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(copy)) as source:
            if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise DatabaseRefused(_("The copy of the database is damaged."))
            source.backup(connection.connection)
    except sqlite3.DatabaseError as error:
        raise DatabaseRefused(
            _("The database cannot be replaced: %(problem)s") % {"problem": error}
        ) from error


def holds_anything(alias: str = "default") -> bool:
    """Whether a database has accounts, drafts or bodies: more than ``migrate`` makes."""
    tables = connections[alias].introspection.table_names()
    return any(
        model._meta.db_table in tables and model._default_manager.using(alias).exists()
        for model in (User, Organization, Meeting, Speech)
    )


def config_of(url: str) -> dict[str, Any]:
    """Return what DATABASES holds for the address of a database."""
    return dict(environ.Env.db_url_config(url))


@contextmanager
def opened(config: dict[str, Any]) -> Iterator[str]:
    """Connect to another database while the block runs; its alias is the value."""
    alias = f"other-{secrets.token_hex(4)}"
    complete = connections.configure_settings({"default": dict(config)})["default"]
    connections[alias] = load_backend(complete["ENGINE"]).DatabaseWrapper(complete, alias)
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]


@contextmanager
def scratch(folder: Path) -> Iterator[str]:
    """Make an empty database of the same kind, gone after the block; its alias is the value.

    On PostgreSQL the account needs the right to create databases.
    """
    connection = connections["default"]
    if connection.vendor == "sqlite":
        with opened(_beside(connection, str(folder / "scratch.sqlite3"))) as alias:
            yield alias
        return
    name = f"scratch_{secrets.token_hex(6)}"
    _run(connection, "createdb", "--encoding=UTF8", "--template=template0", name, database=False)
    try:
        with opened(_beside(connection, name)) as alias:
            yield alias
    finally:
        _run(connection, "dropdb", "--force", name, database=False)


def _beside(connection: BaseDatabaseWrapper, name: str) -> dict[str, Any]:
    return {**connection.settings_dict, "NAME": name}


def _run(connection: BaseDatabaseWrapper, *command: str, database: bool = True) -> None:
    """Call a program of PostgreSQL; the password goes by the environment, where none sees it."""
    known = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    environment = {names[key]: str(known[key]) for key in names if known[key]}
    where = [f"--dbname={known['NAME']}"] if database else []
    try:
        outcome = subprocess.run(  # noqa: S603 - a program by its name, arguments of our own
            [command[0], *where, *command[1:]],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise DatabaseRefused(
            _("The program %(name)s is missing: install postgresql-client.") % {"name": command[0]}
        ) from error
    if outcome.returncode:
        raise DatabaseRefused(
            _("%(name)s refused: %(problem)s")
            % {"name": command[0], "problem": outcome.stderr.strip()[-500:]}
        )
