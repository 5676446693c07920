"""Highlighted work, its figures and indicators in the admin."""

from decimal import Decimal

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.admin.display import at_minute, body_for_reading, topics_for_reading
from speeches.admin.drafts import DraftAdmin
from speeches.admin.editor import EditorPolicyMixin
from speeches.admin.published import SeenByReaders
from speeches.models import Figure, Indicator, WorkItem


class FigureForm(forms.ModelForm):
    """A figure; ticking "verified" tells that its words were compared with the source."""

    is_verified = forms.BooleanField(label=_("verified"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_verified"].initial = self.instance.verified
        self.initial |= {name: _short(self.initial.get(name)) for name in ("low", "high")}


def _short(value: Decimal | None) -> Decimal | None:
    """Return ``value`` without zeros that say nothing: 25, not 25.0000."""
    if value is None or value != value.to_integral_value():
        return value and value.normalize()
    return value.quantize(Decimal(1))


class FigureInline(admin.StackedInline):
    """The figures of a piece of work."""

    model = Figure
    form = FigureForm
    extra = 0
    autocomplete_fields = ("indicator",)
    readonly_fields = ("verification",)
    fields = (
        ("position", "printed", "claim"),
        ("bound", "low", "high", "unit"),
        ("object", "indicator"),
        ("is_verified", "verification"),
    )

    def get_queryset(self, request):
        """Fetch who verified each figure."""
        return super().get_queryset(request).select_related("verified_by", "indicator")

    def get_fields(self, request, obj=None):
        """Where the figures are only read there is nothing to tick."""
        fields = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return fields
        return (*fields[:-1], "verification")

    @admin.display(description=_("verified by"))
    def verification(self, figure: Figure) -> str:
        """Who compared the figure with its source, and when."""
        if not figure.verified:
            return ""
        return f"{name_of(figure.verified_by)} {at_minute(figure.verified_at)}"


@admin.register(WorkItem)
class WorkItemAdmin(EditorPolicyMixin, DraftAdmin):
    """Highlighted work."""

    list_display = ("title", "organization", "year", "emphasis", *DraftAdmin.stage_columns)
    list_filter = (*DraftAdmin.list_filter, "featured", "year")
    list_select_related = ("organization", "author")
    search_fields = ("title", "summary", "organization__name", "speech__title")
    search_help_text = _("Title, summary, organization or speech")
    autocomplete_fields = ("organization", "speech")
    inlines = (FigureInline,)
    readonly_fields = (body_for_reading, topics_for_reading)
    reading_fields = {"body": body_for_reading, "tags": topics_for_reading}
    fieldsets = (
        (None, {"fields": ("title", "summary", "organization", "year")}),
        (_("Where it is told"), {"fields": (("speech", "paragraph"),)}),
        (_("text"), {"fields": ("body",), "classes": ("wide-text",)}),
        (_("For readers"), {"fields": ("tags", "image", ("featured", "position"))}),
    )

    @admin.display(description=_("featured"), ordering="featured")
    def emphasis(self, work_item: WorkItem) -> str:
        """A star for featured work."""
        return "★" if work_item.featured else ""

    def save_formset(self, request, form, formset, change):
        """Note who verified a figure; one whose words changed must be verified again."""
        for figure_form in formset.forms:
            if figure_form.has_changed():
                _note_verification(figure_form, request.user)
        super().save_formset(request, form, formset, change)


def _note_verification(form: FigureForm, user) -> None:
    figure, ticked = form.instance, form.cleaned_data.get("is_verified", False)
    reworded = figure.verified and {"printed", "low", "high", "bound"} & set(form.changed_data)
    if ticked and (not figure.verified or reworded):
        figure.verified_by, figure.verified_at = user, timezone.now()
    elif not ticked:
        figure.verified_by, figure.verified_at = None, None


@admin.register(Indicator)
class IndicatorAdmin(SeenByReaders, admin.ModelAdmin):
    """What figures measure."""

    list_display = ("name", "unit", "description")
    search_fields = ("name", "unit")
    search_help_text = _("Name or unit")
