"""Files that staff put into a text: checked, pictures made anew, stored under random names."""

import logging
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from speeches.models import Picture
from speeches.services import pictures

logger = logging.getLogger(__name__)

MIN_TOKEN = 40
"""The length of CKEditor's own token."""

EDITING = ("speeches.add_speech", "speeches.change_speech")


SHOWN = 24
"""Pictures of the library that the editor offers at once."""


@csrf_exempt
@require_POST
def upload_file(request: HttpRequest, kind: str) -> JsonResponse:
    """Store the file ``upload``, a picture or an attachment, and answer its address.

    A picture comes with ``words`` that say what it shows. Exempt from Django's check only to make
    its own: CKEditor proves by its double-submitted ``ckCsrfToken`` that the page is ours; other
    callers send Django's token.
    """
    if not any(request.user.has_perm(permission) for permission in EDITING):
        raise PermissionDenied
    if not (_sent_by_editor(request) or _carries_django_token(request)):
        return _refused(_("The page is out of date: reload it and try again."), status=403)
    upload = request.FILES.get("upload")
    if upload is None:
        return _refused(_("Choose a picture first.") if kind == "picture" else _("Choose a file."))
    try:
        if kind == "picture":
            words = request.POST.get("words", "")
            name = pictures.take_in(upload=upload, words=words, user=request.user).name
        else:
            name = pictures.take_in_attachment(upload=upload)
    except ValidationError as error:
        return _refused(" ".join(error.messages))
    except OSError:
        logger.exception("An upload cannot be stored.")
        return _refused(
            _("The server cannot store files now; tell whoever keeps it, and try again later."),
            status=503,
        )
    return JsonResponse({"uploaded": 1, "fileName": name, "url": default_storage.url(name)})


@require_safe
def picture_library(request: HttpRequest) -> HttpResponse:
    """Answer the newest pictures whose words hold ``q``, for the editor to choose from."""
    if not any(request.user.has_perm(permission) for permission in EDITING):
        raise PermissionDenied
    rows = Picture.objects.filter(words__icontains=request.GET.get("q", "")[:60])[:SHOWN]
    return JsonResponse({"pictures": [{"url": row.url, "words": row.words} for row in rows]})


def _refused(message: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"uploaded": 0, "error": {"message": message}}, status=status)


def _sent_by_editor(request: HttpRequest) -> bool:
    sent, kept = request.POST.get("ckCsrfToken", ""), request.COOKIES.get("ckCsrfToken", "")
    origin = request.headers.get("Origin")
    same_origin = origin is None or urlsplit(origin).netloc == request.get_host()
    return same_origin and len(sent) >= MIN_TOKEN and constant_time_compare(sent, kept)


def _carries_django_token(request: HttpRequest) -> bool:
    check = CsrfViewMiddleware(lambda _request: JsonResponse({}))
    check.process_request(request)
    return check.process_view(request, _checked, (), {}) is None


def _checked(_request: HttpRequest) -> None:
    """Stand for a view that is not exempt."""
