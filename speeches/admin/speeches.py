"""Speeches in the admin."""

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from speeches.admin.display import body_for_reading, posts_for_reading, topics_for_reading
from speeches.admin.drafts import DraftAdmin
from speeches.admin.editor import EditorPolicyMixin
from speeches.admin.forms import DraftForm, SeparatedField
from speeches.admin.proof_pages import ProofPages
from speeches.admin.search_tokens import TextSearchMixin
from speeches.enums import SearchKind
from speeches.models import Speech, SpeechSpeaker


class SpeechForm(DraftForm):
    """A speech; several posts are typed in one line."""

    posts_printed = SeparatedField(
        label=_("posts as printed"), required=False, help_text=_("Separate several by 、")
    )


class CreditInline(admin.TabularInline):
    """The speakers of a speech, in order."""

    model = SpeechSpeaker
    extra = 0
    autocomplete_fields = ("speaker", "appointment")
    fields = ("position", "speaker", "name_printed", "appointment")

    def get_queryset(self, request) -> QuerySet:
        """Fetch the names that a line is told by."""
        return (
            super()
            .get_queryset(request)
            .select_related("speaker", "appointment__speaker", "appointment__organization")
        )


@admin.register(Speech)
class SpeechAdmin(EditorPolicyMixin, TextSearchMixin, ProofPages, DraftAdmin):
    """Speeches, in the order of their meeting."""

    form = SpeechForm
    change_form_template = "admin/speech_change_form.html"
    search_kind = SearchKind.SPEECH
    list_display = ("title", "meeting", "organization", *DraftAdmin.stage_columns)
    list_filter = (*DraftAdmin.list_filter, "kind")
    list_select_related = ("meeting", "organization", "author")
    ordering = ("-meeting_id", "position")
    search_fields = ("title", "byline", "meeting__title", "organization__name", "speakers__name")
    search_help_text = _("Title, byline, meeting, organization or speaker")
    autocomplete_fields = ("meeting", "organization")
    inlines = (CreditInline,)
    readonly_fields = (body_for_reading, posts_for_reading, topics_for_reading)
    reading_fields = {
        "body": body_for_reading,
        "posts_printed": posts_for_reading,
        "tags": topics_for_reading,
    }
    fieldsets = (
        (None, {"fields": ("meeting", ("position", "kind"), "title")}),
        (
            _("Signature"),
            {
                "fields": (
                    "byline",
                    ("organization_printed", "posts_printed"),
                    "organization",
                    "on_behalf_of",
                )
            },
        ),
        (_("text"), {"fields": ("body",), "classes": ("wide-text",)}),
        (
            _("For readers"),
            {"fields": ("summary", "tags", "cover", ("source", "responsible_editor"))},
        ),
    )
