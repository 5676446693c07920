"""A speech on its own page."""

from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from speeches.models.editions import SpeechEdition
from speeches.public import selectors
from speeches.public.citations import citation
from speeches.public.columns import MEETINGS
from speeches.public.corrections import corrected_at
from speeches.public.downloads import downloads
from speeches.public.entries import Picture, SpeechEntry, picture, speech_entries, work_entries
from speeches.public.highlighting import prose_for
from speeches.public.packing import instance, of_owner, packed_field, prepared
from speeches.public.pages import Article, Crumb, PublicPage, absolute, gone, show
from speeches.public.related import related_speeches, work_beside
from speeches.public.topics import topics_of
from speeches.public.views.corrections import show_corrections
from speeches.textblocks import plain_text


@require_safe
def speech(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a speech with its neighbours and the work it tells of; ``pk`` never changes."""
    edition = _speeches_between_neighbours().filter(speech_id=pk).first()
    if edition is None:
        if SpeechEdition.objects.filter(speech_id=pk).exists():
            return gone(request)
        raise Http404(_("There is no such speech."))
    (entry,) = speech_entries([edition])
    topics = topics_of(edition)
    cover = picture(edition.cover, "wide")
    work = work_entries(work_beside(edition))
    return show(
        request,
        "speeches/speech.html",
        _speech_page(entry, tuple(topic.name for topic in topics), cover),
        speech=entry,
        text=prose_for(request, edition.body),
        formats=downloads("speech_digest", pk) if entry.meeting else (),
        citation=citation(entry),
        corrected_at=corrected_at(edition),
        cover=cover,
        topics=topics,
        previous=edition.previous and instance(SpeechEdition, edition.previous),
        following=edition.following and instance(SpeechEdition, edition.following),
        work_items=[item for item in work if item.edition.speech_id == pk],
        related_work=[item for item in work if item.edition.speech_id != pk],
        related_speeches=speech_entries(related_speeches(edition)),
    )


@require_safe
def corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was corrected in a speech since it was published, edition by edition."""
    edition = selectors.speeches_with_history().filter(speech_id=pk).first()
    if edition is None:
        if SpeechEdition.objects.filter(speech_id=pk).exists():
            return gone(request)
        raise Http404(_("There is no such speech."))
    return show_corrections(request, edition, MEETINGS, reverse("corrections", args=[pk]))


@prepared
def _speeches_between_neighbours() -> QuerySet[SpeechEdition]:
    return selectors.speeches_with_history().annotate(
        previous=_neighbour(-1), following=_neighbour(1)
    )


def _neighbour(step: int) -> Subquery:
    """Return the public speech before (-1) or after (1) this one, as they were spoken."""
    after = step > 0
    side = "gt" if after else "lt"
    beyond = Q(**of_owner(f"position__{side}", "position")) | Q(
        **of_owner("position", "position"), **of_owner(f"speech_id__{side}", "speech_id")
    )
    others = SpeechEdition.objects.current().filter(beyond, **of_owner("meeting", "meeting_id"))
    order = ("position", "speech_id") if after else ("-position", "-speech_id")
    columns = {name: name for name in ("id", "speech_id", "title")}
    nearest = others.order_by(*order).values(packed=JSONObject(**columns))[:1]
    return Subquery(nearest, output_field=packed_field())


def _speech_page(entry: SpeechEntry, topics: tuple[str, ...], cover: Picture | None) -> PublicPage:
    edition, meeting = entry.edition, entry.meeting
    article = Article(
        title=edition.title,
        published_at=edition.first_published_at,
        updated_at=edition.published_at,
        source=entry.source,
        author=entry.signature,
        editor=edition.responsible_editor,
        keywords=topics,
    )
    return PublicPage(
        title=edition.title,
        path=edition.get_absolute_url(),
        column=MEETINGS,
        description=edition.summary or plain_text(edition.body),
        trail=(Crumb(meeting.title, meeting.get_absolute_url()),) if meeting else (),
        article=article,
        image=cover.url if cover else "",
        card=reverse("speech_card", args=[edition.speech_id]),
        data=(_facts(entry),),
    )


def _facts(entry: SpeechEntry) -> dict[str, Any]:
    edition = entry.edition
    return {
        "@type": "Article",
        "headline": edition.title,
        "url": absolute(edition.get_absolute_url()),
        "datePublished": edition.first_published_at.isoformat(),
        "dateModified": edition.published_at.isoformat(),
        "author": [
            {"@type": "Person", "name": link.label, "url": absolute(link.url)}
            for link in entry.speakers
        ],
    }
