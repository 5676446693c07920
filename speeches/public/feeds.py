"""The Atom feeds: of the whole site, and of a meeting, a body, a person, a topic, the work."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from taggit.models import Tag

from organizations.models import Organization, Speaker
from speeches.models.editions import MeetingEdition, SpeechEdition
from speeches.public import selectors
from speeches.public.entries import SpeechEntry, WorkEntry, speech_entries, work_entries
from speeches.public.pages import absolute, gone
from speeches.public.topics import tagged
from speeches.richtext import XML_FORBIDDEN
from speeches.site import site
from speeches.textblocks import plain_text

LENGTH = 30
OPENING = 200

Entry = SpeechEntry | WorkEntry


def xml_text(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold."""
    return XML_FORBIDDEN.sub("", text)


class StillFeed(Atom1Feed):
    """An Atom feed that is the same however often it is made, also where it is empty."""

    def latest_post_date(self) -> datetime:
        """When the newest entry changed; without any, the beginning of the count of time."""
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, UTC)


class EntryFeed(Feed):
    """A feed of published pieces; ``name`` is the name of its address.

    A feed of something that was public once and has nothing left answers 410, as its page does.
    """

    feed_type = StillFeed
    name = ""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed."""
        try:
            return super().__call__(request, *args, **kwargs)
        except Withdrawn:
            return gone(request)

    def author_name(self) -> str:
        """The office that publishes; Atom (RFC 4287) requires an author."""
        return site().publisher

    def title(self, about: Any) -> str:
        """What the feed is about, and the site."""
        return xml_text(f"{about} - {site().name}")

    def subtitle(self) -> str:
        """What the feed holds."""
        return _("New speeches")

    def link(self, about: Any) -> str:
        """The page that the feed belongs to."""
        return absolute(about.get_absolute_url())

    def feed_url(self, about: Any) -> str:
        """The feed itself."""
        return absolute(reverse(self.name, args=[about.pk]))

    def item_title(self, item: Entry) -> str:
        """The title as published."""
        return xml_text(item.edition.title)

    def item_description(self, item: Entry) -> str:
        """The summary, or the opening of the text."""
        return xml_text(item.edition.summary or plain_text(item.edition.body)[:OPENING])

    def item_link(self, item: Entry) -> str:
        """The permanent address."""
        return absolute(item.edition.get_absolute_url())

    item_guid = item_link

    def item_author_name(self, item: Entry) -> str:
        """The signature as printed; of work, the body whose work it is."""
        if isinstance(item, SpeechEntry):
            return xml_text(item.signature)
        return item.organization.label if item.organization else ""

    def item_pubdate(self, item: Entry) -> datetime:
        """When it first appeared."""
        return item.edition.first_published_at

    def item_updateddate(self, item: Entry) -> datetime:
        """When its current edition appeared."""
        return item.edition.published_at

    def item_categories(self, item: Entry) -> list[Any]:
        """The topics."""
        return sorted(xml_text(tag.name) for tag in item.edition.tags.all())


class Withdrawn(Exception):
    """What the feed is about was public, and is no longer."""


class NewSpeeches(EntryFeed):
    """The newest speeches of the site."""

    name = "feed"

    def title(self) -> str:
        """The name of the site."""
        return site().name

    def link(self) -> str:
        """The home page."""
        return absolute(reverse("home"))

    def feed_url(self) -> str:
        """The feed itself."""
        return absolute(reverse(self.name))

    def items(self) -> list[SpeechEntry]:
        """The newest speeches first."""
        return _newest(selectors.speeches())


class NewWork(NewSpeeches):
    """The newest highlighted work of the site."""

    name = "work_feed"

    def title(self) -> str:
        """The column, and the site."""
        return f"{self.subtitle()} - {site().name}"

    def subtitle(self) -> str:
        """What the feed holds."""
        return _("Highlighted work")

    def link(self) -> str:
        """The list of the work."""
        return absolute(reverse("work_items"))

    def items(self) -> list[WorkEntry]:
        """The newest work first."""
        return work_entries(selectors.work_items().order_by(*selectors.NEWEST)[:LENGTH])


class MeetingFeed(EntryFeed):
    """The speeches of one meeting."""

    name = "meeting_feed"

    def get_object(self, _request: HttpRequest, slug: str) -> MeetingEdition:
        """Return the public meeting at ``slug``."""
        editions = MeetingEdition.objects.filter(slug=slug)
        return _public(editions.current().first(), editions)

    def feed_url(self, about: MeetingEdition) -> str:
        """The feed itself."""
        return absolute(reverse(self.name, args=[about.slug]))

    def items(self, about: MeetingEdition) -> list[SpeechEntry]:
        """The newest speeches first."""
        return _newest(selectors.speeches().filter(meeting_id=about.meeting_id))


class OrganizationFeed(EntryFeed):
    """The speeches of one body."""

    name = "organization_feed"

    def get_object(self, _request: HttpRequest, pk: int) -> Organization:
        """Return the body, which must have a public speech."""
        body = get_object_or_404(Organization.objects.public(), pk=pk)
        spoken = SpeechEdition.objects.filter(organization=body)
        return _public(body if spoken.current().exists() else None, spoken)

    def items(self, about: Organization) -> list[SpeechEntry]:
        """The newest speeches first."""
        return _newest(selectors.speeches().filter(organization=about))


class SpeakerFeed(EntryFeed):
    """The speeches of one person."""

    name = "speaker_feed"

    def get_object(self, _request: HttpRequest, pk: int) -> Speaker:
        """Return the person, who must have a public speech."""
        spoken = SpeechEdition.objects.filter(credits__speaker_id=pk)
        return _public(selectors.speakers().filter(pk=pk).first(), spoken)

    def items(self, about: Speaker) -> list[SpeechEntry]:
        """The newest speeches first."""
        return _newest(selectors.speeches().filter(selectors.spoken_by(about.pk)))


class TopicFeed(EntryFeed):
    """The speeches on one topic."""

    name = "topic_feed"

    def get_object(self, _request: HttpRequest, slug: str) -> Tag:
        """Return the topic, which must have a public speech."""
        tag = get_object_or_404(Tag, slug=slug)
        spoken = tagged(SpeechEdition.objects.all(), tag)
        return _public(tag if spoken.current().exists() else None, spoken)

    def link(self, about: Tag) -> str:
        """The page of the topic."""
        return absolute(reverse("topic", args=[about.slug]))

    def feed_url(self, about: Tag) -> str:
        """The feed itself."""
        return absolute(reverse(self.name, args=[about.slug]))

    def items(self, about: Tag) -> list[SpeechEntry]:
        """The newest speeches first."""
        return _newest(tagged(selectors.speeches(), about))


def _newest(found: QuerySet[SpeechEdition]) -> list[SpeechEntry]:
    return speech_entries(found[:LENGTH])


def _public(found: Any, editions: QuerySet[Any]) -> Any:
    """Return ``found``; raise Withdrawn or Http404 where nothing is public (any more)."""
    if found is not None:
        return found
    if editions.exists():
        raise Withdrawn
    raise Http404(_("Nothing is published there."))
