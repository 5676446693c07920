"""What is searched: one row for each public piece, beside the index of the database's own kind."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.enums import SearchKind


class SearchDocument(models.Model):
    """The words of a current edition.

    ``number`` is the public identity of the piece; ``body`` has a paragraph a line and ``anchors``
    the anchor of each line, empty where the paragraph has none.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=SearchKind)
    number = models.PositiveBigIntegerField(_("number"))
    edition_hash = models.CharField(_("hash"), max_length=64)
    title = models.CharField(_("title"), max_length=250)
    body = models.TextField(_("text"))
    anchors = models.JSONField(default=list)
    url = models.CharField(_("address"), max_length=300)
    day = models.DateField(_("date"), null=True)

    class Meta:
        verbose_name = _("searched piece")
        verbose_name_plural = _("searched pieces")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="search_document_of_piece")
        ]

    def __str__(self) -> str:
        return self.title
