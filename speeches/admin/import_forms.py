"""The forms of the import workbench."""

from django import forms
from django.contrib.admin import site as admin_site
from django.contrib.admin import widgets
from django.utils.translation import gettext_lazy as _

from organizations.models import Speaker
from speeches.admin.forms import SeparatedField
from speeches.admin.workbench import Candidate
from speeches.enums import NameChoice
from speeches.models import ImportedName, ImportedSpeech
from speeches.parsing.reading import MAX_DOCUMENT_BYTES

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


class NameForm(forms.Form):
    """Who a printed name is."""

    choice = forms.ChoiceField(widget=forms.RadioSelect, required=False, label="")
    note = forms.CharField(
        max_length=60,
        required=False,
        label=_("distinguishing note"),
        widget=forms.TextInput(attrs={"placeholder": _("e.g. the other's unit")}),
    )
    speaker = forms.ModelChoiceField(
        Speaker.objects.all(),
        required=False,
        label=_("speaker"),
        widget=widgets.AutocompleteSelect(ImportedName._meta.get_field("speaker"), admin_site),
    )

    def __init__(self, *args, name: ImportedName, candidates: list[Candidate], **kwargs):
        chosen = name.choice
        if name.choice == NameChoice.EXISTING:
            known = {candidate.pk for candidate in candidates}
            chosen = f"{EXISTING}{name.speaker_id}" if name.speaker_id in known else OTHER
        initial = {"choice": chosen, "note": name.note}
        if chosen == OTHER:
            initial["speaker"] = name.speaker_id
        super().__init__(*args, initial=initial, prefix=f"name{name.pk}", **kwargs)
        self.name = name
        self.fields["choice"].choices = [
            *((f"{EXISTING}{row.pk}", _("Known: %s") % row.label) for row in candidates),
            (NameChoice.NEW.value, NameChoice.NEW.label),
            (NameChoice.HOMONYM.value, NameChoice.HOMONYM.label),
            (NameChoice.IGNORED.value, NameChoice.IGNORED.label),
            (OTHER, _("Somebody else on record")),
        ]
        if name.choice == NameChoice.UNRESOLVED:
            self.fields["choice"].choices.insert(
                0, (NameChoice.UNRESOLVED.value, NameChoice.UNRESOLVED.label)
            )

    def decision(self) -> dict:
        """Return the arguments of the service."""
        choice = self.cleaned_data["choice"] or NameChoice.UNRESOLVED
        speaker, note = None, self.cleaned_data["note"]
        if choice == OTHER:
            person = self.cleaned_data["speaker"]
            choice, speaker = NameChoice.EXISTING, person.pk if person else None
        elif choice.startswith(EXISTING):
            choice, speaker = NameChoice.EXISTING, int(choice.removeprefix(EXISTING))
        return {"choice": NameChoice(choice), "speaker_id": speaker, "note": note}
