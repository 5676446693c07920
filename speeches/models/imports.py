"""A file on its way to drafts: what was read, and what staff decided."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization, Speaker
from speeches.enums import BatchState, ItemState, NameChoice
from speeches.querysets import ImportBatchQuerySet


def private_storage():
    """The storage that no web server may serve."""
    return storages["private"]


class ImportBatch(models.Model):
    """One imported file, recognised by the SHA-256 of its bytes.

    ``parsed`` keeps what the parser read (the JSON of ``import_digest --dry-run``); ``warnings``
    what needs a look, each with ``code``, ``message``, ``speech`` (its ``number``, or null) and
    ``offset`` (a place in ``source_text``, or null).

    ``aside`` holds the blocks of the file that are in no speech: page furniture, remarks, and what
    staff took out. ``version`` counts the edits; ``last_key`` is the key given to a block last.
    ``progress`` tells how far reading is: ``stage``, ``done`` and ``total`` (see
    ``parsing.progress``); ``problem`` why a file could not be read.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    filename = models.CharField(_("file name"), max_length=255, editable=False)
    original = models.FileField(
        _("original file"), upload_to="imports/%Y/%m", storage=private_storage, editable=False
    )
    source_text = models.TextField(_("source text"), blank=True, editable=False)
    parsed = models.JSONField(_("as parsed"), default=dict, editable=False)
    warnings = models.JSONField(_("warnings"), default=list, editable=False)
    aside = models.JSONField(_("set aside"), default=list, editable=False)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True, editable=False)
    progress = models.JSONField(_("progress"), default=dict, editable=False)
    problem = models.TextField(_("problem"), blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    last_key = models.PositiveIntegerField(default=0, editable=False)
    meeting_title = models.CharField(_("meeting"), max_length=200, blank=True)
    meeting_date = models.DateField(_("date"), null=True, blank=True)
    meeting = models.ForeignKey(
        "speeches.Meeting",
        verbose_name=_("meeting"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="batches",
        editable=False,
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=BatchState,
        default=BatchState.OPEN,
        editable=False,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(_("imported"), auto_now_add=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "-created_at"], name="batch_by_state")]

    def __str__(self) -> str:
        return self.filename


class ImportedSpeech(models.Model):
    """One speech of a file as read, corrected by staff before it becomes a draft.

    ``number`` is its place in the file, by which warnings name it; a speech that staff split off
    has none. ``posts`` is a list of texts, ``blocks`` the paragraphs with where they stood in the
    source (``speeches.blocks.Block``); ``figures`` are those of the parser's JSON.
    """

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import"), on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveIntegerField(_("position"))
    number = models.PositiveIntegerField(_("number in the file"), null=True, editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    byline = models.CharField(_("byline as printed"), max_length=300, blank=True)
    organization_printed = models.CharField(
        _("organization as printed"), max_length=120, blank=True
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    organization_choice = models.CharField(
        _("decision"), max_length=12, choices=NameChoice, default=NameChoice.UNRESOLVED
    )
    organization_name = models.CharField(_("full name"), max_length=120, blank=True)
    posts = models.JSONField(_("posts as printed"), default=list, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=120, blank=True)
    blocks = models.JSONField(_("paragraphs"), default=list, blank=True)
    figures = models.JSONField(_("figures"), default=list, editable=False)
    source_start = models.PositiveIntegerField(default=0, editable=False)
    source_end = models.PositiveIntegerField(default=0, editable=False)
    reordered = models.BooleanField(_("moved"), default=False, editable=False)
    confidence = models.FloatField(_("confidence"), default=1.0, editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=ItemState, default=ItemState.PENDING, editable=False
    )
    speech = models.ForeignKey(
        "speeches.Speech",
        verbose_name=_("draft"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("imported speech")
        verbose_name_plural = _("imported speeches")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="imported_speech_position")
        ]

    def __str__(self) -> str:
        return self.title or self.byline or self.organization_printed

    @property
    def paragraphs(self) -> list[str]:
        """The texts of the blocks, in reading order."""
        return [block["text"] for block in self.blocks]

    @property
    def bold(self) -> list[list[tuple[int, int]]]:
        """Which words of each paragraph, ``start:end``, the file sets bold."""
        return [block.get("bold", []) for block in self.blocks]


class ImportedName(models.Model):
    """A speaker's name in an imported speech, and the person staff say it is."""

    item = models.ForeignKey(
        ImportedSpeech,
        verbose_name=_("imported speech"),
        on_delete=models.CASCADE,
        related_name="names",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    printed = models.CharField(_("name as printed"), max_length=60)
    choice = models.CharField(
        _("decision"), max_length=12, choices=NameChoice, default=NameChoice.UNRESOLVED
    )
    speaker = models.ForeignKey(
        Speaker, verbose_name=_("speaker"), on_delete=models.SET_NULL, null=True, blank=True
    )
    note = models.CharField(_("distinguishing note"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("imported name")
        verbose_name_plural = _("imported names")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.printed


class ImportEdit(models.Model):
    """One step of the work on a batch, so that it can be undone and colleagues see who did it.

    ``version`` is that of the batch after the step. ``before`` is what the step changed, as it
    was (``services.import_edits``); empty for a step that cannot be undone.
    """

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import"), on_delete=models.CASCADE, related_name="edits"
    )
    version = models.PositiveIntegerField(_("version"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.PROTECT, related_name="+"
    )
    told = models.CharField(_("step"), max_length=200)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    before = models.JSONField(_("before"), default=dict)
    undone = models.BooleanField(_("undone"), default=False)

    class Meta:
        verbose_name = _("step of an import")
        verbose_name_plural = _("steps of an import")
        ordering = ["-version"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["batch", "version"], name="import_edit_version")
        ]

    def __str__(self) -> str:
        return self.told


class ImportedPicture(models.Model):
    """A picture of a file, encoded anew; ``number`` counts from 1 through the file.

    ``offset`` is its place in ``source_text``, ``description`` what its author wrote for those who
    do not see it. Behind which paragraph it stands now, and whether it is used, is told by the
    blocks (``services.blocks``), so that it goes where they go and comes back when a step is
    undone.
    """

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import"), on_delete=models.CASCADE, related_name="pictures"
    )
    number = models.PositiveSmallIntegerField(_("number in the file"))
    offset = models.PositiveIntegerField(default=0)
    description = models.CharField(_("description"), max_length=300, blank=True)
    file = models.FileField(
        _("picture"), upload_to="imports/pictures/%Y/%m", storage=private_storage, editable=False
    )

    class Meta:
        verbose_name = _("imported picture")
        verbose_name_plural = _("imported pictures")
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="imported_picture_number")
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.number}"
