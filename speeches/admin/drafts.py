"""What the admin pages of meetings, speeches and highlighted work share."""

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from organizations.admin.history import HistoryAdmin
from organizations.images import PictureField
from speeches.admin.bin_pages import BinPages
from speeches.admin.covers import CoverField, CoverWidget, words_sent
from speeches.admin.display import author_name, change_url, changed_at, stage_badge
from speeches.admin.filters import AuthorFilter, DueFilter, TurnFilter
from speeches.admin.forms import DraftForm, field_differences, words_of
from speeches.admin.link_pages import LinkPages
from speeches.admin.open_form_pages import OpenFormPages
from speeches.admin.preview_pages import PreviewPages
from speeches.admin.reading_pages import ReadingPages
from speeches.admin.reviewing import lock_reason, panel_for, take_step
from speeches.admin.schedule_pages import SchedulePages
from speeches.admin.sheet_pages import SheetPages
from speeches.admin.version_pages import VersionPages
from speeches.enums import Action
from speeches.exceptions import TransitionRefused
from speeches.models import Draft
from speeches.services import drafts, open_forms, pictures, reviews, versions

SAVED_COOKIE, SAVED_SECONDS = "saved_draft", 600
"""What names the draft that was stored last to ``static/js/admin-autosave.js``, which clears it."""
_VERSION = re.compile(r"[0-9]{1,10}")


def tell_submissions(request, submissions: reviews.Submissions) -> None:
    """Tell staff how many drafts went to review, and why the others did not."""
    count = len(submissions.submitted)
    if count:
        text = ngettext("%d draft was submitted.", "%d drafts were submitted.", count) % count
        messages.success(request, text)
    for problem in submissions.problems:
        messages.warning(request, problem)
    if not count and not submissions.problems:
        messages.info(request, gettext("No draft of yours waits to be submitted."))


