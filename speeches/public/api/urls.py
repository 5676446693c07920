"""The addresses below ``/api/``: the page for people, then the interface behind its door."""

from django.urls import path

from speeches.public.api.application import api
from speeches.public.api.door import open_to_readers
from speeches.public.api.guide import guide
from speeches.public.api.problems import unknown

_patterns, _app_name, _namespace = api.urls
for _pattern in _patterns:
    _pattern.callback = open_to_readers(_pattern.callback, is_dated=_pattern.name != "openapi-json")

urlpatterns = [
    path("", guide, name="api_guide"),
    path("", (_patterns, _app_name, _namespace)),
    path("<path:address>", open_to_readers(unknown)),
]
