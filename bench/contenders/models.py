"""The tables that others search in."""

from django.db import models
from modelsearch import index


class IndexedText(index.Indexed, models.Model):
    """A speech as modelsearch, the search of Wagtail, is told to index it."""

    title = models.CharField(max_length=250)
    body = models.TextField()

    search_fields = (index.SearchField("title", boost=10), index.SearchField("body"))

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.title
