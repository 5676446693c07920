"""The interface as a whole: its operations, its refusals and the document that describes it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema

from speeches.public.api import (
    changes,
    named,
    oembed,
    pieces,
    problems,
    searching,
)
from speeches.public.api.throttling import ClientThrottle

VERSION = "v1"
DOCUMENT = f"{VERSION}/openapi.json"
UNCHANGED = 304


class ReadingAPI(NinjaAPI):
    """An interface that is read only, and whose document tells how it refuses."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the OpenAPI document."""
        document = super().get_openapi_schema(**options)
        for operations in document["paths"].values():
            for operation in operations.values():
                _tell_statuses(operation["responses"])
        oembed_answer = document["paths"]["/api/oembed"]["get"]["responses"][200]
        oembed_answer["content"]["text/xml"] = {"schema": {"type": "string"}}
        return document


def _tell_statuses(responses: dict[int, dict[str, Any]]) -> None:
    responses[UNCHANGED] = {"description": "Not Modified"}
    for status, response in responses.items():
        if status >= 400 and "content" in response:
            (content,) = response["content"].values()
            response["content"] = {problems.MEDIA_TYPE: content}


api = ReadingAPI(
    title=_("Public interface"),
    version=VERSION,
    description=_("Published speeches and work as data, for reading."),
    urls_namespace="api",
    openapi_url=DOCUMENT,
    docs_url=None,
    servers=[{"url": settings.SITE_URL}],
    throttle=[ClientThrottle("API_RATE")],
)
for router in (pieces.router, named.router, searching.router, changes.router):
    api.add_router(VERSION, router)
api.add_router("", oembed.router)

for error, handler in (
    (problems.Refused, problems.refused),
    (Http404, problems.missing),
    (SuspiciousOperation, problems.suspicious),
    (Throttled, problems.throttled),
    (ValidationError, problems.invalid),
):
    api.add_exception_handler(error, handler)  # type: ignore[arg-type]
