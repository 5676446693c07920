"""The Atom feed of new speeches."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from speeches.public import selectors
from speeches.public.entries import SpeechEntry, speech_entries
from speeches.public.pages import absolute
from speeches.richtext import XML_FORBIDDEN
from speeches.textblocks import plain_text

LENGTH = 30


def xml_text(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold."""
    return XML_FORBIDDEN.sub("", text)


class NewSpeeches(Feed):
    """The newest speeches of the site."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """The name of the site."""
        return settings.SITE_NAME

    def subtitle(self) -> str:
        """What the feed holds."""
        return _("New speeches")

    def author_name(self) -> str:
        """The office that publishes; Atom (RFC 4287) requires an author."""
        return settings.SITE_OWNER or settings.SITE_NAME

    def link(self) -> str:
        """The home page."""
        return absolute(reverse("home"))

    def feed_url(self) -> str:
        """The feed itself."""
        return absolute(reverse("feed"))

    def items(self) -> list[SpeechEntry]:
        """The newest speeches first."""
        return speech_entries(selectors.speeches().prefetch_related("tags")[:LENGTH])

    def item_title(self, item: SpeechEntry) -> str:
        """The title as published."""
        return xml_text(item.edition.title)

    def item_description(self, item: SpeechEntry) -> str:
        """The summary, or the opening of the text."""
        return xml_text(item.edition.summary or plain_text(item.edition.body)[:200])

    def item_link(self, item: SpeechEntry) -> str:
        """The permanent address."""
        return absolute(item.edition.get_absolute_url())

    item_guid = item_link

    def item_author_name(self, item: SpeechEntry) -> str:
        """The signature as printed."""
        return xml_text(item.signature)

    def item_pubdate(self, item: SpeechEntry) -> datetime:
        """When it first appeared."""
        return item.edition.first_published_at

    def item_updateddate(self, item: SpeechEntry) -> datetime:
        """When its current edition appeared."""
        return item.edition.published_at

    def item_categories(self, item: SpeechEntry) -> list[Any]:
        """The topics."""
        return sorted(xml_text(tag.name) for tag in item.edition.tags.all())
