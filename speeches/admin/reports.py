"""The queue of errors that readers reported."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.admin.display import badge
from speeches.enums import ReportState
from speeches.models.reports import ErrorReport
from speeches.services.reports import handle_report


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    """Reports, the newest first; only the state and the note are ours to write."""

    list_display = ("opening", "page_title", "state_badge", "reported_at", "handler")
    list_filter = ("state", "reported_at")
    list_select_related = ("handled_by",)
    search_fields = ("page_title", "message", "passage")
    search_help_text = _("Title, passage or message")
    date_hierarchy = "reported_at"
    readonly_fields = ("message", "passage", "where", "reported_at", "handler", "handled_at")
    fields = (
        "message",
        "passage",
        "where",
        "reported_at",
        "state",
        "note",
        "handler",
        "handled_at",
    )

    def has_add_permission(self, request):
        """Only readers report."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Reports are kept."""
        return False

    def save_model(self, request, obj, form, change):
        """Record who decided, and when."""
        handle_report(report=obj, state=ReportState(obj.state), note=obj.note, user=request.user)

    @admin.display(description=_("what is wrong"))
    def opening(self, report: ErrorReport) -> str:
        """The opening of the message."""
        return report.message if len(report.message) <= 40 else f"{report.message[:40]}…"

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, report: ErrorReport) -> SafeString:
        """The state as a badge."""
        return badge("report", report.state, report.get_state_display())

    @admin.display(description=_("page"))
    def where(self, report: ErrorReport) -> SafeString:
        """The paragraph on the public page."""
        return format_html('<a href="{}">{}</a>', report.get_absolute_url(), report)

    @admin.display(description=_("handled by"))
    def handler(self, report: ErrorReport) -> str:
        """The colleague who decided."""
        return name_of(report.handled_by) if report.handled_by else "—"
