"""The page on which a draft is reviewed, for the ModelAdmin of its kind."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext

from speeches.admin import reading
from speeches.admin.display import change_url
from speeches.admin.reviewing import panel_for
from speeches.exceptions import TransitionRefused
from speeches.models import Draft, ReviewComment
from speeches.services import comments


class ReadingPages:
    """Reading a draft beside its source and what was said of it."""

    def get_urls(self):
        """Add the address of the page."""
        name = f"speeches_{self.opts.model_name}_reading"
        view = self.admin_site.admin_view(self.reading_view)
        return [path("<int:pk>/reading/", view, name=name), *super().get_urls()]

    def reading_view(self, request, pk: int):
        """Show the page; store a comment, an answer, or that a comment is resolved."""
        draft = self.visible_draft(request, pk)
        if request.method == "POST":
            anchor = self._said(request, draft)
            here = reverse(f"admin:speeches_{self.opts.model_name}_reading", args=[pk])
            return HttpResponseRedirect(f"{here}#{anchor}")
        threads = reading.threads_of(draft)
        paragraphs, whole = reading.paragraphs_of(draft, threads)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Review page"),
            "subtitle": str(draft),
            "draft": draft,
            "original": draft,
            "draft_url": change_url(draft),
            "text": reading.text_of(draft),
            "source": reading.source_of(draft),
            "paragraphs": paragraphs,
            "whole": whole,
            "open_comments": sum(thread.comment.resolved_at is None for thread in threads),
            "since_review": reading.since_review(draft),
            "since_publication": reading.since_publication(draft),
            "panel": panel_for(draft, request.user),
            "panel_version": draft.lock_version,
            "edition_list": f"admin:speeches_{draft.editions.model._meta.model_name}_changelist",
            "edition_query": f"{draft.editions.model.DRAFT_FIELD}__id__exact={draft.pk}",
            "opinion": request.session.pop(self._opinion_key(draft), ""),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/draft_reading.html", context)

    @staticmethod
    def _said(request, draft: Draft) -> str:
        asked, _dash, number = request.POST.get("do", "").partition("-")
        text, user = request.POST.get("text", ""), request.user
        anchor = request.POST.get("anchor", "")
        try:
            if asked == "comment":
                comments.comment(draft=draft, text=text, user=user, anchor=anchor)
                return f"row-{anchor}"
            rows = ReviewComment.objects.about(draft).filter(answers_to__isnull=True)
            row = rows.filter(pk=int(number) if number.isdecimal() else 0).first()
            if row is None:
                raise TransitionRefused(gettext("The page is out of date: open it again."))
            if asked == "answer":
                comments.answer(to=row, text=text, user=user)
            elif asked in {"resolve", "reopen"}:
                comments.resolve(comment=row, user=user, is_resolved=asked == "resolve")
        except TransitionRefused as error:
            messages.error(request, str(error))
            return ""
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
            return ""
        return f"comment-{row.pk}"
