"""The built site is watched: changes are named, told, mended; links and news are looked after."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from speeches.models import Speech
from speeches.operations.state import last_run
from tests.speeches.public import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(places, settings) -> Path:
    """A built site, its folder being the one of the settings."""
    settings.STATIC_ROOT = places / "static"
    settings.STATIC_ROOT.mkdir()
    builders.small_site()
    call_command("build_site", output=settings.SITE_OUTPUT)
    return Path(settings.SITE_OUTPUT)


@pytest.fixture
def heard(settings):
    """Listen where the robot of a chat group would, and return what it was told."""
    told = []

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self):
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Robot)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.ALARM_WEBHOOK = f"http://127.0.0.1:{server.server_port}/robot"
    yield told
    server.shutdown()
    server.server_close()


def verify(site, **options) -> int:
    """Return what the command ended with."""
    try:
        call_command("verify_site", output=site, **options)
    except SystemExit as end:
        return int(end.code)
    return 0


def test_a_changed_site_is_told_by_mail_and_robot_and_made_again(site, heard, settings, capsys):
    settings.ALARM_MAIL = ["duty@example.cn"]
    before = {path: path.read_bytes() for path in site.rglob("*.html")}
    page = site / f"speeches/{Speech.objects.get().pk}/index.html"
    page.write_text("伪造")
    (site / "robots.txt").unlink()
    (site / "extra.html").write_text("钓鱼")
    assert verify(site, alarm=True, restore=True) == 1
    for name in (page.relative_to(site).as_posix(), "robots.txt", "extra.html"):
        assert name in mail.outbox[0].body
        assert name in heard[0]["text"]["content"]
    assert last_run("verify_site").sound is False
    assert {path: path.read_bytes() for path in site.rglob("*.html")} == before
    assert verify(site, fresh=True) == 0
    assert last_run("verify_site").sound is True


def test_a_damaged_manifest_is_a_difference_too_and_mended(site, settings):
    settings.ALARM_MAIL = ["duty@example.cn"]
    (site / "manifest.json").write_text("{")
    assert verify(site, alarm=True, restore=True) == 1
    assert "manifest.json" in mail.outbox[0].body
    assert verify(site, fresh=True) == 0


def test_an_alarm_by_one_way_does_not_wait_for_the_other(settings, caplog):
    settings.ALARM_WEBHOOK = "http://127.0.0.1:9/nobody"
    with pytest.raises(CommandError, match="ALARM_MAIL"):
        call_command("alarm", "cppcc-cms-backup.service")
    settings.ALARM_MAIL = ["duty@example.cn"]
    call_command("alarm", "cppcc-cms-backup.service")
    assert "cppcc-cms-backup.service" in mail.outbox[0].subject
    assert "webhook" in caplog.text


def test_a_publication_that_is_not_on_disk_is_seen(site, capsys):
    speech = Speech.objects.get()
    speech.title = "改过的标题"
    speech.save()
    builders.published(speech)
    assert verify(site) == 0
    assert verify(site, fresh=True) == 1
    assert f"/speeches/{speech.pk}/" in capsys.readouterr().out


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses the tampering")
def test_nothing_is_restored_from_a_ledger_that_was_changed(site):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE speeches_speechedition SET body = '<p>伪造</p>'")
    (site / "index.html").write_text("伪造")
    with pytest.raises(CommandError, match="内容与发布时不一致"):
        verify(site, restore=True)
    assert (site / "index.html").read_text() == "伪造"


def test_a_restored_site_has_the_downloads_that_it_had(site):
    call_command("build_site", output=site, with_digests=True)
    before = {path.relative_to(site) for path in site.rglob("*.docx")}
    (site / "index.html").write_text("伪造")
    assert verify(site, restore=True) == 1
    assert before
    assert {path.relative_to(site) for path in site.rglob("*.docx")} == before


def test_every_link_of_a_built_site_leads_somewhere_and_a_broken_one_is_named(site, capsys):
    call_command("check_links", output=site)
    page = site / "about/index.html"
    page.write_text(
        page.read_text("utf-8").replace(
            "</main>",
            '<a href="/speeches/98765/">x</a><a href="/#nowhere">x</a>'
            '<a href="/search/?q=1">x</a><a href="#top">x</a></main>',
        ),
        "utf-8",
    )
    with pytest.raises(SystemExit):
        call_command("check_links", output=site)
    told = capsys.readouterr().out
    assert "/speeches/98765/" in told
    assert "/#nowhere" in told
    assert "2 处" in told.splitlines()[-1]
