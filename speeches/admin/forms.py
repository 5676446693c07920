"""The form of a draft: typed texts are never lost, and never overwrite others in silence."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.admin.history import Change, shown
from organizations.differences import differences, excerpt
from speeches.exceptions import EditConflict
from speeches.models import Draft
from speeches.richtext import RichTextField, RichTextFormField, has_wordless_picture
from speeches.services import drafts
from speeches.tagging import split_tags
from speeches.textblocks import plain_text

OVERWRITE = "_overwrite"
"""The button that saves over a colleague's text; it carries the version that was compared."""


def words_of(field: models.Field, value: Any) -> str:
    """Return a value of a draft as words; rich text loses its look."""
    return plain_text(value or "") if isinstance(field, RichTextField) else shown(field, value)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What staff need to decide: the version stored meanwhile and what differs from it."""

    version: int
    fields: list[Change]


class SeparatedField(forms.CharField):
    """A list of short texts, typed in one line and separated by 、."""

    def prepare_value(self, value: Any) -> str:
        """Show the list as one line."""
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Return the texts, each once."""
        return split_tags(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the lists, not the way they are typed."""
        return list(initial or []) != split_tags(data)


class DraftForm(forms.ModelForm):
    """A draft with the version that was opened.

    ``clean`` compares it under a row lock that holds until the view's transaction ends, so of
    simultaneous saves exactly one wins.
    """

    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    conflict: Conflict | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lock_version"].initial = self.instance.lock_version
        if "tags" in self.fields:
            self.fields["tags"].help_text = _("Separate several by 、")

    def expected_version(self) -> int | None:
        """Return the version on which the typed text rests; None for a new draft."""
        if self.instance.pk is None:
            return None
        decided = self.data.get(OVERWRITE, "")
        return int(decided) if decided.isdecimal() else self.cleaned_data.get("lock_version")

    def clean(self):
        """Refuse a text that rests on an older version than the stored one."""
        cleaned = super().clean()
        self._demand_words(cleaned)
        if self.instance.pk is not None:
            version = self.expected_version()
            if version is None:
                raise forms.ValidationError(_("The page is out of date: open it again."))
            try:
                drafts.locked(draft=self.instance, expected_version=version)
            except EditConflict as error:
                self.conflict = self._conflict()
                self.add_error(None, str(error))
        return cleaned

    def _demand_words(self, cleaned: dict[str, Any]) -> None:
        for name, field in self.fields.items():
            if isinstance(field, RichTextFormField) and has_wordless_picture(cleaned.get(name, "")):
                self.add_error(
                    name,
                    _("A picture does not say what it shows: double-click it and write it down."),
                )

    def _conflict(self) -> Conflict:
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        return Conflict(stored.lock_version, field_differences(stored, self.cleaned_data))


def field_differences(stored: Draft, typed: dict[str, Any]) -> list[Change]:
    """Return the fields of ``typed`` whose words differ from those of ``stored``."""
    found = []
    for field in type(stored).content_fields():
        if field.name in typed and not isinstance(field, models.FileField):
            before = words_of(field, getattr(stored, field.name))
            after = words_of(field, typed[field.name])
            if before != after:
                label = str(field.verbose_name)
                found.append(Change(label, excerpt(differences(before, after))))
    return found
