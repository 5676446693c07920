"""The site map for search engines: one file a section, each within the protocol's limit."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.core.paginator import InvalidPage
from django.db.models import Count, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from speeches.models.editions import Edition, MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.public import selectors
from speeches.public.bodies import Body, BodyTree
from speeches.public.columns import COLUMNS, Column
from speeches.public.overview import overview
from speeches.public.pages import absolute
from speeches.public.topics import Topic, topics

XML = "application/xml; charset=utf-8"


class Section(Sitemap):
    """A part of the map whose addresses stand on the site's own domain."""

    limit = 20_000

    def get_protocol(self, protocol: str | None = None) -> str:
        """The protocol of the site, whatever that of the request."""
        return absolute("").partition("://")[0]

    def get_domain(self, site: Any = None) -> str:
        """The domain of the site, whatever that of the request."""
        return absolute("").partition("://")[2]


class EditionSection(Section):
    """The pages of current editions, with the day of the edition."""

    def lastmod(self, item: Edition) -> datetime:
        """When the current edition appeared."""
        return item.published_at


class Meetings(EditionSection):
    """Every meeting."""

    def items(self) -> QuerySet[Any]:
        """In the order of their numbers."""
        return MeetingEdition.objects.current().only("slug", "published_at").order_by("pk")


class Speeches(EditionSection):
    """Every speech."""

    def items(self) -> QuerySet[Any]:
        """In the order of their numbers."""
        return SpeechEdition.objects.current().only("speech_id", "published_at").order_by("pk")


class WorkItems(EditionSection):
    """All highlighted work."""

    def items(self) -> QuerySet[Any]:
        """In the order of their numbers."""
        return WorkItemEdition.objects.current().only("work_item_id", "published_at").order_by("pk")


class Speakers(Section):
    """Everybody who spoke."""

    def items(self) -> QuerySet[Any]:
        """In the order of their numbers."""
        return selectors.speakers().only("pk").order_by("pk")


class LinkedSection(Section):
    """Pages that know their own address."""

    def location(self, item: Body | Column | Topic) -> str:
        """The address of the page."""
        return item.url


class Organizations(LinkedSection):
    """Every body with a page."""

    def items(self) -> Sequence[Body]:
        """In the order of the office."""
        return BodyTree.current().pages()


class Topics(LinkedSection):
    """Every topic."""

    def items(self) -> Sequence[Topic]:
        """The most used first."""
        return topics()


class Columns(LinkedSection):
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
def section(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """List the addresses of one file of the map."""
    if name not in SECTIONS:
        raise Http404
    try:
        addresses = SECTIONS[name]().get_urls(page=number)
    except InvalidPage as error:
        raise Http404 from error
    return render(request, "sitemap.xml", {"addresses": addresses}, content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Invite search engines to the public pages and name the map."""
    context = {"sitemap": absolute(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
