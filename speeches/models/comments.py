"""What people who read a draft say of its paragraphs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.colleagues import name_of
from speeches.models.pieces import AboutDraft

LONGEST_COMMENT = 2000


class ReviewComment(AboutDraft):
    """A remark on a paragraph of a draft, or the answer to one.

    ``anchor`` is the paragraph (``p3``), empty for the whole draft; ``passage`` its words when the
    remark was made, so that it stays understood after the paragraph has gone. A colleague makes it
    as ``author``; somebody without an account through a ``link``, under the name that they gave.
    """

    anchor = models.CharField(_("paragraph"), max_length=16, blank=True)
    passage = models.TextField(_("passage"), blank=True)
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    link = models.ForeignKey(
        "speeches.DraftLink",
        verbose_name=_("link for confirmation"),
        on_delete=models.PROTECT,
        related_name="comments",
        null=True,
        blank=True,
    )
    outside_name = models.CharField(_("name as given"), max_length=60, blank=True)
    answers_to = models.ForeignKey(
        "self",
        verbose_name=_("answer to"),
        on_delete=models.CASCADE,
        related_name="answers",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("resolved by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["content_type", "object_id"],
                condition=Q(resolved_at__isnull=True, answers_to__isnull=True),
                name="comment_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False, link__isnull=True)
                | Q(author__isnull=True, link__isnull=False),
                name="comment_by_colleague_or_link",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def speaker(self) -> str:
        """Who says it, as staff are told."""
        return name_of(self.author) or self.outside_name
