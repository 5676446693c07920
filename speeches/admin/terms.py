"""The office's term list in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from organizations.admin.history import HistoryAdmin
from speeches.admin.display import badge
from speeches.enums import FindingSeverity
from speeches.models import Term


@admin.register(Term)
class TermAdmin(HistoryAdmin):
    """What the office does not print, and what it prints instead."""

    list_display = ("wrong", "right", "category", "severity_badge", "note", "is_active")
    list_filter = ("category", "severity", "is_active")
    search_fields = ("wrong", "right", "note")
    search_help_text = _("Either wording, or the reason")
    list_per_page = 100
    fieldsets = (
        (None, {"fields": (("wrong", "right"), ("category", "severity"), "note", "is_active")}),
    )

    class Media:
        css = {"all": ("css/admin-proofreading.css",)}

    @admin.display(description=_("severity"), ordering="severity")
    def severity_badge(self, term: Term) -> str:
        """How much a finding of the term weighs, as a badge."""
        return badge("severity", term.severity, FindingSeverity(term.severity).label)
