"""What watches the application from outside: probes, metrics, the numbers of requests."""

import json
import logging

import pytest
from django.conf import settings as project_settings
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError, connection, connections
from django.test import Client

from cppcc_cms import health
from cppcc_cms.logs import NameRequest, watch_queries


def test_the_process_answers_without_a_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_ready_says_what_works(client, db):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"database": "ok", "cache": "ok", "storage": "ok"},
    )


def test_not_ready_says_no_more_than_which_part(client, db, monkeypatch):
    def refused():
        raise OperationalError("password of cppcc at 10.0.0.1")

    monkeypatch.setitem(health.CHECKS, "database", refused)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "failed")
    assert b"10.0.0.1" not in answer.content


def test_a_folder_that_cannot_be_written_is_not_ready(client, db, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    settings.MEDIA_ROOT = blocked / "media"
    assert FileSystemStorage().location.startswith(str(blocked))
    assert client.get("/readyz").json()["storage"] == "failed"


def test_metrics_count_and_are_only_for_those_inside(db, settings):
    inside, outside = Client(), Client(REMOTE_ADDR="203.0.113.9")
    inside.get("/speeches/999/?q=secret-word")
    told = inside.get("/metrics").content.decode()
    assert 'cppcc_cms_requests_total{method="GET",status="404",view="speech"}' in told
    assert "cppcc_cms_public_pieces 0.0" in told
    assert "secret-word" not in told
    assert outside.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "token-of-the-watcher"
    bearer = {"Authorization": "Bearer token-of-the-watcher"}
    assert outside.get("/metrics", headers=bearer).status_code == 200
    assert outside.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [
        ("9f0c2a6d-from.nginx", True),
        ("short", False),
        ("x" * 65, False),
        ("a b\ninjected=1", False),
    ],
)
def test_a_request_has_a_number(client, given, is_kept):
    number = client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert (number == given) is is_kept
    assert len(number) >= 8


def test_a_line_of_the_log_carries_the_number_and_no_search_words(client, db):
    config = project_settings.LOGGING["formatters"]["json"].copy()
    formatter = logging.config.DictConfigurator({"version": 1}).configure_formatter(config)
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(json.loads(formatter.format(record)))

    keep, logger = Keep(), logging.getLogger("cppcc_cms.requests")
    keep.addFilter(NameRequest())
    logger.addHandler(keep)
    level = logger.level
    logger.setLevel("INFO")
    try:
        client.get("/search/?q=林清溪", headers={"X-Request-ID": "abcd-1234"})
    finally:
        logger.removeHandler(keep)
        logger.setLevel(level)
    [line] = lines
    assert (line["request_id"], line["view"], line["level"]) == ("abcd-1234", "search", "INFO")
    assert line["message"] == "GET /search/ 200"
    assert line["milliseconds"] > 0


def test_a_slow_query_is_told_without_its_values(db, settings, caplog):
    settings.SLOW_QUERY_MS = 0
    watch_queries(connections["default"])
    settings.SLOW_QUERY_MS = 1
    watch_queries(connections["default"])
    watch_queries(connections["default"])
    try:
        settings.SLOW_QUERY_MS = -1  # every query is slow
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", ["a secret"])
    finally:
        connections["default"].execute_wrappers.pop()
    assert connections["default"].execute_wrappers == []
    [record] = [row for row in caplog.records if row.name == "cppcc_cms.slow_queries"]
    assert "SELECT %s" in record.getMessage()
    assert "a secret" not in caplog.text


@pytest.mark.parametrize(
    ("proxies", "origin", "status"),
    [
        (0, ("10.1.2.3", ""), 302),
        (0, ("203.0.113.9", ""), 404),
        (0, ("203.0.113.9", "10.1.2.3"), 404),
        (0, ("::ffff:10.1.2.3", ""), 302),
        (1, ("", "10.1.2.3"), 302),
        (1, ("", "10.1.2.3, 203.0.113.9"), 404),
        (1, ("10.0.0.1", ""), 404),
        (2, ("", "203.0.113.9, 10.1.2.3, 10.0.0.1"), 302),
        (2, ("", "10.0.0.1"), 404),
        (1, ("", "nonsense"), 404),
    ],
)
def test_the_admin_is_where_the_setting_says(db, settings, proxies, origin, status):
    settings.ADMIN_NETWORKS = ["10.0.0.0/8"]
    settings.PROXY_COUNT = proxies
    address, forwarded = origin
    client = Client(REMOTE_ADDR=address, headers={"X-Forwarded-For": forwarded})
    assert client.get("/admin/").status_code == status
    assert client.post("/admin/login/").status_code == (200 if status == 302 else 404)
    assert client.get("/").status_code == 200
