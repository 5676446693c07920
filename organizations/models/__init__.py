"""Bodies, people and the posts they hold."""

from organizations.models.mergers import MergedRecord
from organizations.models.organizations import Organization, OrganizationAlias, Region
from organizations.models.people import Appointment, Speaker, SpeakerVariant

__all__ = [
    "Appointment",
    "MergedRecord",
    "Organization",
    "OrganizationAlias",
    "Region",
    "Speaker",
    "SpeakerVariant",
]
