"""Throwing drafts away, and the recycle bin."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import admin, messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.admin.display import stage_badge
from speeches.exceptions import TransitionRefused
from speeches.models import Draft
from speeches.services import assignments
from speeches.services import bin as recycling


class BinPages:
    """Deleting puts a draft into the bin, for the ModelAdmin of its kind."""

    delete_confirmation_template = "admin/bin_confirmation.html"

    def has_delete_permission(self, request, obj=None):
        """Offer what the service would do."""
        if obj is None:
            return self.has_bin_permission(request)
        return not recycling.refusal(draft=obj, user=request.user)

    def has_bin_permission(self, request) -> bool:
        """Whether the user may throw any draft away."""
        return any(
            request.user.has_perm(f"speeches.{name}") for name in ("submit_draft", "archive_draft")
        )

    def get_actions(self, request):
        """Leave out Django's own, which would ask for rights to related rows."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(
        permissions=["bin"], description=_("Put the selected drafts into the recycle bin")
    )
    def bin_selected(self, request, queryset):
        """Throw every chosen draft away, as far as that is allowed."""
        outcome = assignments.for_each(
            queryset, lambda draft: recycling.throw_away(draft=draft, user=request.user)
        )
        if outcome.done:
            messages.success(request, _told(len(outcome.done)))
        for problem in outcome.problems:
            messages.warning(request, problem)

    def delete_view(self, request, object_id, extra_context=None):
        """Ask, then throw away; a draft that moved meanwhile is told of."""
        if self.get_object(request, object_id) is None:
            raise Http404
        try:
            return super().delete_view(request, object_id, extra_context)
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(
                reverse(f"admin:speeches_{self.opts.model_name}_changelist")
            )

    def get_deleted_objects(self, objs, request):
        """Nothing is deleted with a draft that only goes into the bin."""
        return [str(obj) for obj in objs], {}, set(), []

    def log_deletions(self, request, queryset):
        """The history of the draft tells of it."""

    def delete_model(self, request, obj):
        """Put the draft into the bin."""
        recycling.throw_away(draft=obj, user=request.user)

    def response_delete(self, request, obj_display, obj_id):
        """Say where the draft is now."""
        messages.success(request, _told(1))
        return HttpResponseRedirect(reverse(f"admin:speeches_{self.opts.model_name}_changelist"))


def _told(count: int) -> str:
    text = ngettext(
        "%d draft lies in the recycle bin now, with what is inside it; it can be restored there.",
        "%d drafts lie in the recycle bin now, with what is inside them; they can be restored "
        "there.",
        count,
    )
    return text % count


@dataclass(frozen=True, slots=True)
class BinRow:
    """One draft in the bin, and what the user may do with it."""

    draft: Draft
    key: str
    kind: str
    stage: SafeString
    author: str
    who: str
    may_restore: bool
    may_delete: bool


def bin_page(request, site: admin.AdminSite) -> HttpResponse:
    """Show the recycle bin as far as the user may see it; restore and delete from it."""
    if request.method == "POST":
        _carry_out(request)
        return HttpResponseRedirect(reverse("admin:speeches_bin"))
    drafts = [
        draft for kind in recycling.KINDS for draft in recycling.thrown_away(kind, request.user)
    ]
    drafts.sort(key=lambda draft: draft.binned_at, reverse=True)
    context = {
        **site.each_context(request),
        "title": gettext("Recycle bin"),
        "rows": [_row(draft, request.user) for draft in drafts],
    }
    return TemplateResponse(request, "admin/bin.html", context)


def _row(draft: Draft, user) -> BinRow:
    return BinRow(
        draft=draft,
        key=f"{draft._meta.model_name}-{draft.pk}",
        kind=str(draft._meta.verbose_name),
        stage=stage_badge(draft),
        author=name_of(draft.author),
        who=name_of(draft.binned_by),
        may_restore=recycling.may_restore(draft=draft, user=user),
        may_delete=recycling.may_delete(draft=draft, user=user),
    )


def _carry_out(request) -> None:
    asked = "restore" if "restore" in request.POST else "delete"
    name, _dash, number = request.POST.get(asked, "").partition("-")
    kinds = {kind._meta.model_name: kind for kind in recycling.KINDS}
    rows = recycling.thrown_away(kinds[name], request.user) if name in kinds else None
    draft = rows.filter(pk=int(number)).first() if rows is not None and number.isdecimal() else None
    if draft is None:
        messages.error(request, gettext("The page is out of date: open it again."))
        return
    try:
        if asked == "restore":
            recycling.restore(draft=draft, user=request.user)
            text = gettext("“%(title)s” is back, at the stage “%(stage)s”.")
        else:
            recycling.delete(draft=draft, user=request.user)
            text = gettext("“%(title)s” was deleted for good.")
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, text % {"title": draft, "stage": draft.get_stage_display()})
