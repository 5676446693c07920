"""What the pages of one imported file share: who may work on it, its head, how refusals look."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from organizations.colleagues import name_of
from speeches.admin.display import change_url
from speeches.enums import BatchState, ItemState
from speeches.exceptions import EditConflict, ImportRefused
from speeches.models import ImportBatch
from speeches.services import import_edits, name_queue

DRAFTING = ("speeches.change_importbatch", "speeches.add_meeting", "speeches.add_speech")
"""What accepting needs: it creates drafts."""
REFUSALS = (ImportRefused, EditConflict, ValidationError)
RECENT_STEPS = 12


def page_url(batch: ImportBatch, name: str, *args: Any) -> str:
    """Return the address of one of the batch's pages."""
    return reverse(f"admin:speeches_importbatch_{name}", args=[batch.pk, *args])


def version_of(request) -> int | None:
    """Return the version that the posted page showed, None where the form names none."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else None


def tell_refusal(request, error: Exception) -> None:
    """Show every reason of a refusal."""
    reasons = error.messages if isinstance(error, ValidationError) else str(error).splitlines()
    for reason in reasons:
        messages.error(request, reason)


class BatchPages:
    """Helpers of the pages of one batch, for the ModelAdmin of batches."""

    def viewed_batch(self, request, pk: int) -> ImportBatch:
        """Return a batch that the user may look at."""
        batch = self.get_object(request, str(pk))
        if batch is None or not self.has_view_or_change_permission(request, batch):
            raise PermissionDenied
        return batch

    def drafted_batch(self, request, pk: int) -> ImportBatch:
        """Return a batch that the user may turn into drafts."""
        batch = self.viewed_batch(request, pk)
        if not request.user.has_perms(DRAFTING):
            raise PermissionDenied
        return batch

    def batch_context(self, request, batch: ImportBatch, step: str) -> dict[str, Any]:
        """Return what the head of every page shows; ``step`` is the page's own."""
        is_open = batch.state == BatchState.OPEN
        last_step = import_edits.last_step(batch) if is_open else None
        return {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "title": gettext("Import workbench"),
            "subtitle": batch.filename,
            "batch": batch,
            "step": step,
            "is_open": is_open and request.user.has_perms(DRAFTING),
            "uploader": name_of(batch.created_by),
            "state_badge": self.state_badge(batch),
            "pending": batch.items.filter(state=ItemState.PENDING).count(),
            "open_names": name_queue.count_open(batch) if is_open else 0,
            "last_step": last_step,
            "steps": list(batch.edits.select_related("user")[:RECENT_STEPS]),
            "media": self.media,
            "opts": self.opts,
        }

    @staticmethod
    def carry_out(request, write: Callable[[], Any], success: str = "") -> bool:
        """Call a service, tell how it went, and return whether it went well."""
        try:
            write()
        except REFUSALS as error:
            tell_refusal(request, error)
            return False
        if success:
            messages.success(request, success)
        return True

    @staticmethod
    def back_to(batch: ImportBatch, address: str = "") -> HttpResponseRedirect:
        """Lead back to a page of the batch, the workbench where none is given."""
        return HttpResponseRedirect(address or change_url(batch))
