"""What every public template knows of the site."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from speeches.colours import is_readable
from speeches.public.columns import navigation
from speeches.site import site as current_site

OWN_COLOUR = "#9b1b1e"
"""The main colour of ``static/css/tokens.css``, which needs no further style sheet."""


def site(_request: HttpRequest | None) -> dict[str, Any]:
    """Return the names and notices that the head and footer show, and the navigation.

    A setting that the office does not have is empty, and its line is left out.
    """
    shown = current_site()
    return {
        "SITE_NAME": shown.name,
        "SITE_URL": shown.url,
        "SITE_DOMAIN": shown.domain,
        "SITE_CODE": shown.code,
        "SITE_OWNER": shown.owner,
        "SITE_CONTACT": shown.contact,
        "SITE_ICP": shown.icp,
        "SITE_POLICE_RECORD": shown.police_record,
        "SITE_REPORT_URL": shown.report_url,
        "site_logo": shown.logo,
        "site_footer": shown.footer,
        "site_announcement": shown.announcement,
        "site_colours": _colours(shown.colour.lower()),
        "columns": navigation(shown.columns),
    }


def _colours(colour: str) -> str:
    """The address of the style sheet of a main colour that is not the product's own."""
    if colour == OWN_COLOUR or not is_readable(colour):
        return ""
    return reverse("site_colours", args=[colour.removeprefix("#")])
