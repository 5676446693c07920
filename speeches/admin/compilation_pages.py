"""Compilations (摘编): the speeches of one body, person or topic of several meetings, as files."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from organizations.models import Organization, Speaker
from speeches.admin.export_files import files_context, format_choices, hand_over
from speeches.exceptions import ExportRefused
from speeches.exporting.compilation import Collection, Scope, meetings_of, spoken_in
from speeches.models import ExportFile, MeetingEdition, SpeechEdition
from speeches.services import exports

FOUND = 20
"""Bodies, persons and topics each that a search shows."""
_PAGE = "admin:speeches_compilation"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose speeches may be brought together, and the page where that is done."""

    name: str
    url: str


class CompilationForm(forms.Form):
    """Which meetings go into a compilation, and in which form."""

    format_name = forms.ChoiceField(label=_("format"), choices=format_choices)
    first_year = forms.IntegerField(
        label=_("from year"), required=False, min_value=1949, max_value=9999
    )
    last_year = forms.IntegerField(
        label=_("to year"), required=False, min_value=1949, max_value=9999
    )
    meetings = forms.TypedMultipleChoiceField(
        label=_("only these meetings"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all."),
    )
    with_work_items = forms.BooleanField(
        label=_("with highlighted work and its figures"), required=False, initial=True
    )

    def __init__(self, data=None, *, meetings: list[MeetingEdition]):
        super().__init__(data)
        self.fields["meetings"].choices = [
            (meeting.meeting_id, _named(meeting)) for meeting in meetings
        ]

    def clean(self):
        """Refuse years in the wrong order."""
        cleaned = super().clean()
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if first and last and first > last:
            raise forms.ValidationError(_("The first year is after the last."))
        return cleaned

    def collection(self, scope: Scope, key: str) -> Collection:
        """Return the choice."""
        given = self.cleaned_data
        return Collection(
            scope=scope,
            key=key,
            first_year=given["first_year"],
            last_year=given["last_year"],
            meetings=tuple(given["meetings"]),
            with_work_items=given["with_work_items"],
        )


class CompilationPages:
    """The pages of compilations, for the ModelAdmin of meetings."""

    def get_urls(self):
        """Add the addresses of the search, of a subject and of each of its files."""
        view = self.admin_site.admin_view
        subject = "compilations/<str:scope>/<str:key>/"
        return [
            path("compilations/", view(self.compilations_view), name="speeches_compilation_search"),
            path(subject, view(self.compilation_view), name="speeches_compilation"),
            path(
                f"{subject}<int:file_pk>/",
                view(self.compilation_file_view),
                name="speeches_compilation_file",
            ),
            *super().get_urls(),
        ]

    def compilations_view(self, request):
        """Find the body, the person or the topic."""
        self._require_readers(request)
        words = request.GET.get("q", "").strip()
        groups = list(_found(words)) if words else []
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Compilations"),
            "words": words,
            "groups": groups,
            "has_found": any(subjects for _label, subjects in groups),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/compilations.html", context)

    def compilation_view(self, request, scope: str, key: str):
        """Show what was made of one subject's speeches, and have more made."""
        self._require_readers(request)
        scope, name = _scope_and_name(scope, key)
        meetings = list(meetings_of(scope, key))
        form = CompilationForm(request.POST or None, meetings=meetings)
        if request.method == "POST" and form.is_valid():
            return _request(request, form.collection(scope, key), form)
        spoken = spoken_in(scope, key).current().order_by()
        context = {
            **self.admin_site.each_context(request),
            **files_context(
                _files_of(scope, key), set(spoken.values_list("content_hash", flat=True))
            ),
            "title": gettext("Compilation"),
            "subtitle": name,
            "scope": scope.value,
            "key": key,
            "count": spoken.count(),
            "form": form,
            "media": self.media,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/compilation.html", context)

    def compilation_file_view(self, request, scope: str, key: str, file_pk: int):
        """Hand over a finished file."""
        self._require_readers(request)
        return hand_over(_files_of(_scope_and_name(scope, key)[0], key), file_pk)

    def _require_readers(self, request) -> None:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied


def _request(request, collection: Collection, form: CompilationForm):
    try:
        exports.request_compilation(
            collection=collection,
            format_name=form.cleaned_data["format_name"],
            user=request.user,
        )
    except ExportRefused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse(_PAGE, args=[collection.scope, collection.key]))


def _files_of(scope: Scope, key: str) -> QuerySet[ExportFile]:
    return ExportFile.objects.filter(meeting=None, subject=Collection(scope, key).subject)


def _scope_and_name(scope: str, key: str) -> tuple[Scope, str]:
    """Return the scope and the name of its subject; raise Http404 where there is none."""
    if scope == Scope.TOPIC:
        found = Tag.objects.filter(slug=key)
    elif scope in set(Scope) and key.isdecimal():
        kind = Organization if scope == Scope.ORGANIZATION else Speaker
        found = kind.objects.filter(pk=key)
    else:
        raise Http404(gettext("Nothing is published there."))
    name = found.values_list("name", flat=True).first()
    if name is None:
        raise Http404(gettext("Nothing is published there."))
    return Scope(scope), name


def _named(meeting: MeetingEdition) -> str:
    day = meeting.start_date
    return f"{day:%Y-%m-%d}　{meeting.title}" if day else meeting.title


def _found(words: str) -> Iterator[tuple[str, list[Subject]]]:
    """Yield the bodies, persons and topics with public speeches whose name holds ``words``."""
    spoken = SpeechEdition.objects.current().order_by()
    kinds = (
        (gettext("Bodies"), Scope.ORGANIZATION, Organization, "pk", "organization_id"),
        (gettext("Speakers"), Scope.SPEAKER, Speaker, "pk", "credits__speaker_id"),
        (gettext("Topics"), Scope.TOPIC, Tag, "slug", "tags__slug"),
    )
    for label, scope, kind, key, lookup in kinds:
        named = kind.objects.filter(
            **{"name__icontains": words, f"{key}__in": spoken.values(lookup)}
        ).values_list("name", key)
        yield (
            label,
            [Subject(name, reverse(_PAGE, args=[scope, found])) for name, found in named[:FOUND]],
        )
