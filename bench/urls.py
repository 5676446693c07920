"""The site, and beside it a view that answers with a text and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

TEXT: dict[str, bytes] = {}


def bare(request: HttpRequest) -> HttpResponse:
    """Answer with the text that was stored for this path."""
    return HttpResponse(TEXT[request.path])


urlpatterns = [path("bare/", bare), path("", include("cppcc_cms.urls"))]
