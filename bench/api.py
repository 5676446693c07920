"""A list of the public interface beside JsonResponse of the very same values."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test.utils import override_settings
from django.urls import path

from bench.comparison import Comparison, in_turns
from cppcc_cms.urls import urlpatterns as own
from speeches.models import SpeechEdition
from speeches.publishing.rendering import Renderer
from speeches.services import seeding

SPEECHES = 200
ROUNDS = 9
LIST = "/api/v1/speeches"
VALUES: dict[str, object] = {}


def bare(_request: HttpRequest) -> HttpResponse:
    """Answer with values that are there already."""
    return JsonResponse(VALUES, json_dumps_params={"ensure_ascii": False})


urlpatterns = [path("bare/", bare), *own]


def run() -> list[Comparison]:
    """Measure a page of twenty, every request going through all middleware."""
    seeding.seed(speeches=SPEECHES, seed=1, tell=lambda _message: None)
    assert SpeechEdition.objects.current().count() >= SPEECHES
    with override_settings(ROOT_URLCONF="bench.api", API_RATE=""):
        renderer = Renderer()
        VALUES.update(json.loads(renderer.get(LIST).content))
        assert json.loads(renderer.get("/bare/").content) == VALUES
        assert len(VALUES["results"]) == 20
        ours, peer = in_turns(
            ours=lambda _round: [renderer.get(LIST) for _time in range(20)],
            peer=lambda _round: [renderer.get("/bare/") for _time in range(20)],
            rounds=ROUNDS,
        )
    return [
        Comparison(
            title="a list of twenty speeches of the public interface, 20 times",
            ours_is="the operation: queries, records, ETag, Last-Modified",
            peer_is="JsonResponse of the same values, already read, same middleware",
            ours=ours,
            peer=peer,
        )
    ]
