"""Records in the admin, taken in and handed out as workbooks."""

import base64
import binascii

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speeches import spreadsheets
from speeches.exceptions import SpreadsheetRefused
from speeches.services import workbooks
from speeches.services.record_workbooks import (
    AppointmentWorkbook,
    OrganizationWorkbook,
    SpeakerWorkbook,
)
from speeches.services.terms import TermWorkbook
from speeches.services.workbooks import Workbook, WorkbookImport

BOOKS = {
    book.model._meta.model_name: book
    for book in (TermWorkbook, OrganizationWorkbook, SpeakerWorkbook, AppointmentWorkbook)
}
"""The kinds that can be taken in and handed out, by the last part of their addresses."""
SHOWN = 200
"""Rows of a kind that the dry run lists."""


class WorkbookForm(forms.Form):
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


def export_view(request, kind: str, *, site) -> HttpResponse:
    """Hand out all records of a kind."""
    book = _book(kind)
    if not any(request.user.has_perm(book.permission(action)) for action in ("view", "change")):
        raise PermissionDenied
    name = f"{book.model._meta.verbose_name_plural}{timezone.localdate():%Y%m%d}.xlsx"
    return HttpResponse(
        workbooks.export(book=book),
        content_type=spreadsheets.MEDIA_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def import_view(request, kind: str, *, site) -> HttpResponse:
    """Show what a workbook would change, and take it in once that is confirmed."""
    book = _book(kind)
    if not workbooks.may_import(book=book, user=request.user):
        raise PermissionDenied
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    opts = book.model._meta
    result = None
    if form.is_bound and form.is_valid():
        try:
            result = _read(request, book, form.cleaned_data["data"])
        except SpreadsheetRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            if result is None:
                return HttpResponseRedirect(
                    reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
                )
    columns = book.columns()
    context = {
        **site.each_context(request),
        "title": gettext("Take in a workbook"),
        "opts": opts,
        "changelist": f"admin:{opts.app_label}_{opts.model_name}_changelist",
        "form": form,
        "result": result,
        "shown": SHOWN,
        "carried": result and base64.b64encode(form.cleaned_data["data"]).decode(),
        "headings": [column.heading for column in columns],
        "known_by": [column.heading for column in columns if column.name in book.key_columns],
    }
    return TemplateResponse(request, "admin/workbook_import.html", context)


def _book(kind: str) -> Workbook:
    if kind not in BOOKS:
        raise Http404
    return BOOKS[kind]()


def _read(request, book: Workbook, data: bytes) -> WorkbookImport | None:
    """Return what the workbook would do; None where it was done."""
    if "_confirm" not in request.POST:
        return workbooks.read(book=book, data=data, user=request.user)
    result = workbooks.take_in(book=book, data=data, user=request.user)
    if result.faulty:
        return result
    text = gettext("%(created)d rows were added, %(updated)d changed, %(same)d stay.") % {
        "created": len(result.created),
        "updated": len(result.updated),
        "same": result.unchanged,
    }
    messages.success(request, text)
    return None
