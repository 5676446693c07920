"""Meetings in the admin, each with a table of its speeches and what can be done with all."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from organizations.colleagues import name_of
from speeches import workflow
from speeches.admin.board_pages import BoardPages
from speeches.admin.compilation_pages import CompilationPages
from speeches.admin.display import change_url, stage_badge
from speeches.admin.drafts import DraftAdmin, tell_submissions
from speeches.admin.export_pages import ExportPages
from speeches.admin.forms import DraftForm
from speeches.admin.proof_pages import MeetingProofPages
from speeches.admin.wechat_pages import WechatPages
from speeches.enums import Stage
from speeches.exceptions import TransitionRefused
from speeches.models import Draft, Meeting, Speech, WorkItem
from speeches.services import publications, reviews
from speeches.services.slugs import free_slug


class MeetingForm(DraftForm):
    """A meeting; its address is made from date and title where staff leave it empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self):
        """Fill in the address."""
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(
                cleaned.get("title", ""), str(cleaned.get("start_date") or "")
            )
        return cleaned


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the table of a meeting."""

    draft: Draft
    url: str
    author: str
    is_speech: bool


@admin.register(Meeting)
class MeetingAdmin(
    BoardPages, MeetingProofPages, WechatPages, ExportPages, CompilationPages, DraftAdmin
):
    """Meetings, newest first."""

    form = MeetingForm
    change_form_template = "admin/meeting_change_form.html"
    list_display = ("title", "start_date", "kind", "speech_count", *DraftAdmin.stage_columns)
    list_filter = (*DraftAdmin.list_filter, "kind")
    list_select_related = ("author",)
    date_hierarchy = "start_date"
    search_fields = ("title", "kicker", "subtitle", "place")
    search_help_text = _("Title, kicker, subtitle or place")
    autocomplete_fields = ("host",)
    fieldsets = (
        (None, {"fields": ("kicker", "title", "subtitle", "slug", "kind")}),
        (
            _("Time and place"),
            {"fields": (("start_date", "end_date"), ("term", "session"), "host", "place")},
        ),
        (_("For readers"), {"fields": ("editors_note", "cover")}),
        (_("Source"), {"fields": (("source_newspaper", "source_issue", "source_page"),)}),
    )

    def get_queryset(self, request):
        """Count the speeches; a speech may be added to the meeting of a colleague."""
        if request.resolver_match.url_name == "autocomplete":
            return Meeting.objects.all()
        return (
            super()
            .get_queryset(request)
            .annotate(speeches_total=Count("speech", filter=Q(speech__binned_at__isnull=True)))
        )

    @admin.display(description=_("speeches"), ordering="speeches_total")
    def speech_count(self, meeting: Meeting) -> int:
        """How many speeches a meeting has, at any stage."""
        return meeting.speeches_total

    def get_urls(self):
        """Add the addresses of the buttons that concern a whole meeting."""
        return [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"speeches_meeting_{name}",
            )
            for name, view in (("publish", self.publish_view), ("submit", self.submit_view))
        ] + super().get_urls()

    def render_change_form(self, request, context, *, obj=None, **kwargs):
        """Add the table of the meeting's speeches and highlighted work."""
        if obj is not None:
            pieces = list(_pieces(obj, request.user))
            drafts = [obj, *(piece.draft for piece in pieces)]
            context["pieces"] = pieces
            context["stage_counts"] = _counts_by_stage(pieces)
            context["may_publish"] = request.user.has_perm("speeches.publish_draft")
            context["anything_approved"] = any(row.stage == Stage.APPROVED for row in drafts)
            context["is_published"] = obj.editions.current().exists()
            context["to_submit"] = len(_own_editable(drafts, request.user))
        return super().render_change_form(request, context, obj=obj, **kwargs)

    @method_decorator(require_POST)
    def publish_view(self, request, pk: int):
        """Publish the meeting with everything approved in it, or nothing."""
        meeting = self.visible_draft(request, pk)
        try:
            result = publications.publish_meeting(meeting=meeting, user=request.user)
        except TransitionRefused as error:
            messages.error(request, str(error))
        else:
            count = len(result.editions)
            text = ngettext("%d piece was published.", "%d pieces were published.", count) % count
            messages.success(request, text)
            if result.left_out:
                names = "；".join(map(str, result.left_out))
                text = gettext("Left out, as not approved: %(names)s") % {"names": names}
                messages.warning(request, text)
        return HttpResponseRedirect(change_url(meeting))

    @method_decorator(require_POST)
    def submit_view(self, request, pk: int):
        """Submit the user's own drafts of a meeting for review."""
        meeting = self.visible_draft(request, pk)
        with transaction.atomic():
            drafts = [meeting, *(piece.draft for piece in _pieces(meeting, request.user))]
            own = _own_editable(drafts, request.user)
            tell_submissions(request, reviews.submit_all(candidates=own, user=request.user))
        return HttpResponseRedirect(change_url(meeting))


def _pieces(meeting: Meeting, user):
    speeches = (
        Speech.objects.filter(meeting=meeting)
        .visible_to(user)
        .select_related("author", "organization")
        .order_by("position", "pk")
    )
    work_items = (
        WorkItem.objects.filter(speech__meeting=meeting)
        .visible_to(user)
        .select_related("author", "organization")
        .order_by("position", "pk")
    )
    for draft in (*speeches, *work_items):
        draft.badge = stage_badge(draft)
        yield Piece(draft, change_url(draft), name_of(draft.author), isinstance(draft, Speech))


def _own_editable(drafts: list[Draft], user) -> list[Draft]:
    return [
        draft
        for draft in drafts
        if draft.stage in workflow.EDITABLE_STAGES and draft.author_id == user.pk
    ]


def _counts_by_stage(pieces: list[Piece]) -> list[tuple[Stage, int]]:
    stages = [piece.draft.stage for piece in pieces]
    return [(stage, stages.count(stage)) for stage in Stage if stage in stages]
