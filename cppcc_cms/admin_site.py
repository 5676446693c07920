"""The admin site: Django's own, in the office's words."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class StaffAdminSite(AdminSite):
    """The stock admin under the product's name."""

    site_header = _("Speech publishing")
    site_title = _("Speech publishing")
    index_title = _("Desk")
