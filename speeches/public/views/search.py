"""Search over everything public."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from speeches.public.columns import SEARCH
from speeches.public.pages import PublicPage, show, show_framed
from speeches.public.paging import page_of
from speeches.public.searching import (
    FILTERS,
    chosen_of,
    groups_of,
    lines_of,
    named_in,
    order_of,
    sorted_addresses,
)
from speeches.public.topics import topics
from speeches.search import report, state
from speeches.search.engine import Order, SearchUnavailable
from speeches.search.plain import PlainEngine
from speeches.search.query import LONGEST
from speeches.search.results import Results

_LISTED = 500
_PAGE = 10
_POPULAR = 12


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer ``?q=``, the best first or the newest; each hit leads to its paragraph.

    To htmx it answers with the list alone.
    """
    asked = request.GET.get("q", "").strip()
    order = order_of(request)
    results, is_plain = _answered(asked, order)
    listing = page_of(request, results, size=_PAGE)
    lines = lines_of(listing.object_list, results.words) if len(results) else []
    is_typed = bool(request.htmx)
    if asked and listing.number == 1 and not is_typed:
        report.note(asked, found=bool(lines))
    page = _page()
    context = {
        "asked": asked,
        "longest": LONGEST,
        "order": order,
        "page": page,
        "listing": listing,
        "lines": lines,
        "results": results,
        "is_plain": is_plain,
        "understood": bool(results.query),
        "named": named_in(results) if results.query and listing.number == 1 else (),
        "chosen": chosen_of(request, order),
        "kept": [(name, request.GET[name]) for name in (*FILTERS, "sort") if request.GET.get(name)],
        "query": request.GET.urlencode(),
        **sorted_addresses(request),
    }
    if not lines:
        meant = "" if is_plain else results.did_you_mean()
        context |= {
            "meant": meant,
            "meant_query": urlencode({"q": meant}),
            "popular": topics()[:_POPULAR],
        }
    if is_typed:
        response = HttpResponse(render_to_string("speeches/search_results.html", context))
    else:
        content = render_to_string("speeches/search_content.html", context)
        response = show_framed("speeches/search.html", page, content)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def search_facets(request: HttpRequest) -> HttpResponse:
    """Answer what the list of ``?q=`` can be narrowed to, with counts; loaded behind the list."""
    asked = request.GET.get("q", "").strip()
    order = order_of(request)
    results, _is_plain = _answered(asked, order)
    context = {"asked": asked, "groups": groups_of(request, results, order)}
    if request.htmx:
        return render(request, "speeches/search_facets.html", context)
    return show(request, "speeches/search_narrow.html", _page(), **context)


def _answered(asked: str, order: Order) -> tuple[Results, bool]:
    """The answers, and whether the engine was away and texts were compared one by one instead."""
    results = Results(asked, order, at_most=_LISTED)
    try:
        len(results)
    except SearchUnavailable:
        return Results(asked, order, at_most=_LISTED, by=PlainEngine(state.generation())), True
    return results, False


def _page() -> PublicPage:
    return PublicPage(title=SEARCH.label, path=SEARCH.url, column=SEARCH)
