"""The project's own choice of admin site, and what every database connection is told."""

from django.contrib.admin.apps import AdminConfig
from django.db.backends.signals import connection_created

from cppcc_cms.logs import watch_queries


class StaffAdminConfig(AdminConfig):
    """The stock admin, on the site class of this project."""

    default_site = "cppcc_cms.admin_site.StaffAdminSite"

    def ready(self) -> None:
        """Let slow queries be told."""
        super().ready()
        connection_created.connect(watch_queries)
