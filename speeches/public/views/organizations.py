"""Bodies: the list by level and kind, and a body with its speeches and its work."""

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organizations.enums import Level, OrganizationKind
from organizations.models import Organization
from speeches.public import selectors
from speeches.public.bodies import BODY_COLUMNS, Body, BodyTree, rows_of_bodies
from speeches.public.columns import ORGANIZATIONS
from speeches.public.comparison import series_of
from speeches.public.downloads import downloads
from speeches.public.entries import picture, speech_entries, work_entries
from speeches.public.facets import facet
from speeches.public.packing import instance, packed_field
from speeches.public.pages import Crumb, PublicPage, absolute, gone, show
from speeches.public.paging import page_of
from speeches.public.posts import Post, posts_in, posts_of

WORK_SHOWN = 6
_OWN = ("id", "name", "kind", "level", "introduction", "image", "is_public")


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
    tree, body, people = _read(pk)
    if body is None or not tree.has_page(pk):
        if body is not None and body.is_public and BodyTree.ever().has_page(pk):
            return gone(request)
        raise Http404(_("There is no such organization."))
    work = work_entries(selectors.listed_work_items().filter(organization_id=pk))
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
        people=people,
        series=series_of(work),
        work_items=work[:WORK_SHOWN],
    )


def _read(pk: int) -> tuple[BodyTree, Organization | None, list[Post]]:
    """Return the tree, the body of this number, and who spoke for it in which post. One query."""
    columns = {name: name for name in _OWN}
    rows = rows_of_bodies().annotate(
        own=_only(pk, JSONObject(**columns)), posts=_only(pk, posts_in("edition__organization"))
    )
    found = list(rows.values_list(*BODY_COLUMNS, "own", "posts"))
    own, posts = next((row[-2:] for row in found if row[0] == pk), (None, None))
    tree = BodyTree(Body(*row[:-2]) for row in found)
    return tree, instance(Organization, own) if own else None, posts_of(posts)


def _only(pk: int, value: Any) -> Case:
    return Case(When(pk=pk, then=value), output_field=packed_field())
