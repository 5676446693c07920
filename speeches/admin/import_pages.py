"""The workbench of one file: the source beside what was read, corrected and accepted there."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from speeches.admin import workbench
from speeches.admin.display import change_url
from speeches.admin.import_base import REFUSALS, BatchPages, tell_refusal, version_of
from speeches.admin.import_differences import differences_url
from speeches.admin.import_forms import BatchForm, ItemForm
from speeches.admin.workbench import PAGE_SIZE, Atlas, Hint
from speeches.enums import BatchState, ItemState
from speeches.models import ImportBatch, ImportedSpeech
from speeches.services import acceptance, corrections, import_pictures, repeats


@dataclass(frozen=True, slots=True)
class Row:
    """One speech of the workbench."""

    item: ImportedSpeech
    source: list[workbench.SourcePart]
    blocks: list[workbench.BlockRow]
    hints: list[Hint]

    @property
    def confidence(self) -> int:
        """How sure the reader was, in per cent."""
        return round(self.item.confidence * 100)

    @property
    def is_pending(self) -> bool:
        """Whether staff can still change it."""
        return self.item.state == ItemState.PENDING

    @property
    def can_be_taken_back(self) -> bool:
        """Whether it was left out and can become a draft after all."""
        return self.item.state == ItemState.SKIPPED


class WorkbenchPages(BatchPages):
    """The pages where texts are compared, corrected and accepted."""

    def get_urls(self):
        """Add the addresses of the workbench's forms."""
        pages = {
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
            for address, view in pages.items()
        ] + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the file beside what was read from it, or how far reading is."""
        batch = self.get_object(request, object_id)
        if batch is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, batch):
            raise PermissionDenied
        if batch.state in {BatchState.READING, BatchState.FAILED}:
            return self.progress_page(request, batch)
        context = self.batch_context(request, batch, "text")
        page = Paginator(
            batch.items.select_related("speech").prefetch_related("names"), PAGE_SIZE
        ).get_page(request.GET.get("p"))
        atlas = Atlas.of(batch)
        hints = _hints(batch, atlas)
        meeting_form = BatchForm(
            initial={"title": batch.meeting_title, "held_on": batch.meeting_date}
        )
        context |= {
            "rows": [_row(batch, item, atlas, hints, page.number) for item in page.object_list],
            "page": page,
            "hints": hints,
            "aside": workbench.aside_rows(batch),
            "loose": import_pictures.loose(batch),
            "undecided": import_pictures.all_undecided(batch),
            "repeated": repeats.repeated_meeting(batch),
            "meeting_form": None if batch.meeting_id else meeting_form,
            "meeting_url": change_url(batch.meeting) if batch.meeting_id else "",
            "media": context["media"] + meeting_form.media,
        }
        return TemplateResponse(request, "admin/imports/workbench.html", context)

    @method_decorator(require_POST)
    def meeting_view(self, request, pk: int):
        """Store title and date of the meeting."""
        batch = self.drafted_batch(request, pk)
        form = BatchForm(request.POST)
        if not form.is_valid():
            for name, errors in form.errors.items():
                messages.error(request, f"{form.fields[name].label}：{' '.join(errors)}")
            return self.back_to(batch)
        self.carry_out(
            request,
            lambda: corrections.correct_meeting(
                batch=batch, user=request.user, version=version_of(request), **form.cleaned_data
            ),
            gettext("The meeting was saved."),
        )
        return self.back_to(batch)

    def item_view(self, request, pk: int, item_pk: int):
        """Correct the fields of one speech beside its source."""
        batch = self.drafted_batch(request, pk)
        item = batch.items.prefetch_related("names").filter(pk=item_pk).first()
        if item is None or item.state != ItemState.PENDING:
            messages.error(request, gettext("This speech was already decided on."))
            return self.back_to(batch)
        form = ItemForm.for_item(item, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                corrections.correct_item(
                    item=item, user=request.user, version=version_of(request), **form.correction()
                )
            except REFUSALS as error:
                tell_refusal(request, error)
            else:
                told = gettext("Speech %(number)s was saved.") % {"number": item.position}
                messages.success(request, told)
                return self.back_to(batch, _address_of(batch, item))
        batch.refresh_from_db(fields=["version"])
        context = self.batch_context(request, batch, "text") | {
            "item": item,
            "form": form,
            "back": _address_of(batch, item),
            "source": batch.source_text[item.source_start : item.source_end],
        }
        return TemplateResponse(request, "admin/imports/speech.html", context)

    @method_decorator(require_POST)
    def accept_view(self, request, pk: int):
        """Make drafts of all speeches, or of the ticked ones."""
        batch = self.drafted_batch(request, pk)
        if repeats.repeated_meeting(batch) is not None:
            return HttpResponseRedirect(differences_url(batch))
        chosen = None
        if "all" not in request.POST:
            keys = set(request.POST.getlist("item"))
            chosen = [item for item in batch.items.defer("blocks") if str(item.pk) in keys]
            if not chosen:
                messages.warning(request, gettext("Tick at least one speech."))
                return self.back_to(batch)
        try:
            result = acceptance.accept(
                batch=batch, user=request.user, items=chosen, version=version_of(request)
            )
        except REFUSALS as error:
            tell_refusal(request, error)
            return self.back_to(batch)
        _tell_acceptance(request, result)
        batch.refresh_from_db()
        done = batch.state != BatchState.OPEN
        return self.back_to(batch, change_url(result.meeting) if done else "")

    @method_decorator(require_POST)
    def discard_view(self, request, pk: int):
        """Put the file aside."""
        batch = self.drafted_batch(request, pk)
        self.carry_out(
            request,
            lambda: corrections.discard(
                batch=batch, user=request.user, version=version_of(request)
            ),
            gettext("The file was put aside; no draft was made of what was pending."),
        )
        return self.back_to(batch)


def _row(
    batch: ImportBatch, item: ImportedSpeech, atlas: Atlas, hints: list[Hint], page: int
) -> Row:
    return Row(
        item=item,
        source=workbench.source_parts(batch, item, atlas, page),
        blocks=workbench.block_rows(batch, item),
        hints=[hint for hint in hints if item.number and hint.speech == item.number],
    )


def _hints(batch: ImportBatch, atlas: Atlas) -> list[Hint]:
    rows = list(
        batch.items.order_by("position").values_list("number", "pk", "source_start", "source_end")
    )
    places = {
        number: (pk, place // PAGE_SIZE + 1) for place, (number, pk, *_rest) in enumerate(rows)
    }
    extents = {number: (start, end) for number, _pk, start, end in rows}
    return workbench.hints_of(batch.warnings, atlas, places, extents)


def _address_of(batch: ImportBatch, item: ImportedSpeech) -> str:
    page = (item.position - 1) // PAGE_SIZE + 1
    return f"{change_url(batch)}?p={page}#speech-{item.pk}"


def _tell_acceptance(request, result: acceptance.Acceptance) -> None:
    counts: tuple[tuple[str, list[Any]], ...] = (
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
