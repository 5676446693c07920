"""The page on which staff compare a file with the meeting it repeats, and decide."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from speeches.admin.difference_rows import Row, counts_of, decision_of
from speeches.admin.display import change_url
from speeches.enums import BatchState, RevisionChoice
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, Meeting, Reimport, Speech
from speeches.services import decisions, name_queue, reimport, repeats
from speeches.services.comparing import compare
from speeches.services.decisions import is_pending
from speeches.services.revisions import Revision, Status

PAGE_SIZE = 10
"""Speeches to decide on on one page."""

COMPARING = ("speeches.change_importbatch", "speeches.add_meeting", "speeches.add_speech")
"""What the page needs: it shows and changes drafts."""

AT_ONCE = {"all-take": RevisionChoice.TAKE, "all-keep": RevisionChoice.KEEP, "all-default": None}
"""The buttons that decide on every speech."""


class MeetingChoiceForm(forms.Form):
    """Which meeting a file repeats; empty for none."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=_("repeats the meeting"),
        required=False,
        empty_label=_("none: it is a meeting of its own"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = Meeting.objects.visible_to(user).order_by("-pk")


def differences_url(batch: ImportBatch) -> str:
    """Return the address of the page for ``batch``."""
    return reverse("admin:speeches_importbatch_differences", args=[batch.pk])


class DifferencePages:
    """The pages of a repeated meeting, for the ModelAdmin of batches."""

    def get_urls(self):
        """Add the page and the form that says which meeting it is."""
        forms_of_page = {
            "differences": self.differences_view,
            "repeats": self.repeats_view,
        }
        return [
            path(
                f"<int:pk>/{address}/",
                self.admin_site.admin_view(view),
                name=f"speeches_importbatch_{address}",
            )
            for address, view in forms_of_page.items()
        ] + super().get_urls()

    def _batch_to_compare(self, request: HttpRequest, pk: int) -> ImportBatch:
        batch = self.get_object(request, str(pk))
        if batch is None or not request.user.has_perms(COMPARING):
            raise PermissionDenied
        return batch

    def differences_view(self, request: HttpRequest, pk: int):
        """Show what differs; a POST stores what was decided, and does it where that was asked."""
        batch = self._batch_to_compare(request, pk)
        meeting = repeats.repeated_meeting(batch)
        if meeting is None:
            messages.info(request, gettext("This file repeats no meeting that is there."))
            return HttpResponseRedirect(change_url(batch))
        if request.method == "POST":
            try:
                return self._decided(request, batch, meeting)
            except (ImportRefused, ValidationError) as error:
                _tell_reasons(request, error)
                return HttpResponseRedirect(_same_page(request, batch))
        return self._differences(request, batch, meeting)

    def _decided(self, request, batch: ImportBatch, meeting: Meeting) -> HttpResponseRedirect:
        rows = compare(batch=batch, meeting=meeting, user=request.user)
        stored = repeats.decide(batch=batch, meeting=meeting, user=request.user)
        at_once = next((name for name in AT_ONCE if name in request.POST), None)
        if at_once is not None:
            decisions.decide_all(reimport=stored, revisions=rows, choice=AT_ONCE[at_once])
            return HttpResponseRedirect(_same_page(request, batch))
        sent = [decision_of(row, request.POST) for row in rows]
        decisions.store_decisions(reimport=stored, decisions=[each for each in sent if each])
        if "pair" in request.POST:
            _pair(request, stored, rows)
            return HttpResponseRedirect(_same_page(request, batch))
        if "apply" not in request.POST:
            messages.success(request, gettext("Your decisions were saved; nothing is done yet."))
            return HttpResponseRedirect(_next_page(request, batch))
        result = reimport.apply(batch=batch, meeting=meeting, user=request.user)
        _tell_result(request, result)
        return HttpResponseRedirect(differences_url(batch))

    def _differences(self, request, batch: ImportBatch, meeting: Meeting) -> TemplateResponse:
        is_open = batch.state == BatchState.OPEN
        rows = compare(batch=batch, meeting=meeting, user=request.user) if is_open else []
        pending = [row for row in rows if is_pending(row)]
        shown = [row for row in pending if _is_shown(row)]
        page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Compare with what is here"),
            "subtitle": batch.filename,
            "batch": batch,
            "meeting": meeting,
            "meeting_url": change_url(meeting),
            "workbench_url": change_url(batch),
            "is_open": is_open,
            "open_names": name_queue.count_open(batch) if is_open else 0,
            "counts": counts_of(pending),
            "rows": _rows_of(page.object_list, pending),
            "page": page,
            "unchanged": [row for row in pending if row.status is Status.UNCHANGED],
            "done": [row for row in rows if not is_pending(row)],
            "outcome": _outcome(batch),
            "choice_form": MeetingChoiceForm(initial={"meeting": meeting}, user=request.user),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/import_differences.html", context)

    @method_decorator(require_POST)
    def repeats_view(self, request: HttpRequest, pk: int):
        """Store which meeting the file repeats, or that it repeats none."""
        batch = self._batch_to_compare(request, pk)
        form = MeetingChoiceForm(request.POST, user=request.user)
        if not form.is_valid():
            messages.error(request, gettext("Choose one of the meetings."))
            return HttpResponseRedirect(change_url(batch))
        meeting = form.cleaned_data["meeting"]
        try:
            repeats.decide(batch=batch, meeting=meeting, user=request.user)
        except (ImportRefused, ValidationError) as error:
            _tell_reasons(request, error)
            return HttpResponseRedirect(change_url(batch))
        return HttpResponseRedirect(differences_url(batch) if meeting else change_url(batch))


def _is_shown(row: Revision) -> bool:
    hidden_missing = row.status is Status.MISSING and row.is_hidden
    return row.status is not Status.UNCHANGED and not hidden_missing


def _rows_of(shown: Sequence[Revision], pending: Sequence[Revision]) -> list[Row]:
    missing = [
        row.speech
        for row in pending
        if row.status is Status.MISSING and row.speech and not row.is_hidden
    ]
    return [Row(row, missing if row.item and not row.is_hidden else []) for row in shown]


def _pair(request, stored: Reimport, rows: Sequence[Revision]) -> None:
    key = request.POST["pair"]
    item = next((row.item for row in rows if row.item and row.key == key), None)
    chosen = request.POST.get(f"speech-{key}", "")
    known = {str(row.speech.pk): row.speech for row in rows if row.speech and not row.is_hidden}
    if item is None or (chosen and chosen not in known):
        raise ImportRefused(gettext("The page is out of date: open it again."))
    decisions.pair(reimport=stored, item=item, speech=known.get(chosen))


def _outcome(batch: ImportBatch) -> dict:
    """Return what was done so far, with the drafts in place of their numbers: one query."""
    decided = Reimport.objects.filter(batch=batch).first()
    outcome = decided.outcome if decided else {}
    numbers = {pk for name in ("created", "updated") for pk in outcome.get(name, [])}
    drafts = Speech.objects.in_bulk(numbers)
    return {
        "created": [(each, change_url(each)) for each in _named(drafts, outcome, "created")],
        "updated": [(each, change_url(each)) for each in _named(drafts, outcome, "updated")],
        "kept": len(outcome.get("kept", [])),
        "unchanged": len(outcome.get("unchanged", [])),
        "todo": [
            {**each, "url": reverse("admin:speeches_speech_change", args=[each["speech"]])}
            for each in outcome.get("todo", [])
        ],
    }


def _named(drafts: dict[int, Speech], outcome: dict, name: str) -> list[Speech]:
    return [drafts[pk] for pk in outcome.get(name, []) if pk in drafts]


def _same_page(request, batch: ImportBatch) -> str:
    number = request.GET.get("p", "")
    return f"{differences_url(batch)}?p={number}" if number.isdecimal() else differences_url(batch)


def _next_page(request, batch: ImportBatch) -> str:
    number = request.GET.get("p", "1")
    following = int(number) + 1 if number.isdecimal() and len(number) < 6 else 1
    if "next" in request.POST:
        return f"{differences_url(batch)}?p={following}"
    return _same_page(request, batch)


def _tell_reasons(request, error: ImportRefused | ValidationError) -> None:
    reasons = error.messages if isinstance(error, ValidationError) else str(error).splitlines()
    for reason in reasons:
        messages.error(request, reason)


def _tell_result(request, result: reimport.Result) -> None:
    skipped = len(result.kept) + len(result.unchanged)
    counts = (
        (ngettext("%d draft created", "%d drafts created", len(result.created)), result.created),
        (ngettext("%d draft updated", "%d drafts updated", len(result.updated)), result.updated),
        (
            ngettext(
                "%d of them is public and needs its reviews again",
                "%d of them are public and need their reviews again",
                len(result.revised),
            ),
            result.revised,
        ),
        (
            ngettext(
                "%d piece of highlighted work drafted",
                "%d pieces of highlighted work drafted",
                len(result.work_items),
            ),
            result.work_items,
        ),
    )
    told = [text % len(rows) for text, rows in counts if rows]
    if skipped:
        told.append(ngettext("%d left as it is", "%d left as they are", skipped) % skipped)
    messages.success(request, "；".join(told) or gettext("There was nothing left to do."))
    for problem in result.problems:
        messages.warning(request, problem)
