"""Nothing of a draft, a closed edition or an unpublished change is on any public address."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations.models import Organization, Speaker
from speeches.exporting import registry
from speeches.models import Meeting, Speech, WorkItem
from speeches.models.content import Indicator
from speeches.models.editions import (
    Edition,
    FigureEdition,
    MeetingEdition,
    SpeechEditionSpeaker,
)
from speeches.public.sitemaps import SECTIONS
from speeches.public.urls import urlpatterns
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db

MARKER = "暗号甲乙丙"
CHEAP_FORMATS = {"json", "markdown", "csv"}


def every_address() -> Iterator[str]:
    """Yield the address of every row, draft or not, under every public pattern."""
    slugs = {
        *Meeting.objects.values_list("slug", flat=True),
        *MeetingEdition.objects.values_list("slug", flat=True),
    }
    numbers = {
        "speech": Speech,
        "work_item": WorkItem,
        "organization": Organization,
        "speaker": Speaker,
    }
    arguments = {name: [[row.pk] for row in model.objects.all()] for name, model in numbers.items()}
    arguments["meeting"] = [[slug] for slug in slugs]
    arguments["digest"] = [
        [slug, name] for slug in slugs for name in registry.EXPORTERS if name in CHEAP_FORMATS
    ]
    arguments["topic"] = [[tag.slug] for tag in Speech.tags.all() | WorkItem.tags.all()]
    for name in ("meeting", "organization", "speaker", "topic"):
        arguments[f"{name}_feed"] = arguments[name]
    for name in ("speech", "organization", "speaker", "topic"):
        arguments[f"{name}_digest"] = [[key, "json"] for (key,) in arguments[name]]
    for name in ("meeting_card", "meeting_in_full", "meeting_corrections"):
        arguments[name] = arguments["meeting"]
    arguments["work_corrections"] = arguments["work_item"]
    arguments["indicator"] = [[row.pk] for row in Indicator.objects.all()]
    arguments["corrections"] = arguments["speech_card"] = arguments["speech_qr"] = arguments[
        "speech"
    ]
    arguments["site_colours"] = [["123456"]]
    arguments["sitemap_section"] = [[name, 1] for name in SECTIONS]
    for pattern in urlpatterns:
        plain = not pattern.pattern.converters
        for args in arguments.get(pattern.name, [[]]) if plain else arguments[pattern.name]:
            yield reverse(pattern.name, args=args)


def all_texts(client: Client) -> dict[str, str]:
    """Return what every public address answers, with where it sends the reader."""
    answers = {address: client.get(address) for address in every_address()}
    return {
        address: answer.content.decode(errors="replace") + answer.get("Location", "")
        for address, answer in answers.items()
    }


def hidden_meeting(slug: str) -> tuple[Meeting, Speech, WorkItem]:
    of = build.meeting(slug, title=f"{MARKER}会", kicker=MARKER, editors_note=MARKER)
    body = build.body(f"{MARKER}单位{slug}")
    person = build.person(f"{MARKER}{slug}")
    draft = build.speech(
        of,
        title=MARKER,
        body=f"<p>{MARKER}</p>",
        byline=MARKER,
        organization=body,
        speakers=(person,),
        tags=(MARKER,),
    )
    figures = ({**build.EXACT_FIGURE, "printed": MARKER},)
    item = build.work(
        title=MARKER, organization=body, speech=draft, tags=(MARKER,), figures=figures
    )
    return of, draft, item


def test_drafts_are_nowhere(client):
    build.small_site()
    hidden_meeting("draft")
    texts = all_texts(client)
    assert len(texts) > len(urlpatterns)
    assert [address for address, text in texts.items() if MARKER in text] == []


def test_withdrawn_pieces_are_nowhere(client):
    build.small_site()
    drafts = hidden_meeting("withdrawn")
    for draft in drafts:
        build.published(draft)
    assert any(MARKER in text for text in all_texts(client).values())
    for draft in drafts:
        build.withdrawn(draft)
    assert [address for address, text in all_texts(client).items() if MARKER in text] == []


def test_unpublished_changes_and_older_editions_are_nowhere_but_in_the_corrections(client):
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
    texts = all_texts(client)
    told = [
        texts.pop(reverse("corrections", args=[draft.pk])),
        texts.pop(reverse("meeting_corrections", args=[of.slug])),
        texts.pop(reverse("work_corrections", args=[item.pk])),
    ]
    assert [address for address, text in texts.items() if MARKER in text] == []
    for corrections in told:
        assert f"{MARKER}旧版" in corrections
        assert f"{MARKER}新稿" not in corrections


def test_a_speech_left_public_by_a_withdrawn_meeting_does_not_name_it(client, page):
    build.small_site()
    of, draft = Meeting.objects.get(), Speech.objects.get()
    build.withdrawn(of)
    assert of.title not in page("speech", draft.pk)


def test_no_draft_table_is_ever_read(client):
    build.small_site(2)
    hidden_meeting("draft")
    read_by_readers = (Edition, SpeechEditionSpeaker, FigureEdition, Indicator)
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
    read = {table for query in queries for table in tables if table in query["sql"]}
    assert '"speeches_speech"' in tables
    assert read == set()
