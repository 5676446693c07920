"""What a page says of itself to browsers, search engines and the inspection of government sites.

The meta tags are those of 国办发〔2017〕47号; the structured data is schema.org JSON-LD, which is a
data block and therefore needs no exception from the content security policy.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from speeches.public.columns import HOME, Column
from speeches.public.context import site
from speeches.site import Site
from speeches.site import site as current_site
from speeches.textblocks import shortened

DESCRIPTION_LENGTH = 120
_CONTENT = mark_safe("<!-- content -->")
_SCRIPT_SAFE = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way from the home page (当前位置)."""

    label: Any
    url: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The facts that an article page states; ``published_at`` is when it truly first appeared."""

    title: str
    published_at: datetime
    source: str
    author: str = ""
    editor: str = ""
    keywords: tuple[str, ...] = ()
    updated_at: datetime | None = None

    @property
    def pub_date(self) -> str:
        """The first publication in local time, ``YYYY-MM-DD HH:MM``."""
        return timezone.localtime(self.published_at).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One page: its name, its place in the site, and for an article its facts.

    ``path`` is the canonical path; ``image`` (a picture on the page), ``card`` (the picture of a
    shared link) and ``feed`` (the page's own Atom feed) are paths or empty; ``data`` are
    schema.org objects. A list page states its column, an article page its article. A page that
    search engines should leave out is not ``is_indexed``.
    """

    title: Any
    path: str
    column: Column
    description: Any = ""
    trail: tuple[Crumb, ...] = ()
    article: Article | None = None
    image: str = ""
    card: str = ""
    is_indexed: bool = True
    feed: str = ""
    data: tuple[dict[str, Any], ...] = field(default=())

    @property
    def breadcrumb(self) -> tuple[Crumb, ...]:
        """The way from the home page to this page, which comes last and is no link."""
        if self.column is HOME:
            return ()
        start = (Crumb(HOME.label, HOME.url),)
        if self.path == self.column.url:
            return (*start, Crumb(self.column.label))
        return (
            *start,
            Crumb(self.column.label, self.column.url),
            *self.trail,
            Crumb(self.title),
        )

    @property
    def is_column(self) -> bool:
        """Whether this is the list page of its column."""
        return self.article is None

    @property
    def summary(self) -> str:
        """The description on one line, at most ``DESCRIPTION_LENGTH`` characters."""
        return shortened(str(self.description or self.column.description), DESCRIPTION_LENGTH)

    @property
    def json_ld(self) -> SafeString:
        """The schema.org graph, safe inside a script element."""
        graph = [*self.data, *_breadcrumb_data(self.breadcrumb)]
        text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
        return mark_safe(text.translate(_SCRIPT_SAFE))  # noqa: S308 - every < > & is escaped


def absolute(path: str) -> str:
    """Return the full address of ``path`` on the site's own domain."""
    return f"{settings.SITE_URL}{path}"


def _breadcrumb_data(trail: Iterable[Crumb]) -> list[dict[str, Any]]:
    steps = [
        {
            "@type": "ListItem",
            "position": number,
            "name": str(crumb.label),
            **({"item": absolute(crumb.url)} if crumb.url else {}),
        }
        for number, crumb in enumerate(trail, start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": steps}] if steps else []


def show(request: HttpRequest, template: str, page: PublicPage, **context: Any) -> HttpResponse:
    """Return ``page`` in its template."""
    return render(request, template, {"page": page, **context})


def show_framed(template: str, page: PublicPage, content: SafeString) -> HttpResponse:
    """Return ``page`` with ``content`` that is made already; the frame around it is kept.

    For pages that answer ever other questions. Nothing in the frame depends on the request.
    """
    frame = _frame.__wrapped__ if settings.DEBUG else _frame
    before, after = frame(template, page, current_site(), get_language())
    return HttpResponse(f"{before}{content}{after}")


@lru_cache(maxsize=8)
def _frame(template: str, page: PublicPage, _site: Site, _language: str | None) -> tuple[str, str]:
    """What stands before and after the content, for as long as the site and the language stay."""
    context = {**site(None), "page": page, "content": _CONTENT}
    before, _sign, after = render_to_string(template, context).partition(_CONTENT)
    return before, after


def gone(request: HttpRequest) -> HttpResponse:
    """Return the notice that stands at the address of something withdrawn (HTTP 410)."""
    return render(request, "410.html", status=410)
