"""A draft in the pages of readers, without anything being published.

Readers' pages show editions alone, so that a preview makes the editions, has the page drawn, and
takes everything back: one transaction that always ends with a rollback. It stands above both the
desk and the readers' pages, of which neither may know the other.
"""

from collections.abc import Callable, Iterator

from csp.decorators import csp_replace
from django.contrib import admin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from speeches import workflow
from speeches.models import Draft, Meeting, Speech, WorkItem
from speeches.public.views.meetings import meeting
from speeches.public.views.speeches import speech
from speeches.public.views.work import work_item
from speeches.services import drafts
from speeches.services.editions import store_edition

_PAGES: dict[type[Draft], Callable[[HttpRequest, Draft], HttpResponse]] = {
    Meeting: lambda request, draft: meeting(request, draft.slug),
    Speech: lambda request, draft: speech(request, draft.pk),
    WorkItem: lambda request, draft: work_item(request, draft.pk),
}


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
def preview(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Answer with the page that readers would find; PermissionDenied as at the draft's own page."""
    model = next((model for model in _PAGES if model._meta.model_name == kind), None)
    if model is None:
        raise Http404
    draft: Draft = admin.site.get_model_admin(model).visible_draft(request, pk)
    request.is_preview = True
    with transaction.atomic():
        for piece in _needed(draft, request):
            store_edition(draft=piece, user=request.user)
        response = _PAGES[model](request, draft)
        transaction.set_rollback(True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _needed(draft: Draft, request: HttpRequest) -> Iterator[Draft]:
    """Yield what must be public for the page of ``draft``, from the outside in."""
    around = draft.meeting if isinstance(draft, Speech) else getattr(draft, "speech", None)
    if around is not None and not around.editions.current().exists():
        yield from _needed(around, request) if isinstance(around, Speech) else (around,)
    yield drafts.locked(draft)
    if isinstance(draft, Meeting):
        speeches = draft.speech_set.visible_to(request.user)
        yield from speeches.filter(stage__in=workflow.IN_WORK_STAGES)
