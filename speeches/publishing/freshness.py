"""Is what was published last what stands on disk?"""

from collections.abc import Iterator
from pathlib import Path

from speeches.models.editions import Edition, MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.publishing.addresses import file_of
from speeches.publishing.rendering import Renderer

KINDS: tuple[type[Edition], ...] = (MeetingEdition, SpeechEdition, WorkItemEdition)
_NEWEST = 3


def _newest() -> Iterator[str]:
    for kind in KINDS:
        for edition in kind.objects.current().order_by("-published_at", "-pk")[:_NEWEST]:
            yield edition.get_absolute_url()


def missing_news(output: Path) -> Iterator[str]:
    """Yield the addresses of the newest editions that have no file in ``output``."""
    return (url for url in _newest() if not (output / file_of(url, "text/html")).is_file())


def stale_news(output: Path) -> Iterator[str]:
    """Yield the addresses of the newest editions whose file is not what the application answers."""
    renderer = Renderer()
    for url in _newest():
        path = output / file_of(url, "text/html")
        if not path.is_file() or path.read_bytes() != renderer.get(url).content:
            yield url
