"""The cache goes away, a real Redis or the folder of files, and comes back: every page answers."""

import shutil
import subprocess
import time

import pytest
from django.core.cache import cache, caches
from django.test import Client

from cppcc_cms.caches import KeepingOn
from speeches.models import ErrorReport, PageReads, Speech
from tests import faults, nginx
from tests.speeches.public import builders

REDIS = shutil.which("redis-server")
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)", "Sec-Fetch-Site": "same-origin"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """A store that failed is asked again at once, and no failure of a test is left."""
    monkeypatch.setattr(KeepingOn, "_asked_again_at", 0.0)
    monkeypatch.setattr("cppcc_cms.caches.PAUSE_SECONDS", 0.5)
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def redis(tmp_path):
    """Return functions that start and end a Redis of our own; its address comes first."""
    pytest.importorskip("redis", reason="the package redis is not installed (pip install redis)")
    if REDIS is None:
        pytest.skip("redis-server is not installed")
    port = nginx.free_port()
    running = []

    def start():
        command = [
            REDIS,
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            tmp_path,
        ]
        running.append(subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL))  # noqa: S603

    def end():
        process = running.pop()
        process.kill()
        process.wait()

    start()
    yield f"redis://127.0.0.1:{port}/0", start, end
    while running:
        end()


def use(settings, config):
    """Make ``config`` the store behind the cache."""
    settings.CACHES = {**settings.CACHES, "store": config}
    assert caches["store"].__class__.__name__ in config["BACKEND"]


def wait_until(is_so):
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def everything_answers(settings):
    """Ask for all that counts requests: pages, interface, counts, reports."""
    settings.API_RATE = settings.API_SEARCH_RATE = "1000/min"
    client = Client(headers=BROWSER)
    speech = Speech.objects.get()
    assert client.get(f"/speeches/{speech.pk}/").status_code == 200
    assert client.get("/api/v1/speeches").status_code == 200
    assert client.get("/search/?q=政协").status_code == 200
    before = PageReads.objects.filter(number=speech.pk).count()
    answer = client.post("/counts/", {"page": f"/speeches/{speech.pk}/"})
    assert answer.status_code < 300
    assert PageReads.objects.filter(number=speech.pk).count() >= max(before, 1)
    reports = ErrorReport.objects.count()
    form = f"/report/?page=/speeches/{speech.pk}/"
    answer = client.post(form, {"paragraph": "", "message": "第二段有误"})
    assert answer.status_code == 302
    assert ErrorReport.objects.count() == reports + 1


def ready():
    answer = Client().get("/readyz")
    return answer.status_code, answer.json()["cache"]


def test_without_its_redis_everything_answers_and_with_it_again(redis, settings):
    address, start, end = redis
    builders.small_site()
    backend = "django.core.cache.backends.redis.RedisCache"
    use(settings, {"BACKEND": backend, "LOCATION": address})
    wait_until(lambda: ready() == (200, "ok"))
    everything_answers(settings)
    end()
    everything_answers(settings)
    assert ready() == (200, "failed")
    start()
    wait_until(lambda: ready() == (200, "ok"))
    everything_answers(settings)


def test_limits_hold_while_the_store_is_away(redis, settings):
    address, _start, end = redis
    builders.small_site()
    settings.API_RATE = "2/min"
    backend = "django.core.cache.backends.redis.RedisCache"
    use(settings, {"BACKEND": backend, "LOCATION": address})
    end()
    asked = [Client().get("/api/v1/speeches").status_code for _time in range(3)]
    assert asked == [200, 200, 429]


def test_where_the_cache_finds_no_room_everything_answers(settings, tmp_path):
    builders.small_site()
    with faults.disk(tmp_path / "disk", 1) as disk:
        backend = "django.core.cache.backends.filebased.FileBasedCache"
        use(settings, {"BACKEND": backend, "LOCATION": str(disk / "cache")})
        assert ready() == (200, "ok")
        with faults.full(disk):
            everything_answers(settings)
            assert ready() == (200, "failed")
        wait_until(lambda: ready() == (200, "ok"))
        everything_answers(settings)


def test_a_count_that_went_with_its_store_begins_anew():
    cache.add("counted", 4, 60)
    assert cache.incr("counted") == 5
    cache.delete("counted")
    assert (cache.incr("counted"), cache.incr("counted")) == (1, 2)
