"""Speakers: the index by pinyin, and a person with the speeches."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.db.models.functions import Substr, Upper
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organizations.models import Speaker
from speeches.models.editions import SpeechEditionSpeaker
from speeches.public import selectors
from speeches.public.columns import SPEAKERS
from speeches.public.downloads import downloads
from speeches.public.entries import picture, printed_post, speech_entries
from speeches.public.facets import facet
from speeches.public.packing import of_owner
from speeches.public.pages import PublicPage, absolute, gone, show
from speeches.public.paging import INDEX_SIZE, page_of
from speeches.public.posts import posts_in, posts_of


@require_safe
def speakers(request: HttpRequest) -> HttpResponse:
    """List everybody who spoke under the first letter of the pinyin of the name."""
    found = selectors.speakers().annotate(initial=Upper(Substr("sort_key", 1, 1)))
    letters = found.order_by("initial").values_list("initial").annotate(total=Count("pk"))
    totals = dict(letters)
    initial = facet(request, "initial", _("Initial"), ((letter, letter) for letter in totals))
    if initial.chosen:
        found = found.filter(initial=initial.chosen)
    total = totals[initial.chosen] if initial.chosen else sum(totals.values())
    page = page_of(request, found.defer("biography"), size=INDEX_SIZE, total=total)
    return show(
        request,
        "speeches/speakers.html",
        PublicPage(title=SPEAKERS.label, path=SPEAKERS.url, column=SPEAKERS),
        listing=page,
        people=_people(page.object_list),
        initial=initial,
    )


def _people(found: Iterable[Speaker]) -> list[dict[str, Any]]:
    people = list(found)
    spoken = selectors.credits_of(people)
    return [{"person": person, "post": printed_post(spoken[person.pk][0])} for person in people]


@require_safe
def speaker(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person with every public speech, each with the posts as printed at the time."""
    spoken = SpeechEditionSpeaker.objects.filter(
        edition__closed_at__isnull=True, **of_owner("speaker")
    )
    found = selectors.speakers().annotate(
        posts=posts_in("speaker"), total=selectors.count_of(spoken, "speaker")
    )
    person = found.filter(pk=pk).first()
    if person is None:
        if SpeechEditionSpeaker.objects.filter(speaker_id=pk).exists():
            return gone(request)
        raise Http404(_("There is no such speaker."))
    speeches = selectors.listed_speeches().filter(selectors.spoken_by(pk))
    page = page_of(request, speeches, total=person.total)
    portrait = picture(person.photo, "portrait")
    return show(
        request,
        "speeches/speaker.html",
        PublicPage(
            title=person.name,
            path=person.get_absolute_url(),
            column=SPEAKERS,
            description=person.biography or person.name,
            image=portrait.url if portrait else "",
            feed=reverse("speaker_feed", args=[pk]),
            data=(
                {
                    "@type": "Person",
                    "name": person.name,
                    "url": absolute(person.get_absolute_url()),
                },
            ),
        ),
        person=person,
        portrait=portrait,
        posts=posts_of(person.posts),
        listing=page,
        speeches=speech_entries(page.object_list),
        formats=downloads("speaker_digest", pk),
    )
