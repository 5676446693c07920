"""What every public template knows of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from speeches.public.columns import COLUMNS

SITE_SETTINGS = (
    "SITE_NAME",
    "SITE_URL",
    "SITE_CODE",
    "SITE_OWNER",
    "SITE_CONTACT",
    "SITE_ICP",
    "SITE_POLICE_RECORD",
    "SITE_REPORT_URL",
)


def site(_request: HttpRequest) -> dict[str, Any]:
    """Return the names and notices that the head and footer show, and the navigation.

    A setting that the office does not have is empty, and its line is left out.
    """
    names = {name: getattr(settings, name) for name in SITE_SETTINGS}
    return {
        **names,
        "SITE_DOMAIN": names["SITE_URL"].partition("://")[2],
        "columns": COLUMNS,
    }
