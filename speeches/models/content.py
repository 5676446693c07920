"""What is said, written once: the fields that a draft and its editions share."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.images import PictureField
from organizations.models import Appointment, Organization, Speaker
from speeches.enums import FigureBound, FigureClaim, MeetingKind, SpeechKind
from speeches.richtext import RichTextField


class Content(models.Model):
    """What is published: it can be told as plain data, alike for a draft and its editions."""

    class Meta:
        abstract = True

    def content(self) -> dict[str, Any]:
        """Return everything that readers are shown, as JSON types.

        Two rows with equal content say the same. Concrete kinds add their related rows, which
        must be stored.
        """
        columns = (field.attname for field in self.content_fields())
        return {name: _plain(getattr(self, name)) for name in columns}

    def parts(self) -> dict[str, Any]:
        """Return what readers are shown beside the columns: speakers, figures, topics."""
        columns = {field.attname for field in self.content_fields()}
        return {name: told for name, told in self.content().items() if name not in columns}

    @classmethod
    def content_fields(cls) -> list[models.Field]:
        """Return the columns that a draft shares with its editions."""
        base = next(base for base in cls.__mro__ if Content in base.__bases__)
        return list(base._meta.local_fields)


def _plain(value: Any) -> Any:
    if isinstance(value, models.fields.files.FieldFile):
        return value.name or ""
    return f"{value:.4f}" if isinstance(value, Decimal) else value


class MeetingContent(Content):
    """A conference at which people spoke (Popolo Event, Akoma Ntoso debate).

    ``term`` (届) and ``session`` (次) count from 1. ``kicker`` stands above the title,
    ``subtitle`` below it, as in a newspaper.
    """

    slug = models.SlugField(_("address"), max_length=80, allow_unicode=True)
    title = models.CharField(_("title"), max_length=200)
    kicker = models.CharField(_("kicker"), max_length=200, blank=True)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    kind = models.CharField(
        _("kind"), max_length=16, choices=MeetingKind, default=MeetingKind.OTHER
    )
    start_date = models.DateField(_("first day"), null=True, blank=True)
    end_date = models.DateField(_("last day"), null=True, blank=True)
    term = models.PositiveSmallIntegerField(
        _("term"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    session = models.PositiveSmallIntegerField(
        _("session"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    host = models.ForeignKey(
        Organization, verbose_name=_("host"), on_delete=models.PROTECT, null=True, blank=True
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    editors_note = models.TextField(_("editor's note"), blank=True)
    cover = PictureField(_("cover"), blank=True)
    source_newspaper = models.CharField(_("source newspaper"), max_length=60, blank=True)
    source_issue = models.CharField(_("issue"), max_length=60, blank=True)
    source_page = models.CharField(_("page"), max_length=30, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Topical:
    """A piece that is sorted by topic; ``tags`` are the topics of a draft."""

    tags: Any

    def topic_names(self) -> list[str]:
        """Return the names of the topics in order."""
        return sorted(tag.name for tag in self.tags.all())


class SpeechContent(Topical, Content):
    """One speech of a meeting (Akoma Ntoso speech).

    ``byline`` is the signature as printed, with ``organization_printed`` and ``posts_printed``
    (a list of texts) as read from it; ``organization`` is the body it was resolved to.
    """

    meeting = models.ForeignKey(
        "speeches.Meeting", verbose_name=_("meeting"), on_delete=models.PROTECT
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=200)
    byline = models.CharField(_("byline as printed"), max_length=300, blank=True)
    organization_printed = models.CharField(
        _("organization as printed"), max_length=120, blank=True
    )
    posts_printed = models.JSONField(_("posts as printed"), default=list, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    on_behalf_of = models.CharField(_("on behalf of"), max_length=120, blank=True)
    body = RichTextField(_("text"))
    summary = models.TextField(_("summary"), blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=SpeechKind, default=SpeechKind.ORAL)
    source = models.CharField(_("source"), max_length=120, blank=True)
    responsible_editor = models.CharField(_("responsible editor"), max_length=60, blank=True)
    cover = PictureField(_("cover"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def organization_name(self) -> str:
        """The body as printed, else as resolved."""
        return self.organization_printed or str(self.organization or "")

    def content(self) -> dict[str, Any]:
        """Add the speakers in order and the topics."""
        return {
            **super().content(),
            "speakers": [credit.told() for credit in self.credits.all()],
            "topics": self.topic_names(),
        }


class SpeakerCredit(models.Model):
    """A speaker of a speech, in order, with the name as printed and the post at the time.

    As text it is the name for readers: as printed, else the person's; never the note of staff.
    """

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    speaker = models.ForeignKey(Speaker, verbose_name=_("speaker"), on_delete=models.PROTECT)
    name_printed = models.CharField(_("name as printed"), max_length=60, blank=True)
    appointment = models.ForeignKey(
        Appointment, verbose_name=_("post"), on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_printed or self.speaker.name

    def told(self) -> list[Any]:
        """Return the person, the name as printed and the post, as JSON types."""
        return [self.speaker_id, self.name_printed, self.appointment_id]


class WorkItemContent(Topical, Content):
    """A piece of highlighted work (亮点工作).

    ``paragraph`` is the anchor (``p3``) of the paragraph of ``speech`` that tells of it.
    """

    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    body = RichTextField(_("text"), blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    speech = models.ForeignKey(
        "speeches.Speech",
        verbose_name=_("speech"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    paragraph = models.CharField(_("paragraph"), max_length=12, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1949), MaxValueValidator(2199)],
    )
    image = PictureField(_("image"), blank=True)
    featured = models.BooleanField(_("featured"), default=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def content(self) -> dict[str, Any]:
        """Add the figures in order and the topics."""
        return {
            **super().content(),
            "figures": [figure.content() for figure in self.figures.all()],
            "topics": self.topic_names(),
        }


class Indicator(models.Model):
    """What several figures measure, so that bodies and years can be compared."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    unit = models.CharField(_("unit"), max_length=16, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FigureContent(Content):
    """A work figure: the exact words beside what they mean.

    ``low`` and ``high`` are in the unscaled unit (元, not 万元); an empty one leaves that side
    open. ``start`` and ``end`` are offsets of ``printed`` in its paragraph.
    """

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    printed = models.CharField(_("as printed"), max_length=120)
    low = models.DecimalField(_("low"), max_digits=22, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("high"), max_digits=22, decimal_places=4, null=True, blank=True)
    bound = models.CharField(
        _("bound"), max_length=12, choices=FigureBound, default=FigureBound.EXACT
    )
    unit = models.CharField(_("unit"), max_length=16, blank=True)
    object = models.CharField(_("object"), max_length=60, blank=True)
    claim = models.CharField(
        _("claim"), max_length=12, choices=FigureClaim, default=FigureClaim.RESULT
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, null=True, blank=True
    )
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.printed

    def content(self) -> dict[str, Any]:
        """Add whether staff compared the figure with its source."""
        return {**super().content(), "verified": self.verified}
