"""What is searched: one row for each public piece, beside the index of the engine in use."""

import zlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.enums import SearchKind, TermKind


class CompressedTextField(models.BinaryField):
    """A text that is only read whole and never compared: a third of its bytes are stored."""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> str | None:
        """Return the text that was stored."""
        return None if value is None else zlib.decompress(value).decode()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return the bytes that are stored."""
        packed = zlib.compress(value.encode(), 6) if isinstance(value, str) else value
        return super().get_db_prep_value(packed, connection, prepared)


class SearchState(models.Model):
    """Which build of the index is searched: at most one row, with the key 1.

    ``generation`` counts the builds; ``tokens_version`` is the tokeniser that made this one.
    """

    KEY = 1

    generation = models.PositiveIntegerField(default=0)
    tokens_version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.generation}"


class SearchDocument(models.Model):
    """The words of a current edition in one build of the index.

    ``id`` is not counted but made of the build, the day and a number within the day
    (``search.documents``), so that an index sorted by key is sorted by date. ``number`` is the
    public identity of the piece; ``marks`` holds what it is filtered by as tokens with blanks
    between them; ``body`` has a paragraph a line and ``anchors`` the anchor of each line, empty
    where the paragraph has none. The long columns come last, so that short ones are read alone.
    """

    id = models.BigIntegerField(primary_key=True)
    generation = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=SearchKind)
    number = models.PositiveBigIntegerField(_("number"))
    edition_hash = models.CharField(_("hash"), max_length=64)
    day = models.DateField(_("date"), null=True)
    marks = models.TextField()
    title = models.CharField(_("title"), max_length=250)
    url = models.CharField(_("address"), max_length=300)
    anchors = models.JSONField(default=list)
    body = CompressedTextField(_("text"))

    class Meta:
        verbose_name = _("searched piece")
        verbose_name_plural = _("searched pieces")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "kind", "number"], name="search_document_of_piece"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SearchTerm(models.Model):
    """A word that readers may mean: a name of a person or a body, a synonym, a word of a title.

    ``text`` is folded and without blanks and marks, ``words`` its runs with blanks between them;
    rows of one kind and ``number`` (0 for words) name the same. ``pinyin`` and ``initials`` are
    its reading without tones, ``sound`` the reading with what is easily confused made equal (zh
    and z, ing and in).
    """

    kind = models.CharField(max_length=8, choices=TermKind)
    number = models.PositiveBigIntegerField(default=0)
    text = models.CharField(max_length=120)
    words = models.CharField(max_length=160)
    pinyin = models.CharField(max_length=255)
    initials = models.CharField(max_length=120)
    sound = models.CharField(max_length=255)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["text"], name="search_term_text", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(fields=["pinyin"], name="search_term_pinyin"),
            models.Index(fields=["initials"], name="search_term_initials"),
            models.Index(fields=["sound"], name="search_term_sound"),
            models.Index(fields=["kind", "number"], name="search_term_of"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number", "text", "pinyin"], name="search_term_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Synonym(models.Model):
    """Words that mean the same to readers: a search for one finds the others."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=200,
        help_text=_(
            "Separate them by 、. Names and aliases of organizations and people need no entry."
        ),
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words


class SearchedQuery(models.Model):
    """How often something was searched in a month: no reader, no address, no single moment."""

    month = models.DateField(_("month"))
    text = models.CharField(_("searched for"), max_length=64)
    times = models.PositiveIntegerField(_("times"), default=0)
    without_result = models.PositiveIntegerField(_("without result"), default=0)

    class Meta:
        verbose_name = _("search of readers")
        verbose_name_plural = _("searches of readers")
        default_permissions = ("view",)
        ordering = ["-month", "-times", "text"]
        constraints = [
            models.UniqueConstraint(fields=["month", "text"], name="searched_query_of_month")
        ]

    def __str__(self) -> str:
        return self.text
