"""Counting what is read, by a question that the page asks once it has loaded.

So pages stay files that any cache may keep. One visitor's second look within half an hour is not
counted; of the visitor nothing is stored, and what is remembered for that half hour is a keyed
hash of the address of the network and the name of the browser, with the day in it.
"""

import re
from datetime import timedelta
from urllib.parse import unquote

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Sum
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.crypto import salted_hmac

from speeches.enums import SearchKind
from speeches.models.counts import PageReads
from speeches.models.editions import Edition, MeetingEdition, SpeechEdition, WorkItemEdition

AGAIN = timedelta(minutes=30)
"""How long one visitor's further looks at a page count as the same one."""
PER_VISITOR = 120
"""Pages counted for one visitor within ``AGAIN``; who opens more is a program."""
_PROGRAMS = re.compile(
    r"bot|crawl|spider|slurp|headless|preview|monitor|curl|wget|python|java/|okhttp|go-http|scrapy",
    re.IGNORECASE,
)
_PAGES: dict[str, tuple[SearchKind, type[Edition], str, str]] = {
    "speech": (SearchKind.SPEECH, SpeechEdition, "speech_id", "pk"),
    "meeting": (SearchKind.MEETING, MeetingEdition, "slug", "slug"),
    "work_item": (SearchKind.WORK_ITEM, WorkItemEdition, "work_item_id", "pk"),
}


def piece_at(path: str) -> tuple[SearchKind, int] | None:
    """Return the kind and number of the public piece at ``path``, or None."""
    try:
        match = resolve(unquote(path))
    except Resolver404:
        return None
    if match.url_name not in _PAGES:
        return None
    kind, model, field, key = _PAGES[match.url_name]
    found = model.objects.current().filter(**{field: match.kwargs[key]})
    number = found.values_list(f"{model.DRAFT_FIELD}_id", flat=True).first()
    return None if number is None else (kind, number)


def is_own_page(request: HttpRequest) -> bool:
    """Whether a page of this site asks: browsers say so, and programs mostly do not."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return origin.partition("://")[2] == request.get_host()


def is_person(request: HttpRequest) -> bool:
    """Whether the reader seems to be a person and has not just been counted everywhere."""
    browser = request.headers.get("User-Agent", "")
    return bool(browser) and not _PROGRAMS.search(browser)


def note(request: HttpRequest, kind: SearchKind, number: int) -> None:
    """Count that this piece is read, unless the visitor just read it, or reads too much."""
    today = timezone.localdate()
    told = "\n".join(
        (today.isoformat(), get_client_ip_address(request) or "", request.headers["User-Agent"])
    )
    visitor = salted_hmac("counts", told).hexdigest()
    kept = AGAIN.total_seconds()
    cache.add(f"counts:{visitor}", 0, kept)
    if not cache.add(f"counts:{visitor}:{kind}:{number}", 1, kept):
        return
    if cache.incr(f"counts:{visitor}") > PER_VISITOR:
        return
    with transaction.atomic():
        row, _new = PageReads.objects.get_or_create(kind=kind, number=number, day=today)
        PageReads.objects.filter(pk=row.pk).update(count=F("count") + 1)


def reads_of(kind: SearchKind, number: int) -> int:
    """Return how often this piece was read in all."""
    rows = PageReads.objects.filter(kind=kind, number=number)
    return rows.aggregate(total=Sum("count"))["total"] or 0
