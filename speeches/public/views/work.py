"""Highlighted work: the list with its filters, and an item with its figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from speeches.models.content import Indicator
from speeches.models.editions import FigureEdition, WorkItemEdition
from speeches.public import selectors
from speeches.public.columns import WORK
from speeches.public.comparison import compare, compared_indicators
from speeches.public.corrections import corrected_at
from speeches.public.entries import Picture, WorkEntry, picture, work_entries
from speeches.public.highlighting import prose_for
from speeches.public.pages import Article, Crumb, PublicPage, gone, show
from speeches.public.paging import page_of
from speeches.public.views.corrections import show_corrections
from speeches.public.work_facets import facets_of_work
from speeches.textblocks import plain_text


@require_safe
def work_items(request: HttpRequest) -> HttpResponse:
    """List highlighted work, by year, body, topic and indicator."""
    found = selectors.listed_work_items()
    facets = year, organization, topic, measure = facets_of_work(request)
    if year.chosen:
        found = found.filter(year=year.chosen)
    if organization.chosen:
        found = found.filter(organization_id=organization.chosen)
    if topic.chosen:
        items = selectors.tag_items(WorkItemEdition).filter(tag__slug=topic.chosen)
        found = found.filter(pk__in=items.values("object_id"))
    if measure.chosen:
        figures = FigureEdition.objects.filter(indicator_id=measure.chosen).order_by()
        found = found.filter(pk__in=figures.values("edition"))
    page = page_of(request, found)
    return show(
        request,
        "speeches/work_items.html",
        PublicPage(title=WORK.label, path=WORK.url, column=WORK, feed=reverse("work_feed")),
        listing=page,
        work_items=work_entries(page.object_list),
        can_compare=bool(measure.options),
        facets=facets,
    )


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """List what can be compared across bodies and years."""
    return show(
        request,
        "speeches/indicators.html",
        PublicPage(
            title=_("Comparison"),
            path=reverse("indicators"),
            column=WORK,
            description=_("The same indicator across bodies and years."),
        ),
        indicators=compared_indicators(),
    )


@require_safe
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every public value of an indicator as a chart in its table."""
    found = get_object_or_404(Indicator, pk=pk)
    values = compare(found)
    if not values:
        raise Http404(_("Nothing is published there."))
    return show(
        request,
        "speeches/indicator.html",
        PublicPage(
            title=found.name,
            path=reverse("indicator", args=[pk]),
            column=WORK,
            description=found.description,
            trail=(Crumb(_("Comparison"), reverse("indicators")),),
        ),
        indicator=found,
        values=values,
    )


@require_safe
def work_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a piece of highlighted work with every figure and where it comes from."""
    edition = _current(pk)
    if edition is None:
        return gone(request)
    (entry,) = work_entries([edition])
    image = picture(edition.image, "wide")
    return show(
        request,
        "speeches/work_item.html",
        _work_page(entry, image),
        work=entry,
        text=prose_for(request, edition.body),
        image=image,
        corrected_at=corrected_at(edition),
    )


@require_safe
def work_corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was corrected in a piece of work."""
    edition = _current(pk)
    if edition is None:
        return gone(request)
    return show_corrections(request, edition, WORK, reverse("work_corrections", args=[pk]))


def _current(pk: int) -> WorkItemEdition | None:
    """Return the public edition with its earlier ones, None where it is withdrawn, or Http404."""
    edition = selectors.work_items().filter(work_item_id=pk).first()
    if edition is not None:
        edition.earlier = selectors.earlier_of_work(edition) if edition.number > 1 else ()
    elif not WorkItemEdition.objects.filter(work_item_id=pk).exists():
        raise Http404(_("There is no such piece of work."))
    return edition


def _work_page(entry: WorkEntry, image: Picture | None) -> PublicPage:
    edition = entry.edition
    return PublicPage(
        title=edition.title,
        path=edition.get_absolute_url(),
        column=WORK,
        description=edition.summary or plain_text(edition.body) or edition.title,
        article=Article(
            title=edition.title,
            published_at=edition.first_published_at,
            updated_at=edition.published_at,
            source=entry.speech.source if entry.speech else "",
            author=entry.organization.label if entry.organization else "",
            keywords=tuple(topic.name for topic in entry.topics),
        ),
        image=image.url if image else "",
    )
