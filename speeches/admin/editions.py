"""Editions and review records in the admin: looked at, never changed."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.admin.display import (
    badge,
    body_for_reading,
    change_url,
    posts_for_reading,
    public_url,
)
from speeches.models import (
    Edition,
    MeetingEdition,
    ReviewRecord,
    SpeechEdition,
    WorkItemEdition,
)

IDENTITY = ("number", "state", "published_at", "publisher", "first_published_at", "closed_at")


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only services write."""

    def has_add_permission(self, request):
        """Refuse."""
        return False

    def has_change_permission(self, request, obj=None):
        """Refuse."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Refuse."""
        return False


class EditionAdmin(ReadOnlyAdmin):
    """Editions of one kind, the newest publication first."""

    change_form_template = "admin/edition_change_form.html"
    list_display = ("title", "number", "state", "published_at", "publisher")
    list_filter = ("closed_as", "published_at")
    list_select_related = ("published_by",)
    search_fields = ("title", "content_hash")
    search_help_text = _("Title or hash")
    date_hierarchy = "published_at"
    ordering = ("-published_at", "-pk")

    @admin.display(description=_("state"))
    def state(self, edition: Edition) -> SafeString:
        """Whether readers see the edition, or why not."""
        if edition.is_current():
            return badge("stage", "published", _("Current"))
        return badge("stage", edition.closed_as, edition.get_closed_as_display())

    @admin.display(description=_("published by"))
    def publisher(self, edition: Edition) -> str:
        """The colleague who published."""
        return name_of(edition.published_by)

    def get_fieldsets(self, request, obj=None):
        """Show the identity of the edition, what it says, and its place in the chain."""
        names = [field.name for field in self.model.content_fields()]
        shown = {"body": body_for_reading, "posts_printed": posts_for_reading}
        return (
            (None, {"fields": IDENTITY}),
            (_("What it says"), {"fields": [shown.get(name, name) for name in names]}),
            (_("Chain of hashes"), {"fields": ("content_hash", "previous_hash")}),
        )

    def render_change_form(self, request, context, *, obj=None, **kwargs):
        """Add the links to the draft and to the public page."""
        context["draft_url"] = change_url(getattr(obj, obj.DRAFT_FIELD))
        context["public_url"] = public_url(obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)


@admin.register(SpeechEdition)
class SpeechEditionAdmin(EditionAdmin):
    """Editions of speeches."""

    list_display = ("title", "meeting", *EditionAdmin.list_display[1:])
    list_select_related = ("meeting", "published_by")


admin.site.register((MeetingEdition, WorkItemEdition), EditionAdmin)


@admin.register(ReviewRecord)
class ReviewRecordAdmin(ReadOnlyAdmin):
    """Every step of every draft, newest first."""

    list_display = ("created_at", "piece", "action", "step", "actor_name", "opinion")
    list_display_links = ("created_at",)
    list_filter = ("action", "review", "created_at")
    list_select_related = ("actor", "content_type")
    search_fields = ("opinion", "actor__last_name", "actor__first_name", "actor__username")
    search_help_text = _("Opinion or reviewer")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    fields = ("piece", "action", "step", "review", "round", "actor_name", "opinion", "created_at")

    def get_queryset(self, request):
        """Show editors the records of their own drafts, and fetch all drafts at once."""
        records = super().get_queryset(request).prefetch_related("draft")
        if request.user.has_perm("speeches.view_any_draft"):
            return records
        return records.filter(_about_drafts_of(request.user))

    @admin.display(description=_("draft"))
    def piece(self, record: ReviewRecord) -> SafeString | str:
        """The draft, with a link."""
        if record.draft is None:
            return ""
        return format_html('<a href="{}">{}</a>', change_url(record.draft), record.draft)

    @admin.display(description=_("step"))
    def step(self, record: ReviewRecord) -> str:
        """From which stage to which."""
        return f"{record.get_source_display()} → {record.get_target_display()}"

    @admin.display(description=_("by"), ordering="actor__last_name")
    def actor_name(self, record: ReviewRecord) -> str:
        """The colleague who took the step."""
        return name_of(record.actor)


def _about_drafts_of(user) -> Q:
    condition = Q(pk__in=[])
    for edition in (MeetingEdition, SpeechEdition, WorkItemEdition):
        kind = edition.draft_model()
        own = kind.objects.filter(author=user).values("pk")
        condition |= Q(content_type=ContentType.objects.get_for_model(kind), object_id__in=own)
    return condition
