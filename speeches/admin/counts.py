"""How often public pages were read, day by day."""

from django.contrib import admin
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Sum, When, Window
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from speeches.enums import SearchKind
from speeches.models import MeetingEdition, PageReads, SpeechEdition, WorkItemEdition


@admin.register(PageReads)
class PageReadsAdmin(admin.ModelAdmin):
    """A line a piece and day, the newest day first; counted by the site, changed by nobody."""

    list_display = ("page_title", "kind", "day", "count", "total")
    list_display_links = None
    list_filter = ("kind", "day")
    date_hierarchy = "day"
    ordering = ("-day", "-count", "pk")

    def get_queryset(self, request) -> QuerySet[PageReads]:
        """Add the title as it is public now, the address, and the reads of all days."""
        return (
            super()
            .get_queryset(request)
            .annotate(
                title=Case(
                    When(kind=SearchKind.MEETING, then=_current(MeetingEdition, "title")),
                    When(kind=SearchKind.SPEECH, then=_current(SpeechEdition, "title")),
                    default=_current(WorkItemEdition, "title"),
                ),
                slug=Case(When(kind=SearchKind.MEETING, then=_current(MeetingEdition, "slug"))),
                all_reads=Window(Sum("count"), partition_by=[F("kind"), F("number")]),
            )
        )

    def has_add_permission(self, request):
        """Readers make these lines."""
        return False

    @admin.display(description=_("page"))
    def page_title(self, row: PageReads) -> SafeString | str:
        """The title, with a link where it is public."""
        if not row.title:
            return f"{row}（{_('withdrawn')}）"
        return format_html('<a href="{}">{}</a>', _address(row), row.title)

    @admin.display(description=_("reads in all"))
    def total(self, row: PageReads) -> int:
        """The reads of all days that the list shows."""
        return row.all_reads


def _current(model, column: str) -> Subquery:
    editions = model.objects.current().order_by()
    return Subquery(editions.filter(**{model.DRAFT_FIELD: OuterRef("number")}).values(column)[:1])


def _address(row: PageReads) -> str:
    if row.kind == SearchKind.MEETING:
        return reverse("meeting", args=[row.slug])
    return reverse(row.kind, args=[row.number])
