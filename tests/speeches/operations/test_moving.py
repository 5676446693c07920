"""The move from SQLite to a real PostgreSQL: everything arrives, guarded and found."""

import os

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, utils

from speeches.models import Speech
from speeches.operations import databases

PG_URL = os.environ.get("PG_URL", "postgres://postgres@127.0.0.1:5432/postgres")

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="this is where the move begins"),
]


@pytest.fixture
def target():
    """The address of an empty database of our own."""
    try:
        server = psycopg2.connect(PG_URL, connect_timeout=2)
    except psycopg2.OperationalError:
        pytest.skip(f"PostgreSQL does not answer at {PG_URL} (set PG_URL)")
    server.autocommit = True
    name = f"move_{os.getpid()}"
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    yield f"{PG_URL.rpartition('/')[0]}/{name}"
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


def test_everything_moves_and_is_guarded_there(published, target, capsys):
    call_command("move_database", to=target)
    with databases.opened(databases.config_of(target)) as alias:
        moved = Speech.objects.using(alias).get()
        assert (moved.pk, moved.title) == (published.pk, published.title)
        assert moved.history.using(alias).count() == published.history.count()
        after = databases.fingerprint(alias)
        assert after["chain"] == databases.fingerprint("default")["chain"]
        assert after["tables"]["speeches_searchdocument"] == 2
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT nextval('speeches_speech_id_seq')")
            assert cursor.fetchone()[0] > published.pk
            with pytest.raises(utils.Error, match="append-only"):
                cursor.execute("UPDATE speeches_speechedition SET title = 'x'")
    with pytest.raises(CommandError, match="已有内容"):
        call_command("move_database", to=target)


def test_it_goes_to_postgresql_alone(published):
    with pytest.raises(CommandError, match="postgres://"):
        call_command("move_database", to="sqlite:////tmp/other.sqlite3")
