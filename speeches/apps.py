"""The application's Django configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpeechesConfig(AppConfig):
    """Meetings, speeches and highlighted work."""

    name = "speeches"
    verbose_name = _("Meetings and speeches")

    def ready(self) -> None:
        """Let the search hear of new names."""
        from speeches.search import receivers  # noqa: F401, PLC0415 - needs loaded models
