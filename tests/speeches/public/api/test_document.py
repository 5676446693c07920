"""Requests made from the OpenAPI document, good and bad, are answered as it says."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from tests.speeches.public import builders as build

EXPECTED = ["2xx", "301", "400", "404", "410"]
"""What a request that fits the document may get: a cursor is any text, until it is read (400)."""
CONFIG = {"checks": {"positive_data_acceptance": {"expected-statuses": EXPECTED}}}
DOCUMENT = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", get_wsgi_application(), config=SchemathesisConfig.from_dict(CONFIG)
)


@pytest.fixture
def site(db):
    """A site whose connection outlives a request, as Django's own test client has it."""
    build.small_site(3)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("site")
@DOCUMENT.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_the_document_says(case):
    case.call_and_validate(headers={"Host": "localhost"})


def test_the_document_describes_every_address():
    assert {operation.ok().path for operation in DOCUMENT.get_all_operations()} == {
        "/api/oembed",
        *(
            f"/api/v1/{path}"
            for path in (
                "changes",
                "figures",
                "meetings",
                "meetings/{slug}",
                "organizations",
                "organizations/{number}",
                "search",
                "speakers",
                "speakers/{number}",
                "speeches",
                "speeches/{number}",
                "topics",
                "topics/{slug}",
                "work-items",
                "work-items/{number}",
            )
        ),
    }
