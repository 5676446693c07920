"""The cover of a draft in its form: sent with words that say what it shows, or of the library."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from speeches.models import Picture

LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Sent:
    """A new file with its words, or the number of a picture; ``stored`` is the present cover."""

    upload: Any = None
    words: str = ""
    chosen: str = ""
    stored: Any = None


class CoverWidget(AdminFileWidget):
    """The stock field for a file, and beside it the way to the library for who may see that."""

    def __init__(self, *, may_choose: bool) -> None:
        self.may_choose = may_choose
        super().__init__()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        """Return what was sent of all three."""
        return Sent(
            super().value_from_datadict(data, files, name),
            data.get(f"{name}-words", "").strip()[:LONGEST_WORDS],
            data.get(f"{name}-chosen", "").strip() if self.may_choose else "",
        )

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Put the words and the choice below the stock field; what was typed of them stays."""
        sent = value if isinstance(value, Sent) else Sent(stored=value)
        context = {
            "stock": super().render(name, sent.stored, attrs, renderer),
            "name": name,
            "id": (attrs or {}).get("id", name),
            "sent": sent,
            "may_choose": self.may_choose,
            "longest": LONGEST_WORDS,
        }
        return render_to_string("admin/cover.html", context)


class CoverField(forms.ImageField):
    """A new picture, which must say what it shows, or one of the library, which stays as it is."""

    def bound_data(self, data: Sent, initial: Any) -> Sent:
        """Show the stored cover beside what was sent."""
        return replace(data, stored=initial)

    def has_changed(self, initial: Any, data: Sent) -> bool:
        """Whether anything was sent or chosen."""
        return bool(data.chosen) or super().has_changed(initial, data.upload)

    def clean(self, data: Sent, initial: Any = None) -> Any:
        """Return the upload with its ``words``, or the name of the chosen picture's file."""
        cleaned = super().clean(data.upload, initial)
        if data.upload and data.chosen:
            raise forms.ValidationError(_("Send a new picture or choose one, not both."))
        if data.upload and not data.words:
            raise forms.ValidationError(_("Say in a few words what the picture shows."))
        if data.upload:
            cleaned.words = data.words
        elif data.chosen:
            number = int(data.chosen) if data.chosen.isdecimal() else 0
            cleaned = Picture.objects.filter(pk=number).values_list("name", flat=True).first()
            if cleaned is None:
                raise forms.ValidationError(_("The library has no picture of this number."))
        return cleaned


def words_sent(form: forms.ModelForm) -> dict[str, str]:
    """Return what the new pictures of a valid ``form`` show, by field."""
    return {
        name: form.cleaned_data[name].words
        for name, field in form.fields.items()
        if isinstance(field, CoverField) and hasattr(form.cleaned_data.get(name), "words")
    }
