"""Bodies, people and the posts they hold."""

from organizations.models.organizations import Organization, OrganizationAlias, Region
from organizations.models.people import Appointment, Speaker, SpeakerVariant

__all__ = [
    "Appointment",
    "Organization",
    "OrganizationAlias",
    "Region",
    "Speaker",
    "SpeakerVariant",
]
