"""The site map for search engines: one file a section, each within the protocol's limit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from math import ceil
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Count, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from organizations.models import Speaker
from speeches.models.editions import (
    Edition,
    MeetingEdition,
    SpeechEdition,
    WorkItemEdition,
    editions_read,
)
from speeches.public import selectors
from speeches.public.bodies import Body, BodyTree
from speeches.public.columns import COLUMNS, Column
from speeches.public.overview import overview
from speeches.public.pages import absolute
from speeches.public.topics import Topic, topics

XML = "application/xml; charset=utf-8"
_OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
"""


class Section:
    """A part of the map: its pages in order, those of a file at most ``limit``."""

    limit = 20_000

    def items(self) -> Any:
        """Return what has the pages, rows or a sequence."""
        raise NotImplementedError

    def pages_of(self, items: Any) -> Iterable[tuple[str, datetime | None]]:
        """Yield the path of each of ``items``, and when it was published last, where known."""
        return ((item.url, None) for item in items)

    def lines(self, number: int) -> Iterator[str]:
        """Yield the addresses of the file ``number`` as XML; raise InvalidPage where it is none.

        There may be thousands, and every publication makes them again: neither a template nor a
        row as an object is quick enough.
        """
        items = Paginator(self.items(), self.limit).page(number).object_list
        for path, changed in self.pages_of(items):
            time = f"<lastmod>{localtime(changed).isoformat()}</lastmod>" if changed else ""
            yield f"<url><loc>{escape(absolute(path))}</loc>{time}</url>\n"


class NumberedSection(Section):
    """Pages whose address holds a number."""

    view = ""

    def paths(self) -> Callable[[int], str]:
        """Return what makes the path from a number, without looking for its pattern each time."""
        before, _zero, after = reverse(self.view, args=[0]).rpartition("0")
        return lambda number: f"{before}{number}{after}"


class EditionSection(NumberedSection):
    """The pages of current editions of ``model``; ``column`` is in the address."""

    model: type[Edition]
    column = ""

    def items(self) -> QuerySet[Any]:
        """In the order of their numbers."""
        return self.model.objects.current().order_by("pk")

    def pages_of(self, items: QuerySet[Any]) -> Iterable[tuple[str, datetime | None]]:
        """Read a few columns alone."""
        path_of = self.paths()
        rows = list(items.values_list("pk", "content_hash", self.column, "published_at"))
        editions_read.send(self.model, hashes={row[0]: row[1] for row in rows})
        return ((path_of(key), published_at) for _pk, _hash, key, published_at in rows)


class Meetings(EditionSection):
    """Every meeting."""

    model, column = MeetingEdition, "slug"

    def paths(self) -> Callable[[Any], str]:
        """Return what makes the path from a slug."""
        return lambda slug: reverse("meeting", args=[slug])


class Speeches(EditionSection):
    """Every speech."""

    model, view, column = SpeechEdition, "speech", "speech_id"


class WorkItems(EditionSection):
    """All highlighted work."""

    model, view, column = WorkItemEdition, "work_item", "work_item_id"


class Speakers(NumberedSection):
    """Everybody who spoke."""

    view = "speaker"

    def items(self) -> QuerySet[Speaker]:
        """In the order of their numbers."""
        return selectors.speakers().order_by("pk")

    def pages_of(self, items: QuerySet[Speaker]) -> Iterable[tuple[str, datetime | None]]:
        """Read the numbers alone."""
        path_of = self.paths()
        return ((path_of(number), None) for number in items.values_list("pk", flat=True))


class Organizations(Section):
    """Every body with a page."""

    def items(self) -> Sequence[Body]:
        """In the order of the office."""
        return BodyTree.current().pages()


class Topics(Section):
    """Every topic."""

    def items(self) -> Sequence[Topic]:
        """The most used first."""
        return topics()


class Columns(Section):
    """The home page and the list pages."""

    def items(self) -> Sequence[Column]:
        """In the order of the navigation."""
        return COLUMNS


SECTIONS: dict[str, type[Section]] = {
    "columns": Columns,
    "meetings": Meetings,
    "speeches": Speeches,
    "work": WorkItems,
    "speakers": Speakers,
    "organizations": Organizations,
    "topics": Topics,
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the files of the map."""
    files = [
        absolute(reverse("sitemap_section", args=[name, number]))
        for name, total in _totals().items()
        for number in range(1, max(1, ceil(total / Section.limit)) + 1)
    ]
    return render(request, "sitemap_index.xml", {"files": files}, content_type=XML)


def _totals() -> dict[str, int]:
    """Return how many addresses each section has. Takes two queries."""
    stored = ("meetings", "speeches", "work", "speakers")
    first, *others = (
        SECTIONS[name]().items().order_by().values(section=Value(name)).annotate(total=Count("pk"))
        for name in stored
    )
    topics, tree = overview()
    totals = {
        "columns": len(COLUMNS),
        "organizations": len(tree.pages()),
        "topics": len(topics),
        **{row["section"]: row["total"] for row in first.union(*others, all=True)},
    }
    return {name: totals.get(name, 0) for name in SECTIONS}


@require_safe
def section(_request: HttpRequest, name: str, number: int) -> HttpResponse:
    """List the addresses of one file of the map."""
    if name not in SECTIONS:
        raise Http404
    try:
        lines = "".join(SECTIONS[name]().lines(number))
    except InvalidPage as error:
        raise Http404 from error
    return HttpResponse(f"{_OPENING}{lines}</urlset>\n", content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Invite search engines to the public pages and name the map."""
    context = {"sitemap": absolute(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
