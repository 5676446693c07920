"""What the office says of itself on its site."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organizations.images import PictureField
from speeches.colours import is_colour, is_readable
from speeches.enums import HomeBlock, NavigationColumn

SECURITY_SCHEMES = ("mailto:", "https://", "tel:")


def all_columns() -> list[str]:
    """Every column, in the order of the product."""
    return list(NavigationColumn.values)


def all_blocks() -> list[str]:
    """Every block of the home page, in the order of the product."""
    return list(HomeBlock.values)


class SiteSettings(models.Model):
    """One row; a field left blank means what the environment says (``SITE_NAME`` and so on)."""

    name = models.CharField(_("name of the site"), max_length=60, blank=True)
    owner = models.CharField(_("host of the site"), max_length=100, blank=True)
    code = models.CharField(_("site code"), max_length=20, blank=True)
    contact = models.CharField(_("contact of the site"), max_length=200, blank=True)
    about = models.TextField(_("about the site"), blank=True)
    icp = models.CharField(_("ICP record"), max_length=60, blank=True)
    police_record = models.CharField(_("police record"), max_length=60, blank=True)
    report_url = models.CharField(
        _("address for reports on the site"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    security_contact = models.CharField(
        _("contact for reports of security"),
        max_length=200,
        blank=True,
        help_text=_("Begins with mailto:, https:// or tel:"),
    )
    colour = models.CharField(
        _("main colour"), max_length=7, blank=True, help_text=_("As #rrggbb, such as #9b1b1e.")
    )
    logo = PictureField(_("logo"), blank=True)
    footer = models.TextField(_("further lines of the footer"), max_length=500, blank=True)
    announcement = models.CharField(
        _("announcement"),
        max_length=200,
        blank=True,
        help_text=_("A line at the head of every page."),
    )
    columns = models.JSONField(_("columns of the navigation"), default=all_columns, blank=True)
    home_blocks = models.JSONField(_("blocks of the home page"), default=all_blocks, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="site_settings_are_one_row")
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        """Refuse a colour that cannot be read, and a contact that no program understands."""
        wrong = {}
        if self.colour and not is_colour(self.colour):
            wrong["colour"] = _("Write the colour as #rrggbb, such as #9b1b1e.")
        elif self.colour and not is_readable(self.colour):
            wrong["colour"] = _(
                "Text in this colour cannot be read on the page (contrast below 4.5 to 1). "
                "Choose a darker one."
            )
        if self.security_contact and not self.security_contact.startswith(SECURITY_SCHEMES):
            wrong["security_contact"] = _("Begin with mailto:, https:// or tel:")
        for field, known in (("columns", NavigationColumn), ("home_blocks", HomeBlock)):
            names = getattr(self, field)
            if not isinstance(names, list) or sorted(names) != sorted({*names} & {*known.values}):
                wrong[field] = _("Name each at most once.")
        if wrong:
            raise ValidationError(wrong)
