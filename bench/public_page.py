"""The page of a speech beside a bare view that answers with the very same text."""

from django.test.utils import override_settings

from bench import urls
from bench.comparison import Comparison, in_turns
from speeches.models import SpeechEdition
from speeches.publishing.rendering import Renderer
from speeches.services import seeding

SPEECHES = 30
ROUNDS = 9


def run() -> list[Comparison]:
    """Measure, every request going through all middleware."""
    seeding.seed(speeches=SPEECHES, seed=1, tell=lambda _message: None)
    paths = [edition.get_absolute_url() for edition in SpeechEdition.objects.current()]
    with override_settings(ROOT_URLCONF="bench.urls"):
        renderer = Renderer()
        urls.TEXT["/bare/"] = renderer.get(paths[0]).content
        assert renderer.get("/bare/").content == renderer.get(paths[0]).content
        ours, peer = in_turns(
            ours=lambda _round: [renderer.get(path) for path in paths],
            peer=lambda _round: [renderer.get("/bare/") for _path in paths],
            rounds=ROUNDS,
        )
    return [
        Comparison(
            title=f"{len(paths)} pages of speeches, uncached",
            ours_is="the public view: queries, template, meta data",
            peer_is="HttpResponse of the same bytes, same middleware",
            ours=ours,
            peer=peer,
        )
    ]
