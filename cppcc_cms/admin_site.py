"""The admin site: Django's own, in the office's words and order."""

from functools import partial
from http import HTTPStatus

from django.contrib.admin import AdminSite
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of

SECTIONS = (
    (
        _("Writing and review"),
        ("speeches.importbatch", "speeches.meeting", "speeches.speech", "speeches.workitem"),
    ),
    (
        _("Bodies and people"),
        (
            "organizations.organization",
            "organizations.speaker",
            "organizations.appointment",
            "organizations.region",
        ),
    ),
    (
        _("Vocabulary"),
        (
            "speeches.term",
            "taggit.tag",
            "speeches.indicator",
            "speeches.synonym",
            "speeches.picture",
        ),
    ),
    (
        _("Publications and records"),
        (
            "speeches.meetingedition",
            "speeches.speechedition",
            "speeches.workitemedition",
            "speeches.reviewrecord",
            "speeches.searchedquery",
            "speeches.pagereads",
            "speeches.schedule",
        ),
    ),
    (_("Site"), ("speeches.sitesettings",)),
    (_("Accounts"), ("auth.user",)),
)
"""The order in which staff find things, whatever package a model comes from."""


class StaffAdminSite(AdminSite):
    """The stock admin under the product's name, with a desk as its first page."""

    site_header = _("Editorial desk")
    site_title = _("Editorial desk")
    index_title = _("Desk")
    index_template = "admin/desk.html"

    def get_urls(self):
        """Add the addresses that belong to no one kind."""
        from cppcc_cms.previews import preview  # noqa: PLC0415 - needs loaded models
        from speeches.admin import (  # noqa: PLC0415 - needs loaded models
            audit,
            bin_pages,
            merger_pages,
            second_factor,
            status_pages,
            uploads,
            workbook_pages,
        )

        pages = {
            "second_factor_enrol": ("second-factor/enrol/", second_factor.enrol_view),
            "second_factor_change": ("second-factor/change/", second_factor.change_view),
            "second_factor_verify": ("second-factor/verify/", second_factor.verify_view),
            "audit": ("audit/", audit.audit_view),
            "status": ("status/", status_pages.status_page),
            "speeches_bin": ("speeches/bin/", bin_pages.bin_page),
            "merge": ("records/<str:kind>/<int:pk>/merge/", merger_pages.merge_view),
            "workbook_export": ("workbooks/<str:kind>/export/", workbook_pages.export_view),
            "workbook_import": ("workbooks/<str:kind>/import/", workbook_pages.import_view),
        }
        return [
            *(
                path(address, self.admin_view(partial(view, site=self)), name=name)
                for name, (address, view) in pages.items()
            ),
            *(
                path(
                    f"speeches/upload-{kind}/",
                    self.admin_view(uploads.upload_file),
                    {"kind": kind},
                    name=f"speeches_upload_{kind}",
                )
                for kind in ("picture", "attachment")
            ),
            path(
                "speeches/picture-library/",
                self.admin_view(uploads.picture_library),
                name="speeches_picture_library",
            ),
            path(
                "speeches/preview/<str:kind>/<int:pk>/",
                self.admin_view(preview),
                name="speeches_preview",
            ),
            *super().get_urls(),
        ]

    def each_context(self, request):
        """Add the colleague's name as it is written in Chinese."""
        user = request.user
        colleague = name_of(user) if user.is_authenticated else ""
        return {**super().each_context(request), "colleague": colleague}

    def password_change(self, request, extra_context=None):
        """Leave it in the trail that somebody changed their own password."""
        from speeches.services import trail  # noqa: PLC0415 - needs loaded models

        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
            told = gettext("Changed their own password.")
            trail.note(record=request.user, by=request.user, what=told)
        return answer

    def get_app_list(self, request, app_label=None):
        """Return the sections of the desk; the page of one package stays as it is."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        models = {
            f"{app['app_label']}.{model['object_name'].lower()}": model
            for app in apps
            for model in app["models"]
        }
        sections = [
            {
                "name": str(name),
                "app_label": f"section-{number}",
                "app_url": "",
                "has_module_perms": True,
                "models": [models[key] for key in keys if key in models],
            }
            for number, (name, keys) in enumerate(SECTIONS, start=1)
        ]
        if request.user.has_perm("speeches.view_audit_trail"):
            sections[-1]["models"].append(
                {
                    "name": gettext("Audit trail"),
                    "object_name": "AuditTrail",
                    "perms": {"view": True},
                    "admin_url": reverse("admin:audit"),
                    "add_url": None,
                    "view_only": True,
                }
            )
        return [section for section in sections if section["models"]]

    def index(self, request, extra_context=None):
        """Show what waits for the person who sits down."""
        from speeches.admin import desk, desk_notes  # noqa: PLC0415 - needs loaded models

        greeting = desk.greeting(timezone.localtime().hour)
        context = {
            "title": gettext("%(greeting)s, %(name)s")
            % {"greeting": greeting, "name": name_of(request.user)},
            **desk.desk_for(request.user),
            **desk_notes.notes_for(request.user),
            **(extra_context or {}),
        }
        return super().index(request, context)
