"""While a file is read: how far it is, and why it could not be read."""

from dataclasses import dataclass

from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from speeches.admin.display import change_url
from speeches.admin.import_base import BatchPages
from speeches.enums import BatchState
from speeches.models import ImportBatch
from speeches.parsing.progress import Stage
from speeches.services import import_reading

LABELS = {
    Stage.READING: _("Read the file"),
    Stage.SEGMENTS: _("Find the speeches"),
    Stage.ORDER: _("Restore the reading order"),
    Stage.FIGURES: _("Recognise figures"),
    Stage.NAMES: _("Match people and bodies"),
}
SHARES = {
    Stage.READING: 5,
    Stage.SEGMENTS: 20,
    Stage.ORDER: 20,
    Stage.FIGURES: 15,
    Stage.NAMES: 40,
}
"""Per cent of the whole time: about the mean of two files of 600 speeches as measured, a Word
digest in order (2 per cent for its order) and a text half of which is torn (44 per cent)."""


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage on the page: ``done``, ``doing`` or ``ahead``, with ``detail`` such as 12 / 60."""

    name: str
    label: str
    state: str
    detail: str


class ProgressPages(BatchPages):
    """The page that waits for a file, and what its script asks."""

    def get_urls(self):
        """Add the addresses of the progress and of reading again."""
        pages = {"progress": self.progress_view, "reread": self.reread_view}
        return [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"speeches_importbatch_{name}",
            )
            for name, view in pages.items()
        ] + super().get_urls()

    def progress_page(self, request, batch: ImportBatch):
        """Show how far reading is, or why it failed."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Read the file"),
            "subtitle": batch.filename,
            "batch": batch,
            "stages": _stages(batch),
            "percent": _percent(batch),
            "is_reading": batch.state == BatchState.READING,
            "may_read_again": self.has_change_permission(request, batch)
            and (batch.state == BatchState.FAILED or import_reading.has_stalled(batch)),
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/imports/progress.html", context)

    def progress_view(self, request, pk: int):
        """Answer the script of the page."""
        batch = self.viewed_batch(request, pk)
        return JsonResponse(
            {
                "reading": batch.state == BatchState.READING,
                "percent": _percent(batch),
                "stages": {
                    row.name: {"state": row.state, "detail": row.detail} for row in _stages(batch)
                },
            }
        )

    @method_decorator(require_POST)
    def reread_view(self, request, pk: int):
        """Have the file read again, perhaps with another encoding."""
        batch = self.viewed_batch(request, pk)
        encoding = request.POST.get("encoding", "")
        self.carry_out(request, lambda: import_reading.read_again(batch=batch, encoding=encoding))
        return self.back_to(batch, change_url(batch))


def _reached(batch: ImportBatch) -> int:
    """Which stage is going on; -1 before the first."""
    stage = batch.progress.get("stage")
    return list(Stage).index(Stage(stage)) if stage else -1


def _stages(batch: ImportBatch) -> list[StageRow]:
    reached = _reached(batch)
    total = batch.progress.get("total", 1)
    rows = []
    for place, stage in enumerate(Stage):
        state = "done" if place < reached else "doing" if place == reached else "ahead"
        counts = state == "doing" and total > 1
        detail = f"{batch.progress['done']} / {total}" if counts else ""
        if reached < 0 and place == 0:
            detail = gettext("waits for its turn")
        rows.append(StageRow(stage.value, str(LABELS[stage]), state, detail))
    return rows


def _percent(batch: ImportBatch) -> int:
    if batch.state != BatchState.READING:
        return 100
    reached = _reached(batch)
    if reached < 0:
        return 0
    stages = list(Stage)
    passed = sum(SHARES[stage] for stage in stages[:reached])
    part = batch.progress["done"] / max(batch.progress["total"], 1)
    return round(passed + SHARES[stages[reached]] * part)
