"""The database goes away while the publisher runs and pages are asked for, and comes back."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings as project_settings
from django.db import connection

from speeches.models import Speech
from tests.speeches.public import builders

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a server that can be cut off"),
]
LONGEST = 120


@pytest.fixture
def publisher(settings, tmp_path):
    """The publisher in a process of its own, on the database of the tests; it has built a site."""
    builders.small_site()
    site = tmp_path / "site"
    known = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**known)
    told = (tmp_path / "told").open("w")
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "manage.py", "publish_changes", "--output", str(site), "--jobs", "1"],
        cwd=project_settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cppcc_cms.settings",
            "DATABASE_URL": url,
            "DEBUG": "1",
            "ALLOWED_HOSTS": "127.0.0.1",
            "STATIC_ROOT": str(settings.STATIC_ROOT),
        },
        stdout=subprocess.DEVNULL,
        stderr=told,
    )
    try:
        wait_for((site / "index.html").is_file, process, tmp_path)
        yield process, site
    finally:
        process.kill()
        process.wait()
        told.close()


def wait_for(is_so, process, folder):
    deadline = time.monotonic() + LONGEST
    while not is_so():
        assert process.poll() is None, (folder / "told").read_text()[-3000:]
        assert time.monotonic() < deadline, (folder / "told").read_text()[-3000:]
        time.sleep(0.1)


def cut_off():
    """End every connection to the database of the tests but the one that asks."""
    known = connection.settings_dict
    server = psycopg2.connect(
        dbname="postgres", host=known["HOST"], port=known["PORT"], user=known["USER"],
        password=known["PASSWORD"],
    )  # fmt: skip
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [known["NAME"]],
        )
    server.close()


def test_the_publisher_goes_on_where_its_connection_was_cut(publisher, tmp_path):
    process, site = publisher
    for number in range(3):
        cut_off()
        connection.close()
        speech = Speech.objects.get()
        speech.title = f"断线之后第{number}版"
        speech.save()
        builders.published(speech)
        page = Path(site, f"speeches/{speech.pk}/index.html")
        wait_for(lambda p=page, t=speech.title: t in p.read_text(), process, tmp_path)
