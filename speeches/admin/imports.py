"""Imported files in the admin: the list and the upload; the workbench has its own module."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.admin.display import badge, change_url
from speeches.admin.import_commands import CommandPages
from speeches.admin.import_differences import DifferencePages
from speeches.admin.import_forms import UploadForm
from speeches.admin.import_names import NamePages
from speeches.admin.import_pages import WorkbenchPages
from speeches.admin.import_pictures import PicturePages
from speeches.admin.import_progress import ProgressPages
from speeches.admin.import_work import WorkPages
from speeches.models import ImportBatch, ImportedSpeech
from speeches.services import import_reading


@admin.register(ImportBatch)
class ImportBatchAdmin(
    DifferencePages,
    WorkbenchPages,
    CommandPages,
    NamePages,
    WorkPages,
    ProgressPages,
    PicturePages,
    admin.ModelAdmin,
):
    """Imported files and their workbench."""

    list_display = ("filename", "meeting_title", "items_total", "state_badge", "by", "created_at")
    list_filter = ("state", "created_at")
    list_select_related = ("created_by",)
    search_fields = ("filename", "meeting_title")
    search_help_text = _("File name or meeting")
    date_hierarchy = "created_at"

    def get_queryset(self, request):
        """Show editors their own files; long texts stay in the database where unused."""
        batches = super().get_queryset(request).annotate(items_total=_items_of_batch())
        batches = batches.defer("parsed")
        if request.resolver_match.url_name.endswith("_changelist"):
            batches = batches.defer("source_text", "warnings", "aside")
        return batches.visible_to(request.user)

    def has_delete_permission(self, request, obj=None):
        """Files are put aside, never deleted."""
        return False

    @admin.display(description=_("speeches"))
    def items_total(self, batch: ImportBatch) -> int:
        """How many speeches were found in the file."""
        return batch.items_total

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, batch: ImportBatch) -> SafeString:
        """How far staff are with the file."""
        return badge("batch", batch.state, batch.get_state_display())

    @admin.display(description=_("imported by"))
    def by(self, batch: ImportBatch) -> str:
        """The colleague who uploaded the file."""
        return name_of(batch.created_by)

    def add_view(self, request, form_url="", extra_context=None):
        """Take a file; a known one leads to the batch that is there."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            batch = self._create_batch(request, form)
            if batch is not None:
                return HttpResponseRedirect(change_url(batch))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Import a file"),
            "form": form,
            "media": self.media + form.media,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/import_upload.html", context)

    def _create_batch(self, request, form: UploadForm) -> ImportBatch | None:
        upload = form.cleaned_data["file"]
        batch, is_new = import_reading.request_batch(
            data=upload.read(),
            filename=upload.name,
            user=request.user,
            title=form.cleaned_data["title"],
            held_on=form.cleaned_data["held_on"],
            encoding=form.cleaned_data["encoding"],
        )
        if is_new:
            return batch
        told = {"file": batch.filename, "name": name_of(batch.created_by)}
        if not self.get_queryset(request).filter(pk=batch.pk).exists():
            message = gettext("%(name)s already imported this file as “%(file)s”.")
            form.add_error("file", message % told)
            return None
        message = gettext("This file was already imported as “%(file)s”; here it is.")
        messages.info(request, message % told)
        return batch


def _items_of_batch() -> Subquery:
    """Count in a subquery: grouping by the long texts of a batch would be slow."""
    items = ImportedSpeech.objects.filter(batch=OuterRef("pk")).order_by()
    return Subquery(items.values("batch").annotate(total=Count("pk")).values("total"))
