"""The pages of the import workbench: a file beside what was read, corrected and accepted there."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from organizations.colleagues import name_of
from speeches.admin import workbench
from speeches.admin.display import change_url
from speeches.admin.import_differences import differences_url
from speeches.admin.import_forms import BatchForm, ItemForm, NameForm
from speeches.enums import BatchState, ItemState
from speeches.exceptions import ImportRefused
from speeches.models import ImportBatch, ImportedSpeech
from speeches.services import acceptance, imports, repeats

PAGE_SIZE = 20
"""Speeches on one page of the workbench."""

DRAFTING = ("speeches.change_importbatch", "speeches.add_meeting", "speeches.add_speech")
"""What accepting needs: it creates drafts."""


@dataclass(slots=True)
class Row:
    """One speech of the workbench."""

    item: ImportedSpeech
    source: list[workbench.SourceRun]
    text: list[list[workbench.TextRun]]
    warnings: list[dict[str, Any]]
    form: ItemForm | None = None
    names: list[NameForm] = field(default_factory=list)

    @property
    def is_bound(self) -> bool:
        """Whether the form shows what was typed and refused."""
        return self.form is not None and self.form.is_bound

    @property
    def confidence(self) -> int:
        """How sure the reader was, in per cent."""
        return round(self.item.confidence * 100)


class WorkbenchPages:
    """The pages of one batch, for the ModelAdmin of batches."""

    def get_urls(self):
        """Add the addresses of the workbench's forms."""
        forms = {
            "meeting": self.meeting_view,
            "items/<int:item_pk>": self.item_view,
            "accept": self.accept_view,
            "discard": self.discard_view,
        }
        return [
            path(
                f"<int:pk>/{address}/",
                self.admin_site.admin_view(view),
                name=f"speeches_importbatch_{address.partition('/')[0]}",
            )
            for address, view in forms.items()
        ] + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the file beside what was read from it."""
        batch = self.get_object(request, object_id)
        if batch is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, batch):
            raise PermissionDenied
        return self._workbench(request, batch)

    def _workbench(self, request, batch: ImportBatch, bound: ItemForm | None = None, names=()):
        is_open = batch.state == BatchState.OPEN and request.user.has_perms(DRAFTING)
        page = Paginator(
            batch.items.select_related("speech").prefetch_related("names"), PAGE_SIZE
        ).get_page(request.GET.get("p"))
        rows = _rows(batch, page.object_list, with_forms=is_open)
        for row in rows:
            if bound is not None and row.form and row.form.prefix == bound.prefix:
                row.form, row.names = bound, list(names) or row.names
        meeting_form = BatchForm(
            initial={"title": batch.meeting_title, "held_on": batch.meeting_date}
        )
        media = self.media + meeting_form.media
        for name in (name for row in rows for name in row.names[:1]):
            media += name.media
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Import workbench"),
            "subtitle": batch.filename,
            "batch": batch,
            "uploader": name_of(batch.created_by),
            "state_badge": self.state_badge(batch),
            "meeting_form": None if batch.meeting_id else meeting_form,
            "meeting_url": change_url(batch.meeting) if batch.meeting_id else "",
            "repeated": repeats.repeated_meeting(batch),
            "is_open": is_open,
            "rows": rows,
            "page": page,
            "pending": batch.items.filter(state=ItemState.PENDING).count(),
            "warnings": [(warning, _page_of(warning)) for warning in batch.warnings],
            "media": media,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/import_workbench.html", context)

    def _open_batch(self, request, pk: int) -> ImportBatch:
        batch = self.get_object(request, str(pk))
        if batch is None or not request.user.has_perms(DRAFTING):
            raise PermissionDenied
        return batch

    @method_decorator(require_POST)
    def meeting_view(self, request, pk: int):
        """Store title and date of the meeting."""
        batch = self._open_batch(request, pk)
        form = BatchForm(request.POST)
        if not form.is_valid():
            for name, errors in form.errors.items():
                messages.error(request, f"{form.fields[name].label}：{' '.join(errors)}")
        else:
            self._told(
                request,
                lambda: imports.correct_meeting(batch=batch, **form.cleaned_data),
                gettext("The meeting was saved."),
            )
        return HttpResponseRedirect(change_url(batch))

    @method_decorator(require_POST)
    def item_view(self, request, pk: int, item_pk: int):
        """Store the corrections of one speech and the decisions on its names."""
        batch = self._open_batch(request, pk)
        item = batch.items.prefetch_related("names").filter(pk=item_pk).first()
        if item is None or item.state != ItemState.PENDING:
            messages.error(request, gettext("This speech was already decided on."))
            return HttpResponseRedirect(change_url(batch))
        form = ItemForm.for_item(item, request.POST)
        names = _name_forms(item, workbench.candidates_for(item.names.all()), request.POST)
        if form.is_valid() and all(name.is_valid() for name in names):
            try:
                _store(item, form, names)
            except (ImportRefused, ValidationError) as error:
                form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            else:
                text = gettext("Speech %(number)s was saved.") % {"number": item.position}
                messages.success(request, text)
                return HttpResponseRedirect(_address_of(batch, item))
        return self._workbench(request, batch, form, names)

    @method_decorator(require_POST)
    def accept_view(self, request, pk: int):
        """Make drafts of all speeches, or of the ticked ones."""
        batch = self._open_batch(request, pk)
        if repeats.repeated_meeting(batch) is not None:
            return HttpResponseRedirect(differences_url(batch))
        chosen = None
        if "all" not in request.POST:
            keys = set(request.POST.getlist("item"))
            chosen = [item for item in batch.items.all() if str(item.pk) in keys]
            if not chosen:
                messages.warning(request, gettext("Tick at least one speech."))
                return HttpResponseRedirect(change_url(batch))
        try:
            result = acceptance.accept(batch=batch, user=request.user, items=chosen)
        except (ImportRefused, ValidationError) as error:
            _tell_reasons(request, error)
            return HttpResponseRedirect(change_url(batch))
        _tell_acceptance(request, result)
        batch.refresh_from_db()
        done = batch.state != BatchState.OPEN
        return HttpResponseRedirect(change_url(result.meeting if done else batch))

    @method_decorator(require_POST)
    def discard_view(self, request, pk: int):
        """Put the file aside."""
        batch = self._open_batch(request, pk)
        self._told(
            request,
            lambda: imports.discard(batch=batch),
            gettext("The file was put aside; no draft was made of what was pending."),
        )
        return HttpResponseRedirect(change_url(batch))

    @staticmethod
    def _told(request, write, success: str) -> None:
        try:
            write()
        except (ImportRefused, ValidationError) as error:
            _tell_reasons(request, error)
        else:
            messages.success(request, success)


@transaction.atomic
def _store(item: ImportedSpeech, form: ItemForm, names: list[NameForm]) -> None:
    imports.correct_item(item=item, **form.correction())
    kept = {name.pk: name for name in item.names.all().order_by("position")}
    for name_form in names:
        name = kept.get(name_form.name.pk)
        if name is not None and name_form.has_changed():
            imports.decide_name(name=name, **name_form.decision())


def _rows(batch: ImportBatch, items, *, with_forms: bool) -> list[Row]:
    items = list(items)
    by_speech = defaultdict(list)
    for warning in batch.warnings:
        by_speech[warning["speech"]].append(warning)
    candidates = workbench.candidates_for(name for item in items for name in item.names.all())
    rows = []
    for item in items:
        row = Row(
            item=item,
            source=workbench.source_runs(batch, item),
            text=workbench.text_runs(item),
            warnings=by_speech[item.position],
        )
        if with_forms and item.state == ItemState.PENDING:
            row.form = ItemForm.for_item(item)
            row.names = _name_forms(item, candidates)
        rows.append(row)
    return rows


def _name_forms(item: ImportedSpeech, candidates, data=None) -> list[NameForm]:
    return [
        NameForm(data, name=name, candidates=candidates[name.printed]) for name in item.names.all()
    ]


def _page_of(warning: dict[str, Any]) -> int:
    return ((warning["speech"] or 1) - 1) // PAGE_SIZE + 1


def _address_of(batch: ImportBatch, item: ImportedSpeech) -> str:
    page = (item.position - 1) // PAGE_SIZE + 1
    return f"{change_url(batch)}?p={page}#speech-{item.position}"


def _tell_reasons(request, error: ImportRefused | ValidationError) -> None:
    reasons = error.messages if isinstance(error, ValidationError) else str(error).splitlines()
    for reason in reasons:
        messages.error(request, reason)


def _tell_acceptance(request, result: acceptance.Acceptance) -> None:
    counts = (
        (ngettext("%d draft created", "%d drafts created", len(result.created)), result.created),
        (ngettext("%d draft updated", "%d drafts updated", len(result.updated)), result.updated),
        (ngettext("%d left out", "%d left out", len(result.skipped)), result.skipped),
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
    messages.success(request, "；".join(told) or gettext("There was nothing left to accept."))
