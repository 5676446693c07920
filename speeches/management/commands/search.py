"""``search``: what readers find."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from speeches.management.base import SpeechesCommand
from speeches.search.results import Hit, Results
from speeches.search.snippets import Segment


class Command(SpeechesCommand):
    """Search what is public."""

    help = _("Search the published editions.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the question and how much of the answer is wanted."""
        parser.add_argument("query")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, query: str, limit: int, **options: Any) -> None:
        """Print the hits, the best first."""
        started = time.perf_counter()
        results = Results(query)
        hits = results[: max(limit, 0)]
        told = {
            "total": len(results),
            "took_ms": round((time.perf_counter() - started) * 1000, 1),
            "hits": [_told(hit) for hit in hits],
        }
        if options["format"] == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(_("%(total)s found in %(took_ms)s ms") % told)
        for hit in told["hits"]:
            self.stdout.write(f"{hit['title']}  {hit['url']}\n  {hit['snippet']}")


def _told(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.number,
        "kind": hit.kind.value,
        "title": _plain(hit.title),
        "url": hit.url,
        "snippet": _plain(hit.snippet),
    }


def _plain(segments: tuple[Segment, ...]) -> str:
    return "".join(segment.text for segment in segments)
