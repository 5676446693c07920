"""Readers' reports of errors: one of the two things that the public site writes.

A report names a public page and a paragraph of it. It changes nothing that is published: staff
find it in their queue.
"""

from dataclasses import dataclass
from urllib.parse import unquote

from axes.helpers import get_client_ip_address
from django import forms
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from speeches.models.editions import MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.models.reports import LONGEST_MESSAGE, ErrorReport
from speeches.textblocks import blocks

SHORTEST_MESSAGE = 2
PER_CLIENT, PER_SITE, WINDOW = 5, 200, 60 * 60
"""Reports taken from one address and from everybody within ``WINDOW`` seconds."""
SHOWN = 40
"""Characters of a paragraph in the list to choose from."""


class TooManyReports(Exception):
    """The limit of reports is reached for now."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A public page that a report may be about; ``paragraphs`` are anchors with their words."""

    path: str
    title: str
    paragraphs: dict[str, str]


def subject_of(path: str) -> Subject | None:
    """Return what stands at ``path``, or None where nothing public does."""
    try:
        match = resolve(unquote(path))
    except Resolver404:
        return None
    editions = {
        "speech": (SpeechEdition, "speech_id", "pk"),
        "meeting": (MeetingEdition, "slug", "slug"),
        "work_item": (WorkItemEdition, "work_item_id", "pk"),
    }
    if match.url_name not in editions:
        return None
    model, field, key = editions[match.url_name]
    edition = model.objects.current().filter(**{field: match.kwargs[key]}).first()
    if edition is None:
        return None
    text = blocks(getattr(edition, "body", ""))
    return Subject(
        path, edition.title, {block.anchor: block.text for block in text if block.anchor}
    )


class ReportForm(forms.Form):
    """What is wrong, and where on the page."""

    paragraph = forms.ChoiceField(label=_("Where"), required=False)
    message = forms.CharField(
        label=_("What is wrong, and how it should read"),
        min_length=SHORTEST_MESSAGE,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    website = forms.CharField(required=False)
    """A field that people do not see: whoever fills it in is a program."""

    def __init__(self, *args, subject: Subject, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paragraph"].choices = [
            ("", _("The whole page")),
            *((anchor, _opening(words)) for anchor, words in subject.paragraphs.items()),
        ]


def _opening(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def file_report(
    *, subject: Subject, anchor: str, message: str, request: HttpRequest
) -> ErrorReport:
    """Store a report and return it; raise TooManyReports past the limits.

    The reader's address is used, under a keyed hash, to count for an hour, and is not stored.
    """
    client = salted_hmac("reports", get_client_ip_address(request) or "").hexdigest()
    for key, limit in ((f"reports:{client}", PER_CLIENT), ("reports:all", PER_SITE)):
        cache.add(key, 0, WINDOW)
        if cache.incr(key) > limit:
            raise TooManyReports
    report = ErrorReport(
        path=subject.path,
        page_title=subject.title,
        anchor=anchor,
        passage=subject.paragraphs.get(anchor, ""),
        message=message,
    )
    report.full_clean()
    report.save()
    return report
