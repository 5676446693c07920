"""The home page: the newest meeting, and the way to everything else."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from speeches.public import selectors
from speeches.public.bodies import BodyTree
from speeches.public.columns import HOME
from speeches.public.entries import (
    MeetingEntry,
    SpeechEntry,
    meeting_entries,
    picture,
    speech_entries,
    work_entries,
)
from speeches.public.pages import PublicPage, show
from speeches.public.topics import topics

MEETINGS_SHOWN = 7
SPEECHES_SHOWN = 8
WORK_SHOWN = 6
TOPICS_SHOWN = 24
BODIES_SHOWN = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the front of the publication."""
    newest = meeting_entries(selectors.meetings()[:MEETINGS_SHOWN])
    headline = newest[0] if newest else None
    return show(
        request,
        "speeches/home.html",
        PublicPage(title=HOME.label, path=HOME.url, column=HOME),
        headline=headline,
        cover=picture(headline.edition.cover, "wide") if headline else None,
        headline_speeches=_speeches_in(headline),
        meetings=newest[1:],
        speeches=_other_speeches(headline),
        work_items=work_entries(selectors.listed_work_items()[:WORK_SHOWN]),
        topics=topics()[:TOPICS_SHOWN],
        organizations=BodyTree.current().busiest(BODIES_SHOWN),
    )


def _speeches_in(headline: MeetingEntry | None) -> list[SpeechEntry]:
    if headline is None:
        return []
    found = selectors.listed_speeches().filter(meeting_id=headline.edition.meeting_id)
    return speech_entries(found.order_by(*selectors.AS_SPOKEN)[:SPEECHES_SHOWN])


def _other_speeches(headline: MeetingEntry | None) -> list[SpeechEntry]:
    """Return the newest speeches that the headline does not show already."""
    found = selectors.listed_speeches()
    if headline is not None:
        found = found.exclude(meeting_id=headline.edition.meeting_id)
    return speech_entries(found[:SPEECHES_SHOWN])
