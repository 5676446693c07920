"""A site whose only page fails."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def fail(_request: HttpRequest) -> HttpResponse:
    """Fail as an unforeseen fault would."""
    raise RuntimeError


urlpatterns = [path("", fail)]
