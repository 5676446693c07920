"""oEmbed 1.0: a speech as a small card on another site.

The card is plain markup without script or style, since this site may not be framed.
"""

from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field

from speeches.models.editions import SpeechEdition
from speeches.public import selectors
from speeches.public.api.paging import answered
from speeches.public.api.parameters import StrictParameters, Text, Unset
from speeches.public.api.pieces import the_one
from speeches.public.api.refusals import ITEM
from speeches.public.entries import SpeechEntry, speech_entries
from speeches.public.feeds import xml_text
from speeches.public.pages import absolute
from speeches.site import site
from speeches.textblocks import plain_text, shortened

router = Router()
WIDTH, HEIGHT = 600, 200
"""Pixels of the card where the asking site sets no smaller bounds."""
EXCERPT = 120
KEPT_FOR = 3600
"""Seconds for which a site may show the card before it asks again."""


class Form(StrEnum):
    """The forms of an answer."""

    JSON = "json"
    XML = "xml"


class OembedParameters(StrictParameters):
    """What a site may ask for."""

    url: Text = Field(..., description=gettext_lazy("The full address of the page of a speech."))
    format: Form = Field(Form.JSON, description=gettext_lazy("The form of the answer."))
    maxwidth: Annotated[int, Field(ge=1, le=10_000)] | Unset = Field(
        None, description=gettext_lazy("The greatest width in pixels.")
    )
    maxheight: Annotated[int, Field(ge=1, le=10_000)] | Unset = Field(
        None, description=gettext_lazy("The greatest height in pixels.")
    )


class Card(BaseModel):
    """An oEmbed answer of the type rich."""

    type: str = "rich"
    version: str = "1.0"
    title: str
    author_name: str
    provider_name: str
    provider_url: str
    cache_age: int = KEPT_FOR
    html: str
    width: int
    height: int


@router.get(
    "oembed",
    response={200: Card, **ITEM},
    summary=gettext_lazy("A speech as a card (oEmbed)"),
    description=gettext_lazy("What another site shows of a speech when its address is pasted."),
)
def oembed(request: HttpRequest, asked: Annotated[OembedParameters, Query()]) -> HttpResponse:
    """Answer with the card of the speech at an address."""
    number = _speech_at(asked.url)
    found = selectors.speeches().filter(speech_id=number)
    edition = the_one(found, SpeechEdition.objects.filter(speech_id=number))
    (entry,) = speech_entries([edition])
    card = _card(entry, asked)
    return answered(card) if asked.format == Form.JSON else _as_xml(card)


def _speech_at(url: str) -> int:
    """Return the number of the speech whose page is at ``url``; raise Http404 for another page."""
    try:
        address = urlsplit(url)
        home = urlsplit(settings.SITE_URL)
        match = resolve(unquote(address.path))
    except (ValueError, Resolver404) as error:
        raise Http404(_("There is no such speech.")) from error
    number = match.kwargs.get("pk")
    if address.netloc != home.netloc or match.url_name != "speech" or number >= 2**63:
        raise Http404(_("There is no such speech."))
    return int(number)


def _card(entry: SpeechEntry, asked: OembedParameters) -> Card:
    edition = entry.edition
    excerpt = shortened(edition.summary or plain_text(edition.body), EXCERPT)
    html = format_html(
        '<blockquote cite="{url}"><p><a href="{url}">{title}</a></p><p>{excerpt}</p>'
        "<footer>{signature} · {site}</footer></blockquote>",
        url=absolute(edition.get_absolute_url()),
        title=edition.title,
        excerpt=excerpt,
        signature=entry.signature,
        site=site().name,
    )
    return Card(
        title=edition.title,
        author_name=entry.signature,
        provider_name=site().name,
        provider_url=absolute("/"),
        html=html,
        width=min(asked.maxwidth or WIDTH, WIDTH),
        height=min(asked.maxheight or HEIGHT, HEIGHT),
    )


def _as_xml(card: Card) -> HttpResponse:
    values: dict[str, Any] = card.model_dump()
    parts = "".join(
        f"<{name}>{escape(xml_text(str(value)))}</{name}>" for name, value in values.items()
    )
    text = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{parts}</oembed>\n'
    return HttpResponse(text, content_type="text/xml; charset=utf-8")
