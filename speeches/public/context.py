"""What every public template knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, str]:
    """Return the names and notices that the head and footer show, from the settings."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "SITE_CODE": settings.SITE_CODE,
        "SITE_OWNER": settings.SITE_OWNER,
        "SITE_CONTACT": settings.SITE_CONTACT,
        "SITE_ICP": settings.SITE_ICP,
    }
