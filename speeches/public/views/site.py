"""What belongs to the whole site: who makes it, its map for people, and its notes for machines."""

from datetime import timedelta

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from speeches.colours import dark, is_readable, light
from speeches.public import selectors
from speeches.public.columns import ABOUT, COLUMNS, SITE_MAP
from speeches.public.overview import overview
from speeches.public.pages import PublicPage, absolute, show
from speeches.site import site

YEAR = 365 * 24 * 60 * 60
SECURITY_NOTE_DAYS = 180
"""How long a reader may rely on security.txt; RFC 9116 recommends less than a year."""


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Tell who makes the site and how to reach them, from the settings."""
    return show(
        request,
        "speeches/about.html",
        PublicPage(title=ABOUT.label, path=ABOUT.url, column=ABOUT),
        about=site().about or _about_by_default(),
        contact=site().contact,
    )


def _about_by_default() -> str:
    return _(
        "Speeches made at meetings, and the highlighted work they tell of. The texts are those "
        "that were published; where one was corrected, the day and the change are shown. Whoever "
        "finds an error may report it on the page that has it."
    )


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Show the way to every column, meeting, body and topic on one page."""
    found, tree = overview()
    return show(
        request,
        "speeches/site_map.html",
        PublicPage(title=SITE_MAP.label, path=SITE_MAP.url, column=SITE_MAP),
        site_columns=COLUMNS,
        meetings=selectors.meetings().select_related(None),
        organizations=tree.pages(),
        topics=found,
    )


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search to browsers, by OpenSearch 1.1."""
    return render(
        request,
        "opensearch.xml",
        {"search": absolute(reverse("search")), "icon": absolute(_icon())},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the site to phones that put it on their first screen (W3C Web App Manifest)."""
    described = {
        "name": site().name,
        "short_name": site().name[:12],
        "lang": "zh-Hans",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "browser",
        "background_color": "#fbf9f5",
        "theme_color": site().colour,
        "icons": [{"src": _icon(), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(
        described,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def colours(request: HttpRequest, colour: str) -> HttpResponse:
    """Give the style sheet of a main colour, in the light and the dark look; it never changes."""
    if not is_readable(f"#{colour}"):
        raise Http404
    response = render(
        request,
        "colours.css",
        {"light": light(f"#{colour}"), "dark": dark(f"#{colour}")},
        content_type="text/css; charset=utf-8",
    )
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell whom to write to of a hole in the site, by RFC 9116; 404 where nobody is named."""
    if not site().security_contact:
        raise Http404(_("No contact for reports of security is set."))
    expires = timezone.now().replace(minute=0, second=0, microsecond=0)
    expires += timedelta(days=SECURITY_NOTE_DAYS)
    lines = (
        f"Contact: {site().security_contact}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: zh, en",
        f"Canonical: {absolute(reverse('security'))}",
    )
    return HttpResponse("\n".join((*lines, "")), content_type="text/plain; charset=utf-8")


def _icon() -> str:
    return staticfiles_storage.url("img/favicon.svg")
