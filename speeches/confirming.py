"""What somebody without an account finds at a link for confirmation: one draft, and a form.

The page is of no use to anybody else: it is not indexed, not stored, tells no other site where it
was, and links nowhere. Each use is logged.
"""

from __future__ import annotations

from axes.helpers import get_client_ip_address
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from speeches.enums import VisitKind
from speeches.exceptions import TransitionRefused
from speeches.models import Draft, DraftLink, Meeting
from speeches.models.comments import LONGEST_COMMENT
from speeches.richtext import sanitise
from speeches.services import comments, links

PER_CLIENT, WINDOW = 60, 10 * 60
"""Requests answered for one network address within ``WINDOW`` seconds, to whatever links."""
SHOWN = 24
"""Characters of a paragraph in the list to choose from."""


class SayForm(forms.Form):
    """Who speaks, of which paragraph, and what; confirming needs the name alone."""

    name = forms.CharField(label=_("your name"), max_length=60)
    anchor = forms.ChoiceField(label=_("paragraph"), required=False)
    text = forms.CharField(
        label=_("comment"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, passages: dict[str, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anchor"].choices = [
            ("", _("The whole text")),
            *((a, f"{n}. {t[:SHOWN]}") for n, (a, t) in enumerate(passages.items(), start=1)),
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the draft; store what is said of it. 404 for a made-up link, 410 for an ended one."""
    if _asks_too_often(request):
        return _fenced(render(request, "confirming/notice.html", {"busy": True}, status=429))
    link = links.find(token)
    if link is None:
        return _fenced(render(request, "confirming/notice.html", status=404))
    draft = links.draft_of(link)
    if draft is None:
        return _fenced(render(request, "confirming/notice.html", {"ended": True}, status=410))
    form = SayForm(request.POST or None, passages=comments.passages_of(draft))
    if request.method == "POST" and form.is_valid() and _said(request, link, form):
        return _fenced(HttpResponseRedirect(f"{request.path}#said"))
    if request.method != "POST":
        _note(request, link, VisitKind.OPENED)
    return _fenced(render(request, "confirming/draft.html", _context(link, draft, form)))


def _context(link: DraftLink, draft: Draft, form: SayForm) -> dict[str, object]:
    present = draft.text_hash()
    return {
        "link": link,
        "draft": draft,
        "text": _text(draft),
        "form": form,
        "text_hash": present,
        "is_confirmed": link.confirmed_text_hash == present,
        "said": link.comments.order_by("created_at"),
    }


def _text(draft: Draft) -> SafeString | str:
    if isinstance(draft, Meeting):
        return draft.editors_note
    return mark_safe(sanitise(getattr(draft, "body", "")))  # noqa: S308 - sanitised here


def _said(request: HttpRequest, link: DraftLink, form: SayForm) -> bool:
    name = form.cleaned_data["name"]
    try:
        if "confirm" in request.POST:
            seen = request.POST["confirm"]
            links.confirm(link=link, name=name, text_hash=seen)
            _note(request, link, VisitKind.CONFIRMED)
        else:
            words = {key: form.cleaned_data[key] for key in ("text", "anchor")}
            links.comment(link=link, name=name, **words)
            _note(request, link, VisitKind.COMMENTED)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def _note(request: HttpRequest, link: DraftLink, kind: VisitKind) -> None:
    links.note_visit(
        link=link,
        kind=kind,
        address=get_client_ip_address(request) or "",
        agent=request.headers.get("User-Agent", ""),
    )


def _asks_too_often(request: HttpRequest) -> bool:
    client = salted_hmac("confirm", get_client_ip_address(request) or "").hexdigest()
    key = f"confirm:{client}"
    cache.add(key, 0, WINDOW)
    return cache.incr(key) > PER_CLIENT


def _fenced(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
