"""Published pieces as files, in the forms that the office offers to readers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from speeches.exceptions import ExportRefused
from speeches.exporting import registry
from speeches.exporting.document import DigestDocument
from speeches.exporting.exporter import Exporter


def public_formats() -> Mapping[str, Exporter]:
    """Return the forms of ``PUBLIC_EXPORTS``, in that order."""
    return {
        name: registry.EXPORTERS[name]
        for name in settings.PUBLIC_EXPORTS
        if name in registry.EXPORTERS
    }


@dataclass(frozen=True, slots=True)
class Download:
    """A link to a file."""

    label: str
    url: str


def downloads(view: str, key: int | str) -> list[Download]:
    """Return a link for each form that readers are offered of what ``view`` shows."""
    return [
        Download(str(exporter.label), reverse(view, args=[key, name]))
        for name, exporter in public_formats().items()
    ]


def require_public(format_name: str) -> None:
    """Raise Http404 where readers are not offered a form."""
    if format_name not in public_formats():
        raise Http404(_("There is no such format."))


def answer(
    request: HttpRequest, format_name: str, document: Callable[[], DigestDocument]
) -> HttpResponse:
    """Answer with ``document`` as a file; 503 with the reason where it cannot be made."""
    try:
        export = registry.export(document(), format_name)
    except ExportRefused as refusal:
        return render(request, "503.html", {"reason": str(refusal)}, status=503)
    return HttpResponse(
        export.content,
        content_type=export.media_type,
        headers={"Content-Disposition": content_disposition_header(True, export.filename)},
    )
