"""What the tests of the public interface share."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client


@pytest.fixture(autouse=True)
def unlimited(settings):
    """Ask as often as a test needs; the tests of the limit set one."""
    settings.API_RATE = settings.API_SEARCH_RATE = ""
    cache.clear()


@pytest.fixture
def ask(client: Client) -> Callable[..., HttpResponse]:
    """Ask the interface: ``ask("speeches", limit=5)``."""

    def asked(path: str, headers: dict[str, str] | None = None, **query: Any) -> HttpResponse:
        return client.get(f"/api/v1/{path}", query, headers=headers)

    return asked


@pytest.fixture
def read(ask: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Read what an address of the interface answers, once it answered 200."""

    def got(path: str, **query: Any) -> Any:
        response = ask(path, **query)
        assert response.status_code == 200, response.content.decode()
        return json.loads(response.content)

    return got
