"""What the list of highlighted work can be narrowed to."""

from django.db.models import CharField, Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext as _

from organizations.models import Organization
from speeches.models.editions import WorkItemEdition
from speeches.public import selectors
from speeches.public.comparison import compared_indicators
from speeches.public.facets import Facet, facet

_COLUMNS = ("filter", "choice", "label", "rank")


def facets_of_work(request: HttpRequest) -> tuple[Facet, Facet, Facet, Facet]:
    """Return the filters by year, body, topic and indicator. Takes one query."""
    years, *others = (rows.values_list(*_COLUMNS) for rows in _choices())
    options: dict[str, list[tuple[str, str]]] = {}
    for name, value, label, _rank in sorted(
        years.union(*others, all=True), key=lambda row: (row[3], row[2])
    ):
        options.setdefault(name, []).append((value, label))
    labels = {
        "year": _("Year"),
        "organization": _("Organization"),
        "topic": _("Topic"),
        "indicator": _("Indicator"),
    }
    return tuple(
        facet(request, name, label, options.get(name, ())) for name, label in labels.items()
    )


def _choices() -> tuple[QuerySet, ...]:
    """Return the choices of each filter as rows of ``_COLUMNS``; the lowest rank comes first."""
    current = WorkItemEdition.objects.current().order_by()
    items = selectors.tag_items(WorkItemEdition).filter(object_id__in=current.values("pk"))
    bodies = Organization.objects.public().filter(pk__in=current.values("organization_id"))
    return (
        _named("year", current.exclude(year=None).values("year"), "year", "year", -F("year")),
        _named("organization", bodies.order_by(), "pk", "name", F("position")),
        _named(
            "topic",
            items.exclude(tag__slug="").order_by().values("tag__slug", "tag__name"),
            "tag__slug",
            "tag__name",
            -Count("object_id", distinct=True),
        ),
        _named("indicator", compared_indicators().order_by(), "pk", "name", -F("values_count")),
    )


def _named(name: str, rows: QuerySet, value: str, label: str, rank: object) -> QuerySet:
    found = rows.annotate(
        filter=Value(name),
        choice=Cast(value, CharField()),
        label=Cast(label, CharField()),
        rank=Cast(rank, IntegerField()),
    )
    return found.distinct() if name == "year" else found
