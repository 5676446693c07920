"""One speech, and the compilation of a body, a person or a topic, as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from speeches.exporting.compilation import Scope, compilation_of, spoken_in
from speeches.exporting.editions import digest_of
from speeches.exporting.selection import Selection, select
from speeches.models.editions import MeetingEdition, SpeechEdition
from speeches.public.downloads import answer, require_public
from speeches.public.pages import gone


@require_safe
def speech_digest(request: HttpRequest, pk: int, format_name: str) -> HttpResponse:
    """Answer with one speech of a meeting as a file."""
    require_public(format_name)
    spoken = SpeechEdition.objects.filter(speech_id=pk)
    edition = spoken.current().first()
    meetings = MeetingEdition.objects.current()
    meeting = edition and meetings.filter(meeting_id=edition.meeting_id).first()
    if meeting is None:
        if spoken.exists():
            return gone(request)
        raise Http404(_("There is no such speech."))
    return answer(request, format_name, lambda: select(digest_of(meeting), Selection((pk,))))


@require_safe
def compilation(
    request: HttpRequest, scope: Scope, format_name: str, pk: int | None = None, slug: str = ""
) -> HttpResponse:
    """Answer with the speeches of a body, a person or a topic as one file."""
    require_public(format_name)
    key = slug if pk is None else pk
    spoken = spoken_in(scope, key)
    if not spoken.current().exists():
        if spoken.exists():
            return gone(request)
        raise Http404(_("Nothing is published there."))
    return answer(request, format_name, lambda: compilation_of(scope, key))
