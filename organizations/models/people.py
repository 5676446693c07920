"""People and the posts they hold over time."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organizations.images import PictureField
from organizations.models.organizations import Organization

SURNAME_READINGS = {
    "仇": "qiu2",
    "任": "ren2",
    "冼": "xian3",
    "区": "ou1",
    "华": "hua4",
    "单": "shan4",
    "召": "shao4",
    "员": "yun4",
    "宁": "ning4",
    "应": "ying1",
    "曾": "zeng1",
    "朴": "piao2",
    "查": "zha1",
    "燕": "yan1",
    "盖": "ge3",
    "秘": "bi4",
    "种": "chong2",
    "缪": "miao4",
    "翟": "zhai2",
    "覃": "qin2",
    "解": "xie4",
    "那": "na1",
    "黑": "he4",
}
"""How a character is read as a surname, where that is not its common reading (现代汉语词典)."""
_COMPOUND_SURNAMES = ("单于",)


def sort_key_of(name: str) -> str:
    """Return the pinyin of ``name`` for sorting, the tone behind each syllable: ``wen1 ke4``.

    A surname is read as one (曾 is ``zeng1``); blanks and dots between the characters of a name
    do not count. A transliterated name (with ``·``) has no surname.
    """
    characters = "".join(name.split()) if not name.isascii() else name
    surname = SURNAME_READINGS.get(characters[:1])
    if surname and "·" not in name and not characters.startswith(_COMPOUND_SURNAMES):
        syllables = [surname, *_syllables(characters[1:])]
    else:
        syllables = _syllables(characters)
    return " ".join(syllables).lower()[:120]


def _syllables(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - 55 MB that pages need not

    syllables = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    return [syllable for syllable in syllables if any(map(str.isalnum, syllable))]


class SpeakerQuerySet(models.QuerySet):
    """Finding people by what is printed."""

    def named(self, name: str) -> "SpeakerQuerySet":
        """People called ``name``, or printed so; several are homonyms."""
        return self.filter(Q(name=name) | Q(variants__name=name)).distinct()


class Speaker(models.Model):
    """A person who speaks (Popolo Person). Two people of one name are two rows."""

    name = models.CharField(_("name"), max_length=60, db_index=True)
    note = models.CharField(
        _("distinguishing note"),
        max_length=60,
        blank=True,
        help_text=_("Tells people of the same name apart; staff only."),
    )
    sort_key = models.CharField(_("pinyin"), max_length=120, editable=False)
    photo = PictureField(_("photo"), blank=True)
    biography = models.TextField(_("biography"), blank=True)

    objects = SpeakerQuerySet.as_manager()
    history = HistoricalRecords()
    _history_user: Any  # whom django-simple-history names as the editor

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="speaker_listing")]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "note"],
                name="speaker_told_apart",
                violation_error_message=_(
                    "There is a speaker of this name; add a note that tells the two apart."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.note}）" if self.note else self.name

    def save(self, *args, **kwargs) -> None:
        """Keep the sorting key with the name."""
        self.sort_key = sort_key_of(self.name)
        if "name" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The person's public page."""
        return reverse("speaker", args=[self.pk])


class SpeakerVariant(models.Model):
    """Another way a speaker's name is printed."""

    speaker = models.ForeignKey(
        Speaker, verbose_name=_("speaker"), on_delete=models.CASCADE, related_name="variants"
    )
    name = models.CharField(_("printed name"), max_length=60, db_index=True)

    class Meta:
        verbose_name = _("printed variant")
        verbose_name_plural = _("printed variants")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["speaker", "name"], name="speaker_variant_once")
        ]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet):
    """Who holds which post when."""

    def current(self, on: date | None = None) -> "AppointmentQuerySet":
        """Posts held on the day ``on`` (today by default); open ends count as held."""
        day = on or timezone.localdate()
        return self.filter(
            Q(start_date__isnull=True) | Q(start_date__lte=day),
            Q(end_date__isnull=True) | Q(end_date__gte=day),
        )


class Appointment(models.Model):
    """A post that a speaker holds in a body for a time (Popolo Membership)."""

    speaker = models.ForeignKey(
        Speaker, verbose_name=_("speaker"), on_delete=models.CASCADE, related_name="appointments"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    post_title = models.CharField(_("post"), max_length=60)
    start_date = models.DateField(_("from"), null=True, blank=True)
    end_date = models.DateField(_("to"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = [F("start_date").desc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["organization", "start_date"], name="appointment_of_body"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")),
                name="appointment_dates_in_order",
                violation_error_message=_("The post ends before it starts."),
            ),
            models.UniqueConstraint(
                fields=["speaker", "organization", "post_title", "start_date"],
                name="appointment_once",
                violation_error_message=_("This post is already listed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} · {self.organization}{self.post_title}"

    def is_current(self, on: date | None = None) -> bool:
        """Whether the post is held on the day ``on``: the twin of ``current()``."""
        day = on or timezone.localdate()
        return (self.start_date is None or self.start_date <= day) and (
            self.end_date is None or self.end_date >= day
        )
