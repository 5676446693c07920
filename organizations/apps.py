"""The application's Django configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Bodies and people."""

    name = "organizations"
    verbose_name = _("Organizations and people")
