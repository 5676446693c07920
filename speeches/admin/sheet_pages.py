"""The review sheet of a draft, to print or as PDF, for the ModelAdmin of its kind."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from speeches.admin.board_pages import pieces_of
from speeches.admin.display import change_url
from speeches.exceptions import ExportRefused
from speeches.exporting.review_sheet import ReviewSheet, render
from speeches.models import Draft, Meeting
from speeches.services.review_sheets import sheet_of


class SheetPages:
    """The sheet as a page and as a file."""

    def get_urls(self):
        """Add the addresses of both."""
        name = f"speeches_{self.opts.model_name}_sheet"
        return [
            path("<int:pk>/sheet/", self.admin_site.admin_view(self.sheet_view), name=name),
            path(
                "<int:pk>/sheet.pdf",
                self.admin_site.admin_view(self.sheet_file_view),
                name=f"{name}_file",
            ),
            *super().get_urls(),
        ]

    def sheet_view(self, request, pk: int):
        """Show the sheet."""
        draft = self.visible_draft(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Review sheet"),
            "subtitle": str(draft),
            "draft": draft,
            "draft_url": change_url(draft),
            "sheet": _sheet(draft, request.user),
            "file_url": reverse(f"admin:speeches_{self.opts.model_name}_sheet_file", args=[pk]),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/review_sheet.html", context)

    def sheet_file_view(self, request, pk: int):
        """Hand over the sheet as PDF."""
        draft = self.visible_draft(request, pk)
        try:
            content = render(_sheet(draft, request.user))
        except ExportRefused as refusal:
            messages.error(request, str(refusal))
            back = reverse(f"admin:speeches_{self.opts.model_name}_sheet", args=[pk])
            return HttpResponseRedirect(back)
        name = f"{draft} {gettext('Review sheet')}.pdf"
        headers = {"Content-Disposition": content_disposition_header(True, name)}
        return HttpResponse(content, content_type="application/pdf", headers=headers)


def _sheet(draft: Draft, user) -> ReviewSheet:
    parts = pieces_of(draft, user) if isinstance(draft, Meeting) else [draft]
    return sheet_of(draft, parts)
