"""The office's term list in the admin, taken in and handed out as a workbook."""

import base64
import binascii

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.admin.history import HistoryAdmin
from speeches import spreadsheets
from speeches.admin.display import badge
from speeches.enums import FindingSeverity
from speeches.exceptions import SpreadsheetRefused
from speeches.models import Term
from speeches.services import terms

SHOWN = 200
"""Rows of a kind that the dry run lists."""


class TermFileForm(forms.Form):
    """A workbook: chosen for the dry run, and carried along for its confirmation."""

    file = forms.FileField(label=_("Excel workbook (.xlsx)"), required=False)
    carried = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        """Return the bytes as ``data``."""
        cleaned = super().clean()
        upload, carried = cleaned.get("file"), cleaned.get("carried")
        if upload:
            cleaned["data"] = upload.read(spreadsheets.MAX_BYTES + 1)
        elif carried:
            try:
                cleaned["data"] = base64.b64decode(carried, validate=True)
            except binascii.Error as error:
                raise forms.ValidationError(_("Choose the file again.")) from error
        elif not self.errors:
            raise forms.ValidationError(_("Choose a file first."))
        return cleaned


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

    def has_import_permission(self, request) -> bool:
        """Whether the user may take in a workbook."""
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request, extra_context=None):
        """Offer the workbook."""
        context = {"may_import": self.has_import_permission(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_urls(self):
        """Add the addresses of the workbook, out and in."""
        return [
            path(
                "export/", self.admin_site.admin_view(self.export_view), name="speeches_term_export"
            ),
            path(
                "import/", self.admin_site.admin_view(self.import_view), name="speeches_term_import"
            ),
            *super().get_urls(),
        ]

    def export_view(self, request) -> HttpResponse:
        """Hand out the whole list."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        name = f"{self.opts.verbose_name_plural}{timezone.localdate():%Y%m%d}.xlsx"
        return HttpResponse(
            terms.export_terms(terms=Term.objects.all()),
            content_type=spreadsheets.MEDIA_TYPE,
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )

    def import_view(self, request) -> HttpResponse:
        """Show what a workbook would change, and take it in once that is confirmed."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = TermFileForm(request.POST, request.FILES) if is_sent else TermFileForm()
        result = None
        if is_sent and form.is_valid():
            try:
                result = self._read(request, form.cleaned_data["data"])
            except SpreadsheetRefused as refusal:
                form.add_error("file", str(refusal))
            else:
                if result is None:
                    return HttpResponseRedirect(reverse("admin:speeches_term_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Take in a workbook"),
            "opts": self.opts,
            "form": form,
            "media": self.media,
            "result": result,
            "shown": SHOWN,
            "carried": result and base64.b64encode(form.cleaned_data["data"]).decode(),
            "headings": [column.heading for column in terms.columns()],
        }
        return TemplateResponse(request, "admin/term_import.html", context)

    @staticmethod
    def _read(request, data: bytes) -> terms.TermImport | None:
        """Return what the workbook would do; None where it was done."""
        if "_confirm" not in request.POST:
            return terms.read_terms(data=data)
        result = terms.import_terms(data=data, user=request.user)
        if result.faulty:
            return result
        text = gettext("%(created)d terms were added, %(updated)d changed, %(same)d stay.") % {
            "created": len(result.created),
            "updated": len(result.updated),
            "same": result.unchanged,
        }
        messages.success(request, text)
        return None
