"""Pages of meetings and of the speeches below them."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class MeetingPage(Page):
    """A meeting, and the list of its speeches."""


class SpeechTag(TaggedItemBase):
    """A topic of a speech."""

    content_object = ParentalKey("SpeechPage", related_name="tagged_items")


class SpeechPage(Page):
    """A speech with what its page shows."""

    byline = models.CharField(max_length=250)
    speaker = models.CharField(max_length=250)
    organization = models.CharField(max_length=250)
    body = RichTextField()
    tags = ClusterTaggableManager(through=SpeechTag, blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("byline", "speaker", "organization", "body", "tags")),
    ]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """Add the way here, the columns, the meeting's other speeches and those of a topic."""
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": self.get_ancestors().live().filter(depth__gt=1),
            "columns": Page.objects.live().in_menu().filter(depth=3),
            "previous": self.get_prev_siblings().live().first(),
            "following": self.get_next_siblings().live().first(),
            "related": SpeechPage.objects.live()
            .filter(tags__in=self.tags.all())
            .exclude(pk=self.pk)
            .distinct()[:5],
        }
