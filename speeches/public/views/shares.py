"""What a page gives to be shared: the picture of its link, and its address as a QR code."""

import io
from hashlib import sha256

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from speeches.exporting.fonts import font_folders
from speeches.models.editions import MeetingEdition, SpeechEdition
from speeches.public import selectors
from speeches.public.cards import card
from speeches.public.entries import speech_entries
from speeches.public.pages import absolute, gone
from speeches.site import site

CACHED = 24 * 60 * 60
"""Seconds that a picture may be kept by readers and caches; it changes with its edition only."""


def _speech_tag(_request: HttpRequest, pk: int) -> str | None:
    return _tag(SpeechEdition.objects.current().filter(speech_id=pk).first())


def _meeting_tag(_request: HttpRequest, slug: str) -> str | None:
    return _tag(MeetingEdition.objects.current().filter(slug=slug).first())


def _tag(edition: SpeechEdition | MeetingEdition | None) -> str | None:
    if edition is None:
        return None
    look = (edition.content_hash, site().name, site().colour, *font_folders())
    return f'"{sha256(" ".join(look).encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_speech_tag)
def speech_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the picture of a speech: its meeting, title and signature."""
    edition = selectors.listed_speeches().filter(speech_id=pk).first()
    if edition is None:
        if SpeechEdition.objects.filter(speech_id=pk).exists():
            return gone(request)
        raise Http404
    (entry,) = speech_entries([edition])
    kicker = entry.meeting.title if entry.meeting else ""
    return _picture(card(kicker=kicker, title=edition.title, signature=entry.signature))


@require_safe
@condition(etag_func=_meeting_tag)
def meeting_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the picture of a meeting: its kicker, title and subtitle."""
    edition = selectors.meetings().filter(slug=slug).first()
    if edition is None:
        if MeetingEdition.objects.filter(slug=slug).exists():
            return gone(request)
        raise Http404
    return _picture(card(kicker=edition.kicker, title=edition.title, signature=edition.subtitle))


@require_safe
def speech_qr(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the address of a speech as a QR code (SVG), for a phone held to a screen."""
    edition = SpeechEdition.objects.current().filter(speech_id=pk).only("speech_id").first()
    if edition is None:
        if SpeechEdition.objects.filter(speech_id=pk).exists():
            return gone(request)
        raise Http404
    stream = io.BytesIO()
    code = segno.make_qr(absolute(edition.get_absolute_url()), error="m")
    code.save(stream, kind="svg", scale=4, border=4, dark="#000", light="#fff", svgclass=None)
    return _kept(HttpResponse(stream.getvalue(), content_type="image/svg+xml"))


def _picture(content: bytes) -> HttpResponse:
    return _kept(HttpResponse(content, content_type="image/png"))


def _kept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=CACHED)
    return response
