"""Nothing of a draft, a closed edition or an unpublished change is in any answer."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from organizations.models import Organization, Speaker
from speeches.models import Meeting, Speech, WorkItem
from speeches.models.content import Indicator
from speeches.models.editions import Edition, FigureEdition, SpeechEditionSpeaker
from speeches.models.search import SearchDocument
from tests.speeches.public import builders as build
from tests.speeches.public.test_visibility import MARKER, hidden_meeting

pytestmark = pytest.mark.django_db


def every_address() -> Iterator[str]:
    """Yield every list, and the address of every row, draft or not."""
    for path in ("meetings", "organizations", "speakers", "topics", "figures"):
        yield f"/api/v1/{path}?limit=100"
    for path in ("speeches", "work-items", "changes"):
        yield f"/api/v1/{path}?limit=100&full=true"
    yield f"/api/v1/search?q={MARKER}"
    numbers = {
        "speeches": Speech,
        "work-items": WorkItem,
        "organizations": Organization,
        "speakers": Speaker,
    }
    for path, model in numbers.items():
        yield from (f"/api/v1/{path}/{row.pk}" for row in model.objects.all())
    yield from (f"/api/v1/meetings/{row.slug}" for row in Meeting.objects.all())
    yield from (f"/api/v1/topics/{tag.slug}" for tag in Tag.objects.all())
    for row in Speech.objects.all():
        yield f"/api/oembed?url=http://127.0.0.1:8000/speeches/{row.pk}/"
    yield "/api/"
    yield "/api/v1/openapi.json"


def telling(client: Client) -> list[str]:
    """Return the addresses whose answers hold the marker, in characters or escaped."""
    marks = (MARKER, ascii(MARKER).strip("'"))
    texts = {address: client.get(address).content.decode() for address in every_address()}
    return [address for address, text in texts.items() if any(mark in text for mark in marks)]


def test_drafts_are_nowhere(client):
    build.small_site()
    hidden_meeting("draft")
    assert telling(client) == []


def test_withdrawn_pieces_are_nowhere(client):
    build.small_site()
    drafts = hidden_meeting("withdrawn")
    for draft in drafts:
        build.published(draft)
    assert len(telling(client)) >= 15
    for draft in drafts:
        build.withdrawn(draft)
    found = telling(client)
    assert [address for address in found if "/search" not in address] == []


def test_unpublished_changes_and_older_editions_are_nowhere(client):
    build.small_site()
    of, draft, item = Meeting.objects.get(), Speech.objects.get(), WorkItem.objects.get()
    for row in (of, draft, item):
        public = row.title
        row.title = f"{MARKER}旧版"
        row.save()
        build.published(row)
        row.title = public
        row.save()
        build.published(row)
        row.title = f"{MARKER}新稿"
        row.save()
    draft.tags.add(MARKER)
    item.figures.update(printed=MARKER)
    assert telling(client) == []


def test_no_draft_table_is_ever_read(client):
    build.small_site(2)
    hidden_meeting("draft")
    read_by_readers = (Edition, SpeechEditionSpeaker, FigureEdition, Indicator, SearchDocument)
    tables = {
        f'"{model._meta.db_table}"'
        for model in apps.get_app_config("speeches").get_models(include_auto_created=True)
        if not issubclass(model, read_by_readers)
    }
    addresses = list(every_address())
    with CaptureQueriesContext(connection) as queries:
        for address in addresses:
            client.get(address)
    assert len(queries) > len(addresses)
    assert '"speeches_speech"' in tables
    assert {table for query in queries for table in tables if table in query["sql"]} == set()
