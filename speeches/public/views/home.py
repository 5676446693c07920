"""The home page: the newest meeting, and the way to everything else."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from speeches.enums import HomeBlock
from speeches.models.editions import SpeechEdition
from speeches.public import selectors
from speeches.public.columns import HOME
from speeches.public.entries import (
    MeetingEntry,
    SpeechEntry,
    WorkEntry,
    meeting_entries,
    picture,
    speech_entries,
    work_entries,
)
from speeches.public.overview import overview
from speeches.public.pages import PublicPage, show
from speeches.site import site

MEETINGS_SHOWN = 7
SPEECHES_SHOWN = 8
WORK_SHOWN = 6
TOPICS_SHOWN = 24
BODIES_SHOWN = 12
SIDE = (HomeBlock.MEETINGS, HomeBlock.TOPICS, HomeBlock.ORGANIZATIONS)
"""The blocks beside the speeches; highlighted work stands above or below them all."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the front of the publication."""
    newest = meeting_entries(selectors.meetings()[:MEETINGS_SHOWN])
    headline = newest[0] if newest else None
    topics, tree = overview()
    blocks = site().home_blocks
    headline_speeches, speeches = _front_speeches(headline)
    return show(
        request,
        "speeches/home.html",
        PublicPage(title=HOME.label, path=HOME.url, column=HOME),
        headline=headline,
        cover=picture(headline.edition.cover, "wide") if headline else None,
        headline_speeches=headline_speeches,
        speeches=speeches if HomeBlock.SPEECHES in blocks else [],
        meetings=newest[1:],
        work_first=blocks[:1] == (HomeBlock.WORK,),
        side=[f"_partials/home_{block}.html" for block in blocks if block in SIDE],
        work_items=_work() if HomeBlock.WORK in blocks else [],
        topics=topics[:TOPICS_SHOWN],
        organizations=tree.busiest(BODIES_SHOWN),
    )


def _work() -> list[WorkEntry]:
    return work_entries(selectors.listed_work_items()[:WORK_SHOWN])


def _front_speeches(
    headline: MeetingEntry | None,
) -> tuple[list[SpeechEntry], list[SpeechEntry]]:
    """Return the first speeches of the headline, and the newest of other meetings."""
    spoken = selectors.listed_speeches()
    if headline is None:
        return [], speech_entries(spoken[:SPEECHES_SHOWN])
    number = headline.edition.meeting_id
    bare = SpeechEdition.objects.current()
    own = bare.filter(meeting_id=number).order_by(*selectors.AS_SPOKEN)[:SPEECHES_SHOWN]
    others = bare.exclude(meeting_id=number).order_by(*selectors.NEWEST)[:SPEECHES_SHOWN]
    both = Q(pk__in=own.values("pk")) | Q(pk__in=others.values("pk"))
    entries = speech_entries(spoken.filter(both))
    first = [entry for entry in entries if entry.edition.meeting_id == number]
    rest = [entry for entry in entries if entry.edition.meeting_id != number]
    return sorted(first, key=lambda entry: (entry.edition.position, entry.edition.speech_id)), rest
