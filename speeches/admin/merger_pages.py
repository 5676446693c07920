"""Merging two bodies or two people: what would move, then doing it."""

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.enums import RecordKind
from organizations.models import Appointment
from speeches.exceptions import MergerRefused
from speeches.services import mergers


class MergerForm(forms.Form):
    """The record that stays."""

    into = forms.ModelChoiceField(None, label=_("Merge into"))

    def __init__(self, *args, kind: RecordKind, pk: int, site, **options) -> None:
        super().__init__(*args, **options)
        field = self.fields["into"]
        field.queryset = mergers.KINDS[kind].objects.exclude(pk=pk)
        field.widget = AutocompleteSelect(Appointment._meta.get_field(kind.value), site)
        field.widget.choices = field.choices


def merge_view(request, kind: str, pk: int, *, site) -> HttpResponse:
    """Ask which record stays, show what moves, and merge once that is confirmed."""
    if kind not in RecordKind.values:
        raise Http404
    kind = RecordKind(kind)
    if not mergers.may_merge(kind=kind, user=request.user):
        raise PermissionDenied
    record = get_object_or_404(mergers.KINDS[kind], pk=pk)
    is_confirmed = request.method == "POST"
    sent = request.POST if is_confirmed else request.GET if "into" in request.GET else None
    form = MergerForm(sent, kind=kind, pk=pk, site=site)
    into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
    if into is not None and is_confirmed:
        try:
            mergers.merge(record=record, into=into, user=request.user)
        except MergerRefused as refusal:
            form.add_error("into", str(refusal))
        else:
            text = gettext("“%(old)s” was merged into “%(new)s”.") % {"old": record, "new": into}
            messages.success(request, text)
            return HttpResponseRedirect(
                reverse(f"admin:organizations_{kind.value}_change", args=[into.pk])
            )
    context = {
        **site.each_context(request),
        "title": gettext("Merge"),
        "subtitle": str(record),
        "opts": record._meta,
        "record": record,
        "form": form,
        "media": form.media,
        "into": into,
        "moved": mergers.what_moves(record=record) if into else [],
        "kind": kind,
    }
    return TemplateResponse(request, "admin/merge.html", context)
