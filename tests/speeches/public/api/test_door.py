"""Who may read, how often, and what is not sent twice."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.http import http_date, parse_http_date

from speeches.public.api import state
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db

READ = ("meetings", "speeches", "changes", "search?q=政协", "topics/民生", "openapi.json")


@pytest.fixture
def site():
    build.small_site(1)


@pytest.fixture
def long_ago(monkeypatch):
    """The clock of the interface an hour on: what was published just now is no news."""
    monkeypatch.setattr(state.time, "time", lambda: datetime.now(UTC).timestamp() + 3600)


@pytest.mark.parametrize("path", [*READ, "speeches/987654", "speeches?limit=0", "nothing"])
def test_pages_of_any_origin_may_read(ask, site, path):
    response = ask(path, headers={"Origin": "https://example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "Set-Cookie" not in response


def test_a_browser_that_asks_first_is_told_how_to_read(client):
    response = client.options("/api/v1/speeches", headers={"Access-Control-Request-Method": "GET"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, site, method):
    response = getattr(client, method)("/api/v1/speeches")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert json.loads(response.content)["title"] == "此地址只供读取"


@pytest.mark.parametrize("path", READ)
def test_the_same_is_not_sent_twice(ask, site, path):
    first = ask(path)
    again = ask(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert first["Cache-Control"] == "no-cache"


def test_a_tag_changes_with_what_is_told(ask, site):
    tag = ask("meetings")["ETag"]
    build.published(build.meeting("another"))
    assert ask("meetings", headers={"If-None-Match": tag}).status_code == 200


def test_what_changed_since_a_time_is_sent(ask, site, long_ago):
    changed = ask("meetings")["Last-Modified"]
    assert ask("meetings", headers={"If-Modified-Since": changed}).status_code == 304
    before = http_date(parse_http_date(changed) - 1)
    assert ask("meetings", headers={"If-Modified-Since": before}).status_code == 200


def test_a_new_name_of_a_body_is_a_change(ask, site, long_ago):
    hour = timedelta(hours=1)
    changed = parse_http_date(ask("meetings")["Last-Modified"])
    place = build.body("新单位")
    place.history.update(history_date=datetime.now(UTC) + hour / 2)
    assert parse_http_date(ask("meetings")["Last-Modified"]) > changed + 1000


def test_a_change_of_this_very_moment_has_no_time_yet(ask, site):
    assert "Last-Modified" not in ask("meetings")


def test_head_tells_the_length_and_nothing_else(client, site):
    whole, head = client.get("/api/v1/speeches"), client.head("/api/v1/speeches")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]


def test_a_client_that_asks_too_often_has_to_wait(ask, client, site, settings):
    settings.API_RATE = "3/min"
    assert [ask("meetings").status_code for _time in range(4)] == [200, 200, 200, 429]
    response = ask("speeches")
    assert 0 < int(response["Retry-After"]) <= 60
    assert json.loads(response.content)["title"] == "请求过于频繁"
    assert response["Access-Control-Allow-Origin"] == "*"
    other = client.get("/api/v1/meetings", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200


def test_searches_are_counted_apart(ask, site, settings):
    settings.API_SEARCH_RATE = "1/min"
    assert [ask("search", q="政协").status_code for _time in range(2)] == [200, 429]
    assert ask("meetings").status_code == 200


def test_a_forged_address_is_not_believed(client, site, settings):
    settings.API_RATE = "1/min"
    answers = [
        client.get("/api/v1/meetings", headers={"X-Forwarded-For": f"192.0.2.{number}"})
        for number in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 429]


def test_behind_a_proxy_each_client_is_counted(client, site, settings):
    settings.API_RATE, settings.NINJA_NUM_PROXIES = "1/min", 1
    for client_address in ("192.0.2.1", "192.0.2.2"):
        headers = {"X-Forwarded-For": f"6.6.6.6, {client_address}"}
        answers = [client.get("/api/v1/meetings", headers=headers) for _time in range(2)]
        assert [answer.status_code for answer in answers] == [200, 429]
