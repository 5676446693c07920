"""The exports of a meeting: choose speeches and a form, wait, take the file along."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speeches.admin.display import change_url
from speeches.admin.export_files import files_context, format_choices, hand_over
from speeches.exceptions import ExportRefused
from speeches.exporting.selection import Selection
from speeches.models import ExportFile, Meeting, MeetingEdition, SpeechEdition
from speeches.services import exports


class ExportForm(forms.Form):
    """Which speeches go into a file, in which order and form."""

    format_name = forms.ChoiceField(label=_("format"), choices=format_choices)
    with_work_items = forms.BooleanField(
        label=_("with highlighted work and its figures"), required=False, initial=True
    )

    def __init__(self, data=None, *, speeches: list[SpeechEdition]):
        super().__init__(data)
        self.speeches = speeches
        for place, speech in enumerate(speeches, start=1):
            self.fields[f"take-{speech.speech_id}"] = forms.BooleanField(
                label=speech.title, required=False, initial=True
            )
            self.fields[f"place-{speech.speech_id}"] = forms.IntegerField(
                label=_("sequence"), required=False, initial=place, min_value=0, max_value=9999
            )

    def rows(self):
        """Yield each speech with its two fields, for the table."""
        for speech in self.speeches:
            yield speech, self[f"take-{speech.speech_id}"], self[f"place-{speech.speech_id}"]

    def clean(self):
        """Refuse an empty choice."""
        cleaned = super().clean()
        if self.speeches and not any(
            cleaned.get(f"take-{speech.speech_id}") for speech in self.speeches
        ):
            raise forms.ValidationError(_("Tick at least one speech."))
        return cleaned

    def selection(self) -> Selection:
        """Return the choice; all speeches in their own order are named as none."""
        given = self.cleaned_data
        taken = [speech.speech_id for speech in self.speeches if given[f"take-{speech.speech_id}"]]
        ordered = sorted(taken, key=lambda number: given[f"place-{number}"] or 0)
        as_published = ordered == [speech.speech_id for speech in self.speeches]
        return Selection(() if as_published else tuple(ordered), given["with_work_items"])


class ExportPages:
    """The pages of a meeting's files, for the ModelAdmin of meetings."""

    def get_urls(self):
        """Add the addresses of the page and of each file."""
        return [
            path(
                "<int:pk>/exports/",
                self.admin_site.admin_view(self.exports_view),
                name="speeches_meeting_exports",
            ),
            path(
                "<int:pk>/exports/<int:file_pk>/",
                self.admin_site.admin_view(self.export_file_view),
                name="speeches_meeting_export_file",
            ),
            *super().get_urls(),
        ]

    def exports_view(self, request, pk: int):
        """Show what was made of a published meeting, and have more made."""
        meeting = self.visible_draft(request, pk)
        edition = MeetingEdition.objects.current().filter(meeting_id=pk).first()
        if edition is None:
            messages.warning(request, gettext("Only what is published can be handed on."))
            return HttpResponseRedirect(change_url(meeting))
        speeches = list(
            SpeechEdition.objects.current()
            .filter(meeting_id=pk)
            .defer("body")
            .order_by("position", "speech_id")
        )
        form = ExportForm(request.POST or None, speeches=speeches)
        if request.method == "POST" and form.is_valid():
            return self._request(request, meeting, edition, form)
        current = {edition.content_hash, *(speech.content_hash for speech in speeches)}
        context = {
            **self.admin_site.each_context(request),
            **files_context(ExportFile.objects.filter(meeting_id=pk), current),
            "title": gettext("Files of the meeting"),
            "subtitle": str(meeting),
            "meeting": meeting,
            "form": form,
            "media": self.media,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/meeting_exports.html", context)

    @staticmethod
    def _request(request, meeting: Meeting, edition: MeetingEdition, form: ExportForm):
        try:
            exports.request_export(
                meeting=edition,
                format_name=form.cleaned_data["format_name"],
                selection=form.selection(),
                user=request.user,
            )
        except ExportRefused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:speeches_meeting_exports", args=[meeting.pk]))

    def export_file_view(self, request, pk: int, file_pk: int):
        """Hand over a finished file under its Chinese name."""
        self.visible_draft(request, pk)
        return hand_over(ExportFile.objects.filter(meeting_id=pk), file_pk)
