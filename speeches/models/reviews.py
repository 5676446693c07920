"""The record of 三审三校: who did what to which draft, when, and why."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speeches.enums import Action, Stage
from speeches.exceptions import RecordImmutable, SpeechesError
from speeches.models.append_only import AppendOnly


class ReviewRecord(AppendOnly):
    """One step of one draft; rows are only ever added.

    ``review`` is the review that the step stands for: an approval that also stands for merged
    steps of a small office has a row for each. ``edition_hash`` names the edition that a
    publication made or a withdrawal closed; ``text_hash`` tells which text the draft had then.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    draft = GenericForeignKey()
    action = models.CharField(_("action"), max_length=12, choices=Action)
    source = models.CharField(_("from stage"), max_length=16, choices=Stage)
    target = models.CharField(_("to stage"), max_length=16, choices=Stage)
    review = models.CharField(_("review"), max_length=16, choices=Stage, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=0)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    opinion = models.TextField(_("opinion"), blank=True)
    edition_hash = models.CharField(_("edition"), max_length=64, blank=True)
    text_hash = models.CharField(_("hash of the text"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("review record")
        verbose_name_plural = _("review records")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["content_type", "object_id", "round"], name="review_record_of_draft"
            ),
            models.Index(fields=["-created_at"], name="review_record_listing"),
        ]
        default_permissions = ("view",)
        permissions = [
            ("submit_draft", _("May submit and revise drafts")),
            ("first_review", _("May do the first review")),
            ("second_review", _("May do the second review")),
            ("final_review", _("May do the final review")),
            ("publish_draft", _("May publish")),
            ("withdraw_draft", _("May withdraw")),
            ("archive_draft", _("May archive and restore")),
            ("view_audit_trail", _("May read who changed what")),
            ("view_any_draft", _("May open every draft")),
            ("change_any_draft", _("May change drafts of others")),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.created_at:%Y-%m-%d %H:%M}"

    @staticmethod
    def immutable() -> SpeechesError:
        """Return the refusal to change or delete a record."""
        return RecordImmutable(gettext("A review record is never changed or deleted."))
