"""The forms of the import workbench."""

from django import forms
from django.contrib.admin import site as admin_site
from django.contrib.admin import widgets
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization, Speaker
from speeches.admin.forms import SeparatedField
from speeches.enums import NameChoice
from speeches.models import ImportedName, ImportedSpeech
from speeches.parsing.reading import MAX_DOCUMENT_BYTES
from speeches.services.name_queue import Question

EXISTING = "existing:"
OTHER = "other"


class UploadForm(forms.Form):
    """A file with what staff know of it."""

    file = forms.FileField(
        label=_("file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.docx,.doc,.pdf,.html,.htm"}),
        help_text=_(
            "One newspaper page or meeting: text (at most 10 MB), Word, PDF or a saved web page "
            "(at most 50 MB)."
        ),
    )
    encoding = forms.ChoiceField(
        label=_("encoding"),
        required=False,
        choices=[
            ("", _("Recognise it")),
            ("utf-8", "UTF-8"),
            ("gb18030", _("GBK / GB18030 (Simplified Chinese Windows)")),
            ("big5", _("Big5 (Traditional Chinese)")),
            ("utf-16", "UTF-16"),
        ],
        help_text=_("Choose one only where the text came out garbled."),
    )
    title = forms.CharField(
        label=_("meeting"),
        max_length=200,
        required=False,
        widget=widgets.AdminTextInputWidget,
        help_text=_("Leave empty to take it from the file."),
    )
    held_on = forms.DateField(label=_("date"), required=False, widget=widgets.AdminDateWidget)

    def clean_file(self):
        """Refuse what is too large before it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_DOCUMENT_BYTES:
            message = _("The file has %(size)s MB; at most %(limit)s MB can be read.")
            limits = {"size": upload.size // 1024**2, "limit": MAX_DOCUMENT_BYTES // 1024**2}
            raise forms.ValidationError(message, params=limits)
        return upload


class BatchForm(forms.Form):
    """What is known of the meeting of a file."""

    title = forms.CharField(label=_("meeting"), max_length=200, widget=widgets.AdminTextInputWidget)
    held_on = forms.DateField(label=_("date"), required=False, widget=widgets.AdminDateWidget)


class ItemForm(forms.Form):
    """What staff correct in one imported speech; ``paragraphs`` has one on each line."""

    title = forms.CharField(label=_("title"), max_length=200, required=False)
    byline = forms.CharField(label=_("byline as printed"), max_length=300, required=False)
    organization_printed = forms.CharField(
        label=_("organization as printed"), max_length=120, required=False
    )
    posts = SeparatedField(
        label=_("posts as printed"), required=False, help_text=_("Separate several by 、")
    )
    speakers = SeparatedField(
        label=_("speakers"), required=False, help_text=_("Separate several by 、")
    )
    on_behalf_of = forms.CharField(label=_("on behalf of"), max_length=120, required=False)
    paragraphs = forms.CharField(
        label=_("paragraphs"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Each line is a paragraph; empty lines do not count."),
    )

    @classmethod
    def for_item(cls, item: ImportedSpeech, data=None) -> "ItemForm":
        """Return the form of one speech, bound where ``data`` was typed into it."""
        initial = {
            "title": item.title,
            "byline": item.byline,
            "organization_printed": item.organization_printed,
            "posts": item.posts,
            "speakers": [name.printed for name in item.names.all()],
            "on_behalf_of": item.on_behalf_of,
            "paragraphs": "\n\n".join(item.paragraphs),
        }
        return cls(data, initial=initial, prefix=f"item{item.pk}")

    def correction(self) -> dict:
        """Return the arguments of the service."""
        return {**self.cleaned_data, "paragraphs": self.cleaned_data["paragraphs"].splitlines()}


class PersonForm(forms.Form):
    """Who a printed name is, wherever it stands in the file."""

    CHOICES = (NameChoice.NEW, NameChoice.HOMONYM, NameChoice.IGNORED)
    model = ImportedName
    field = "speaker"

    choice = forms.ChoiceField(label=_("decision"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("distinguishing note"), max_length=60, required=False)

    def __init__(self, *args, question: Question, **kwargs):
        chosen, known = question.choice, {row.pk for row in question.suggestions}
        other = None
        if chosen == NameChoice.EXISTING:
            chosen = f"{EXISTING}{question.chosen}" if question.chosen in known else OTHER
            other = question.chosen if chosen == OTHER else None
        elif question.is_open:
            chosen = ""
        initial = {"choice": chosen, "note": question.note, "other": other}
        super().__init__(*args, initial=initial, **kwargs)
        self.reasons = {f"{EXISTING}{row.pk}": row.reason for row in question.suggestions}
        self.fields["choice"].choices = [
            *((f"{EXISTING}{row.pk}", row.label) for row in question.suggestions),
            (OTHER, self.other_label),
            *((choice.value, self.labels.get(choice, choice.label)) for choice in self.CHOICES),
        ]
        self.fields["other"] = forms.ModelChoiceField(
            label=self.other_label,
            queryset=self.found.all(),
            required=False,
            widget=AutocompleteSelect(self.model._meta.get_field(self.field), admin_site),
        )

    labels = {}
    other_label = _("Somebody else on record")
    found = Speaker.objects

    def clean(self):
        """Ask for whom is meant by somebody else."""
        cleaned = super().clean()
        if cleaned.get("choice") == OTHER and cleaned.get("other") is None:
            self.add_error("other", _("Choose one from the records."))
        return cleaned

    def chosen(self) -> tuple[NameChoice, int | None]:
        """Return the decision, and the key of what is on record."""
        choice = self.cleaned_data["choice"]
        if choice == OTHER:
            return NameChoice.EXISTING, self.cleaned_data["other"].pk
        if choice.startswith(EXISTING):
            return NameChoice.EXISTING, int(choice.removeprefix(EXISTING))
        return NameChoice(choice), None


class BodyForm(PersonForm):
    """Which body a printed name is, wherever it stands in the file."""

    CHOICES = (NameChoice.NEW, NameChoice.IGNORED)
    model = ImportedSpeech
    field = "organization"
    labels = {NameChoice.NEW: _("New body"), NameChoice.IGNORED: _("Not a body")}
    other_label = _("Another body on record")
    found = Organization.objects

    note = forms.CharField(label=_("full name"), max_length=120, required=False)


class RenameForm(forms.Form):
    """A wrongly printed name and the right one."""

    old = forms.CharField(label=_("as printed"), max_length=60)
    new = forms.CharField(label=_("right"), max_length=60)
    in_text = forms.BooleanField(
        label=_("in titles and paragraphs too"), required=False, initial=True
    )
