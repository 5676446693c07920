"""Search over everything public."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from speeches.enums import SearchKind
from speeches.public.columns import SEARCH
from speeches.public.facets import facet
from speeches.public.pages import PublicPage, show
from speeches.public.paging import page_of
from speeches.search.engine import Order
from speeches.search.query import LONGEST
from speeches.search.results import Results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer ``?q=``, the best first or the newest; each hit leads to its paragraph."""
    asked = request.GET.get("q", "").strip()
    kind = facet(request, "kind", _("Kind"), SearchKind.choices)
    sort = facet(request, "sort", _("Order"), [("date", _("Newest first"))])
    results = Results(asked, Order(by_date=bool(sort.chosen), kind=kind.chosen or ""))
    page = page_of(request, results)
    return show(
        request,
        "speeches/search.html",
        PublicPage(title=SEARCH.label, path=SEARCH.url, column=SEARCH),
        asked=asked,
        longest=LONGEST,
        listing=page,
        hits=page.object_list,
        facets=(kind, sort) if results.query else (),
        understood=bool(results.query),
    )
