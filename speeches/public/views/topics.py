"""Topics: the index, and a topic with its speeches and its work."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from taggit.models import Tag

from speeches.public import selectors
from speeches.public.columns import TOPICS
from speeches.public.downloads import downloads
from speeches.public.entries import speech_entries, work_entries
from speeches.public.pages import PublicPage, gone, show
from speeches.public.paging import INDEX_SIZE, page_of
from speeches.public.topics import TOPIC_COLUMNS, Topic, rows_of_topics, tagged, was_ever_public
from speeches.public.topics import topics as current_topics

WORK_SHOWN = 6


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """List the topics, the most used first."""
    page = page_of(request, current_topics(), size=INDEX_SIZE)
    return show(
        request,
        "speeches/topics.html",
        PublicPage(title=TOPICS.label, path=TOPICS.url, column=TOPICS),
        listing=page,
        topics=page.object_list,
    )


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was said and done on a topic."""
    rows = rows_of_topics().filter(tag__slug=slug).values_list("tag_id", *TOPIC_COLUMNS)
    row = next(iter(rows), None)
    if row is None:
        if was_ever_public(get_object_or_404(Tag, slug=slug)):
            return gone(request)
        raise Http404(_("There is no such topic."))
    number, found = row[0], Topic(*row[1:])
    spoken = tagged(selectors.listed_speeches(), number)
    page = page_of(request, spoken, total=found.speeches)
    worked = tagged(selectors.listed_work_items(), number)
    return show(
        request,
        "speeches/topic.html",
        PublicPage(
            title=found.name,
            path=found.url,
            column=TOPICS,
            description=found.name,
            feed=reverse("topic_feed", args=[slug]) if found.speeches else "",
        ),
        topic=found,
        formats=downloads("topic_digest", slug) if found.speeches else (),
        listing=page,
        speeches=speech_entries(page.object_list),
        work_items=work_entries(worked[:WORK_SHOWN]),
    )
