"""Meetings: the list, the digest page, and the digest as a file."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from speeches.enums import MeetingKind
from speeches.exporting.editions import digest_of
from speeches.models.editions import MeetingEdition, SpeechEdition
from speeches.public import selectors
from speeches.public.columns import MEETINGS
from speeches.public.corrections import corrected_at
from speeches.public.downloads import answer, downloads, require_public
from speeches.public.entries import (
    Picture,
    SpeechEntry,
    meeting_entries,
    picture,
    work_entries,
)
from speeches.public.facets import facet
from speeches.public.pages import Article, Crumb, PublicPage, absolute, gone, show
from speeches.public.paging import page_of
from speeches.public.prose import embedded
from speeches.public.views.corrections import show_corrections


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings, by year and kind."""
    found = selectors.meetings().defer("editors_note")
    years = found.order_by().dates("start_date", "year", order="DESC")
    year = facet(request, "year", _("Year"), ((day.year, day.year) for day in years if day))
    kind = facet(request, "kind", _("Kind"), MeetingKind.choices)
    if year.chosen:
        found = found.filter(start_date__year=year.chosen)
    if kind.chosen:
        found = found.filter(kind=kind.chosen)
    page = page_of(request, found)
    return show(
        request,
        "speeches/meetings.html",
        PublicPage(title=MEETINGS.label, path=MEETINGS.url, column=MEETINGS),
        listing=page,
        meetings=meeting_entries(page.object_list),
        facets=(year, kind),
    )


@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the digest of a meeting: note, contents with the opening of each speech, and work."""
    edition = selectors.meetings_with_history().filter(slug=slug).first()
    if edition is None:
        return _moved_or_gone(request, slug, "meeting")
    speeches = [SpeechEntry(speech, edition) for speech in _spoken_at(edition)]
    numbers = [entry.edition.speech_id for entry in speeches]
    work = selectors.listed_work_items().filter(speech_id__in=numbers)
    cover = picture(edition.cover, "wide")
    return show(
        request,
        "speeches/meeting.html",
        _meeting_page(edition, cover),
        meeting=edition,
        cover=cover,
        speeches=speeches,
        work_items=work_entries(work),
        formats=downloads("digest", slug),
        corrected_at=corrected_at(edition),
    )


@require_safe
def meeting_corrections(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was corrected in the facts of a meeting."""
    edition = selectors.meetings_with_history().filter(slug=slug).first()
    if edition is None:
        return _moved_or_gone(request, slug, "meeting_corrections")
    path = reverse("meeting_corrections", args=[slug])
    return show_corrections(request, edition, MEETINGS, path)


@require_safe
def meeting_in_full(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a meeting as one long page, for reading through and for printing.

    Search engines are led to the digest and the speeches, which say the same.
    """
    edition = selectors.meetings().filter(slug=slug).first()
    if edition is None:
        return _moved_or_gone(request, slug, "meeting_in_full")
    return show(
        request,
        "speeches/meeting_in_full.html",
        PublicPage(
            title=_("Full text"),
            path=reverse("meeting_in_full", args=[slug]),
            column=MEETINGS,
            description=edition.editors_note or edition.subtitle or edition.title,
            trail=(Crumb(edition.title, edition.get_absolute_url()),),
            card=reverse("meeting_card", args=[slug]),
            is_indexed=False,
        ),
        meeting=edition,
        speeches=[
            SpeechEntry(speech, edition, embedded(speech.body, prefix=f"s{speech.speech_id}-"))
            for speech in _spoken_at(edition)
        ],
    )


def _spoken_at(edition: MeetingEdition) -> QuerySet[SpeechEdition]:
    spoken = selectors.speeches().filter(meeting_id=edition.meeting_id)
    return spoken.order_by(*selectors.AS_SPOKEN)


@require_safe
def digest(request: HttpRequest, slug: str, format_name: str) -> HttpResponse:
    """Answer with the digest as a file; 503 with the reason where it cannot be made."""
    require_public(format_name)
    edition = selectors.meetings().filter(slug=slug).first()
    if edition is None:
        return _moved_or_gone(request, slug, "digest", format_name)
    return answer(request, format_name, lambda: digest_of(edition))


def _moved_or_gone(request: HttpRequest, slug: str, view: str, *rest: str) -> HttpResponse:
    """Answer for a slug that no public meeting has now: moved, withdrawn, or never known."""
    former = MeetingEdition.objects.filter(slug=slug).order_by()
    numbers = set(former.values_list("meeting_id", flat=True))
    if not numbers:
        raise Http404(_("There is no such meeting."))
    current = selectors.meetings().filter(meeting_id__in=numbers).first()
    if current is None:
        return gone(request)
    return redirect(view, current.slug, *rest, permanent=True)


def _meeting_page(edition: MeetingEdition, cover: Picture | None) -> PublicPage:
    facts = {
        "@type": "Event",
        "name": edition.title,
        "url": absolute(edition.get_absolute_url()),
        **_dates(edition),
        **({"location": {"@type": "Place", "name": edition.place}} if edition.place else {}),
        **(
            {"organizer": {"@type": "Organization", "name": edition.host.name}}
            if edition.host
            else {}
        ),
    }
    return PublicPage(
        title=edition.title,
        path=edition.get_absolute_url(),
        column=MEETINGS,
        description=edition.editors_note or edition.subtitle or edition.title,
        article=Article(
            title=edition.title,
            published_at=edition.first_published_at,
            updated_at=edition.published_at,
            source=edition.source_newspaper,
        ),
        image=cover.url if cover else "",
        card=reverse("meeting_card", args=[edition.slug]),
        feed=reverse("meeting_feed", args=[edition.slug]),
        data=(facts,),
    )


def _dates(edition: MeetingEdition) -> dict[str, Any]:
    named = {"startDate": edition.start_date, "endDate": edition.end_date}
    return {name: day.isoformat() for name, day in named.items() if day}