class DraftAdmin(
    BinPages,
    VersionPages,
    OpenFormPages,
    LinkPages,
    PreviewPages,
    ReadingPages,
    SchedulePages,
    SheetPages,
    HistoryAdmin,
):
    """Lists, locking, review panel and history of one kind of draft; the services write."""

    form = DraftForm
    change_form_template = "admin/draft_change_form.html"
    stage_columns = (stage_badge, author_name, changed_at)
    list_filter = ("stage", TurnFilter, DueFilter, AuthorFilter)
    list_per_page = 50
    actions = ("submit_selected", "bin_selected")
    reading_fields: dict[str, Callable] = {}
    """Fields and the functions that show them in place, where the draft is only read."""

    # Who may see and change what

    def get_queryset(self, request):
        """Show editors their own drafts, and reviewers all."""
        return super().get_queryset(request).visible_to(request.user)

    def has_view_permission(self, request, obj=None):
        """Keep the drafts of colleagues closed to those who may not open every draft."""
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or obj.is_visible_to(request.user))

    def has_change_permission(self, request, obj=None):
        """Refuse locked drafts and those of colleagues."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or drafts.may_edit(draft=obj, user=request.user))

    def has_submit_permission(self, request):
        """Whether the action that submits is offered."""
        return request.user.has_perm("speeches.submit_draft")

    # Lists

    @admin.action(permissions=["submit"], description=_("Submit the selected drafts for review"))
    def submit_selected(self, request, queryset):
        """Send every chosen draft to its first review."""
        tell_submissions(request, reviews.submit_all(candidates=queryset, user=request.user))

    # The form

    def get_fieldsets(self, request, obj=None):
        """Where the draft is only read, show rich text and lists as readers see them."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, {**options, "fields": [self._for_reading(row) for row in options["fields"]]})
            for name, options in fieldsets
        ]

    def _for_reading(self, row):
        if isinstance(row, (list, tuple)):
            return tuple(self.reading_fields.get(name, name) for name in row)
        return self.reading_fields.get(row, row)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Offer the library of pictures where a cover is chosen."""
        if isinstance(db_field, PictureField):
            may_choose = request.user.has_perm("speeches.view_picture")
            widget = CoverWidget(may_choose=may_choose)
            return db_field.formfield(form_class=CoverField, widget=widget)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer the drafts that the user may open, and the one that was chosen before."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and issubclass(db_field.related_model, Draft):
            object_id = request.resolver_match.kwargs.get("object_id")
            opened = self.get_queryset(request).filter(pk=object_id and unquote(object_id))
            choices = db_field.related_model.objects
            chosen = choices.filter(pk__in=opened.values(db_field.attname))
            field.queryset = choices.visible_to(request.user) | chosen
        return field

    def shown_in_history(self, field, value):
        """Compare rich text by its words."""
        return words_of(field, value)

    def save_model(self, request, obj, form, change):
        """Store through the service, on the version that was opened."""
        drafts.save_draft(
            draft=obj,
            user=request.user,
            expected_version=form.expected_version() if change else None,
        )

    def save_related(self, request, form, formsets, change):
        """Let the history know the speakers, figures and topics that were stored with the text."""
        super().save_related(request, form, formsets, change)
        versions.note_parts(draft=form.instance)
        words = words_sent(form)
        pictures.note_covers(draft=form.instance, user=request.user, words=words)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Keep the typed text of somebody whose draft was locked meanwhile."""
        if request.method == "POST" and object_id is not None:
            obj = self.get_object(request, unquote(object_id))
            if obj is not None and not self.has_change_permission(request, obj):
                return self._locked_out(request, obj)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _locked_out(self, request, obj: Draft) -> HttpResponse:
        if not super().has_change_permission(request, obj):
            raise PermissionDenied
        names = {field.name for field in obj.content_fields() if not field.is_relation}
        form = self.get_form(request, None)(request.POST, request.FILES)
        form.is_valid()
        typed = {name: form.cleaned_data[name] for name in names & set(form.cleaned_data)}
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Your text was not saved"),
            "subtitle": str(obj),
            "reason": lock_reason(obj, request.user),
            "differences": field_differences(obj, typed),
            "texts": [
                (field.verbose_name, words_of(field, typed[field.name]))
                for field in obj.content_fields()
                if typed.get(field.name)
            ],
            "back": change_url(obj),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/draft_locked_out.html", context, status=409)

    def render_change_form(self, request, context, *, obj=None, **kwargs):
        """Add the review panel and, after a conflict, what differs."""
        context["show_save_and_add_another"] = False
        context["show_submit_for_review"] = request.user.has_perm("speeches.submit_draft")
        context["autosave_key"] = f"{self.opts.model_name}-{obj.pk if obj else 'add'}"
        context["conflict"] = getattr(context["adminform"].form, "conflict", None)
        if obj is not None and not context["is_popup"]:
            context["panel"] = panel_for(obj, request.user)
            context["opinion"] = request.session.pop(self._opinion_key(obj), "")
            editions = obj.editions.model._meta
            context["edition_list"] = f"admin:speeches_{editions.model_name}_changelist"
            context["edition_query"] = f"{obj.editions.model.DRAFT_FIELD}__id__exact={obj.pk}"
            context["panel_version"] = context["adminform"].form["lock_version"].value()
        return super().render_change_form(request, context, obj=obj, **kwargs)

    # Review

    def response_add(self, request, obj, post_url_continue=None):
        """Submit a new draft where that was asked."""
        self._submit_if_asked(request, obj)
        return self._saved(super().response_add(request, obj, post_url_continue), "add")

    def response_change(self, request, obj):
        """Submit a changed draft where that was asked."""
        self._submit_if_asked(request, obj)
        open_forms.leave(draft=obj, user=request.user)
        return self._saved(super().response_change(request, obj), str(obj.pk))

    def _saved(self, response: HttpResponse, row: str) -> HttpResponse:
        """Tell the script that keeps typed text that the server has it now."""
        path_of_admin = reverse("admin:index")
        response.set_cookie(
            SAVED_COOKIE,
            f"{self.opts.model_name}-{row}",
            max_age=SAVED_SECONDS,
            path=path_of_admin,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
        return response

    @staticmethod
    def _submit_if_asked(request, obj: Draft) -> None:
        if "_submit_for_review" in request.POST:
            tell_submissions(request, reviews.submit_all(candidates=[obj], user=request.user))

    def get_urls(self):
        """Add the address of the review buttons."""
        return [
            path(
                "<int:pk>/review/",
                self.admin_site.admin_view(self.review_view),
                name=f"speeches_{self.opts.model_name}_review",
            ),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def review_view(self, request, pk: int):
        """Take one step of the review, as its service allows."""
        draft = self.visible_draft(request, pk)
        action = request.POST.get("action", "")
        opinion = request.POST.get("opinion", "")
        version = request.POST.get("lock_version", "")
        try:
            if action not in Action.values or not _VERSION.fullmatch(version):
                raise TransitionRefused(gettext("The page is out of date: open it again."))
            with transaction.atomic():
                take_step(
                    draft=draft,
                    action=Action(action),
                    user=request.user,
                    opinion=opinion,
                    expected_version=int(version),
                )
        except TransitionRefused as error:
            messages.error(request, str(error))
            request.session[self._opinion_key(draft)] = opinion
        else:
            text = gettext("“%(title)s”: %(action)s done; now at “%(stage)s”.") % {
                "title": draft,
                "action": Action(action).label,
                "stage": draft.get_stage_display(),
            }
            messages.success(request, text)
        return HttpResponseRedirect(change_url(draft))

    def visible_draft(self, request, pk: int) -> Draft:
        """Return the draft, or raise PermissionDenied where the user may not open it."""
        draft = self.get_object(request, str(pk))
        if draft is None or not self.has_view_or_change_permission(request, draft):
            raise PermissionDenied
        return draft

    def _opinion_key(self, draft: Draft) -> str:
        return f"opinion-{self.opts.model_name}-{draft.pk}"
