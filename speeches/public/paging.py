"""Lists in pages."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

PAGE_SIZE = 20
"""Pieces on a page."""
INDEX_SIZE = 60
"""Names on a page of an index, where a line is a word or two."""


class ListPage(Page):
    """A page of a list; ``kept`` are the other parameters of its address, before ``page=``."""

    kept = ""

    @property
    def links(self) -> Iterator[int | str]:
        """The numbers to show, with an ellipsis for those left out."""
        return self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)


class ListPaginator(Paginator):
    """A paginator of such pages."""

    def _get_page(self, *args: Any, **kwargs: Any) -> ListPage:
        return ListPage(*args, **kwargs)


def page_of(
    request: HttpRequest,
    items: QuerySet[Any] | Sequence[Any],
    *,
    size: int = PAGE_SIZE,
    total: int | None = None,
) -> ListPage:
    """Return the page of ``items`` that ``?page=`` asks for; raise Http404 where there is none.

    A caller who knows the ``total`` saves the query that counts.
    """
    paginator = ListPaginator(items, size)
    if total is not None:
        paginator.count = total
    try:
        page = paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404(_("This list has no such page.")) from error
    kept = request.GET.copy()
    kept.pop("page", None)
    page.kept = f"{kept.urlencode()}&" if kept else ""
    return page
