"""The project's own choice of admin site."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """The stock admin, on the site class of this project."""

    default_site = "cppcc_cms.admin_site.StaffAdminSite"
