"""The status page: how the product is, for those who keep it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _

from speeches.operations import status

PERMISSION = "speeches.change_sitesettings"
"""Of managers and superusers alone, as the settings of the site."""


def status_page(request, site):
    """Show each part with its health."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    context = {**site.each_context(request), "title": _("Status"), "rows": list(status.rows())}
    return render(request, "admin/status.html", context)
