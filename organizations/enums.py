"""The closed lists of bodies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganizationKind(TextChoices):
    """What kind of body speaks at a consultative conference."""

    COMMITTEE = "committee", _("CPPCC committee")
    SPECIAL_COMMITTEE = "special_committee", _("Special committee")
    OFFICE = "office", _("General office or research office")
    PARTY = "party", _("Democratic party")
    FEDERATION = "federation", _("Federation of industry and commerce")
    SECTOR = "sector", _("Sector")
    PEOPLES_ORGANIZATION = "peoples_organization", _("People's organization")
    GOVERNMENT = "government", _("Government body")
    INSTITUTE = "institute", _("School, hospital or institute")
    ENTERPRISE = "enterprise", _("Enterprise")
    OTHER = "other", _("Other body")


class Level(TextChoices):
    """The administrative level of a body (GB/T 2260: two digits a level)."""

    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    MUNICIPAL = "municipal", _("Municipal")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township")


class RecordKind(TextChoices):
    """What of the office's records can be merged."""

    ORGANIZATION = "organization", _("organization")
    SPEAKER = "speaker", _("speaker")
