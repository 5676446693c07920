"""What the tests of public pages share."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def page(client: Client) -> Callable[..., str]:
    """Read the public page of a name: ``page("speech", 3)`` is its text, once it answered 200."""

    def read(name: str, *args: object, query: str = "") -> str:
        response = client.get(reverse(name, args=args) + query)
        assert response.status_code == 200
        return response.content.decode()

    return read
