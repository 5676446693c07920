"""Bodies: the list by level and kind, and a body with its speeches and its work."""

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organizations.enums import Level, OrganizationKind
from organizations.models import Organization
from speeches.public import selectors
from speeches.public.bodies import BodyTree
from speeches.public.columns import ORGANIZATIONS
from speeches.public.downloads import downloads
from speeches.public.entries import picture, speech_entries, work_cards
from speeches.public.facets import facet
from speeches.public.pages import Crumb, PublicPage, absolute, gone, show
from speeches.public.paging import page_of

WORK_SHOWN = 6


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """List the bodies that have a page, from the highest level down."""
    tree = BodyTree.current()
    level = facet(request, "level", _("Level"), Level.choices)
    kind = facet(request, "kind", _("Kind"), OrganizationKind.choices)
    found = _by_level(Organization.objects.filter(pk__in=[body.number for body in tree.pages()]))
    if level.chosen:
        found = found.filter(level=level.chosen)
    if kind.chosen:
        found = found.filter(kind=kind.chosen)
    page = page_of(request, found)
    return show(
        request,
        "organizations/organizations.html",
        PublicPage(title=ORGANIZATIONS.label, path=ORGANIZATIONS.url, column=ORGANIZATIONS),
        listing=page,
        organizations=[{"row": row, "body": tree[row.pk]} for row in page.object_list],
        facets=(level, kind),
    )


def _by_level(found: QuerySet[Organization]) -> QuerySet[Organization]:
    ranks = [When(level=level, then=Value(rank)) for rank, level in enumerate(Level.values)]
    rank = Case(*ranks, default=Value(len(ranks)), output_field=IntegerField())
    return found.order_by(rank, "position", "name")


@require_safe
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a body with the bodies below it, its speeches, and its work."""
    tree = BodyTree.current()
    body = Organization.objects.public().filter(pk=pk).first()
    if body is None or not tree.has_page(pk):
        if body is not None and BodyTree.ever().has_page(pk):
            return gone(request)
        raise Http404(_("There is no such organization."))
    page = page_of(
        request,
        selectors.listed_speeches().filter(organization_id=pk),
        total=tree[pk].speeches,
    )
    image = picture(body.image, "wide")
    return show(
        request,
        "organizations/organization.html",
        PublicPage(
            title=body.name,
            path=body.get_absolute_url(),
            column=ORGANIZATIONS,
            description=body.introduction or body.name,
            trail=tuple(Crumb(above.name, above.url) for above in tree.ancestors(pk)),
            image=image.url if image else "",
            feed=reverse("organization_feed", args=[pk]) if tree[pk].speeches else "",
            data=(
                {
                    "@type": "Organization",
                    "name": body.name,
                    "url": absolute(body.get_absolute_url()),
                },
            ),
        ),
        organization=body,
        formats=downloads("organization_digest", pk),
        image=image,
        body=tree[pk],
        children=tree.children(pk),
        listing=page,
        speeches=speech_entries(page.object_list),
        work_items=work_cards(selectors.work_on_cards().filter(organization_id=pk)[:WORK_SHOWN]),
    )
