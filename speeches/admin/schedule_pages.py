"""Setting a time for publishing and withdrawing, and seeing what became of it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.admin.display import at_minute, change_url
from speeches.admin.editions import ReadOnlyAdmin
from speeches.enums import Action, ScheduleState
from speeches.exceptions import TransitionRefused
from speeches.models import Meeting, Schedule, Speech, WorkItem
from speeches.models.schedules import ACTIONS
from speeches.services import schedules


class ScheduleForm(forms.Form):
    """What is to happen, when, and for a withdrawal why."""

    action = forms.ChoiceField(
        label=_("action"), choices=[(action.value, action.label) for action in ACTIONS]
    )
    due_at = forms.DateTimeField(
        label=_("set time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    opinion = forms.CharField(
        label=_("reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SchedulePages:
    """The set times of a draft, for the ModelAdmin of its kind."""

    def get_urls(self):
        """Add the address of the page."""
        name = f"speeches_{self.opts.model_name}_schedule"
        view = self.admin_site.admin_view(self.schedule_view)
        return [path("<int:pk>/schedule/", view, name=name), *super().get_urls()]

    def schedule_view(self, request, pk: int):
        """Show what is set for a draft; set it and take it back."""
        draft = self.visible_draft(request, pk)
        here = reverse(f"admin:speeches_{self.opts.model_name}_schedule", args=[pk])
        rows = Schedule.objects.about(draft)
        form = ScheduleForm(request.POST if "set" in request.POST else None)
        if request.method == "POST" and ("cancel" in request.POST or form.is_valid()):
            try:
                if "cancel" in request.POST:
                    number = request.POST["cancel"]
                    row = rows.filter(pk=int(number) if number.isdecimal() else 0).first()
                    if row is not None:
                        schedules.cancel(schedule=row, user=request.user)
                else:
                    schedules.schedule(
                        draft=draft,
                        action=Action(form.cleaned_data["action"]),
                        due_at=form.cleaned_data["due_at"],
                        opinion=form.cleaned_data["opinion"],
                        user=request.user,
                    )
            except TransitionRefused as error:
                messages.error(request, str(error))
            else:
                messages.success(request, gettext("Noted."))
            return HttpResponseRedirect(here)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Set times"),
            "subtitle": str(draft),
            "draft": draft,
            "draft_url": change_url(draft),
            "form": form,
            "rows": [
                (row, name_of(row.created_by), row.state == ScheduleState.WAITING)
                for row in rows.select_related("created_by")
            ],
            "may_set": any(
                request.user.has_perm(f"speeches.{action.value}_draft") for action in ACTIONS
            ),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/draft_schedule.html", context)


@admin.register(Schedule)
class ScheduleAdmin(ReadOnlyAdmin):
    """Everything that was ever set for a time, the latest first."""

    list_display = ("due_at", "piece", "action", "state", "scheduled_by", "problem")
    list_display_links = ("due_at",)
    list_filter = ("state", "action")
    list_select_related = ("created_by",)
    fields = ("piece", "action", "due_at", "opinion", "state", "scheduled_by", "ended", "problem")

    def get_queryset(self, request):
        """Show editors what is set for their own drafts, and fetch all drafts at once."""
        rows = super().get_queryset(request).prefetch_related("draft")
        if request.user.has_perm("speeches.view_any_draft"):
            return rows
        own = rows.none()
        for kind in (Meeting, Speech, WorkItem):
            own |= rows.filter(
                content_type=ContentType.objects.get_for_model(kind),
                object_id__in=kind.objects.filter(author=request.user).values("pk"),
            )
        return own

    @admin.display(description=_("draft"))
    def piece(self, row: Schedule) -> SafeString | str:
        """The draft, with a link."""
        if row.draft is None or row.draft.binned_at is not None:
            return str(row.draft or "")
        return format_html('<a href="{}">{}</a>', change_url(row.draft), row.draft)

    @admin.display(description=_("scheduled by"))
    def scheduled_by(self, row: Schedule) -> str:
        """The colleague in whose name it is done."""
        return name_of(row.created_by)

    @admin.display(description=_("ended"))
    def ended(self, row: Schedule) -> str:
        """When it was done, refused or cancelled."""
        return at_minute(row.ended_at)
