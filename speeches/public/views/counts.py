"""The question that a page asks once it has loaded: how often it was read."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from speeches.public.counts import is_own_page, is_person, note, piece_at, reads_of


@never_cache
@csrf_exempt
@require_POST
def counts(request: HttpRequest) -> HttpResponse:
    """Count a reading of ``page`` and answer with all of them.

    No cookie is read or set. A program, or a page elsewhere, is told the number and not counted.
    """
    piece = piece_at(request.POST.get("page", ""))
    if piece is None:
        raise Http404(_("There is no such page."))
    if is_own_page(request) and is_person(request):
        note(request, *piece)
    return JsonResponse({"reads": reads_of(*piece)})
