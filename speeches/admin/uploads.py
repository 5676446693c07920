"""Pictures that staff put into a text: checked, made anew and stored under a random name."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from organizations.images import picture_path, reencode
from speeches.models import Speech

MIN_TOKEN = 40
"""The length of CKEditor's own token."""

EDITING = ("speeches.add_speech", "speeches.change_speech")


@csrf_exempt
@require_POST
def upload_picture(request: HttpRequest) -> JsonResponse:
    """Store the picture ``upload`` and answer its address, in the JSON that CKEditor 4 reads.

    Exempt from Django's check only to make its own: CKEditor proves by its double-submitted
    ``ckCsrfToken`` that the page is ours; other callers send Django's token.
    """
    if not any(request.user.has_perm(permission) for permission in EDITING):
        raise PermissionDenied
    if not (_sent_by_editor(request) or _carries_django_token(request)):
        return _refused(_("The page is out of date: reload it and try again."), status=403)
    upload = request.FILES.get("upload")
    if upload is None:
        return _refused(_("Choose a picture first."))
    try:
        picture = reencode(upload)
    except ValidationError as error:
        return _refused(" ".join(error.messages))
    name = default_storage.save(picture_path(Speech(), picture.name), picture)
    return JsonResponse({"uploaded": 1, "fileName": name, "url": default_storage.url(name)})


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
