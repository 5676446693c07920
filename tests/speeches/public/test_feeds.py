from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.urls import reverse

from speeches.models import Speech
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SITE = "https://speeches.example.cn"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE


def read(client, path: str) -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200
    return ET.fromstring(response.content)  # noqa: S314 - our own output


def test_the_feed_is_atom_with_the_newest_speech_first(client):
    build.small_site(3)
    feed = read(client, "/feed/")
    entries = feed.findall("a:entry", ATOM)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert [entry.findtext("a:title", namespaces=ATOM) for entry in entries] == [
        "第2篇发言",
        "第1篇发言",
        "第0篇发言",
    ]
    newest = Speech.objects.get(title="第2篇发言")
    for element in ("id", "updated", "published", "summary"):
        assert entries[0].findtext(f"a:{element}", namespaces=ATOM)
    assert entries[0].findtext("a:id", namespaces=ATOM) == f"{SITE}/speeches/{newest.pk}/"
    assert entries[0].find("a:link", ATOM).get("href") == f"{SITE}/speeches/{newest.pk}/"
    assert feed.findtext("a:author/a:name", namespaces=ATOM)
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links["self"] == f"{SITE}/feed/"


def test_the_feed_survives_hostile_and_unprintable_text(client):
    of = build.meeting()
    build.published(of)
    build.published(build.speech(of, title="一\x07<b>&二", summary="\x0b<script>"))
    feed = read(client, "/feed/")
    assert feed.findtext("a:entry/a:title", namespaces=ATOM) == "一<b>&二"
    assert feed.findtext("a:entry/a:summary", namespaces=ATOM) == "<script>"


@pytest.mark.parametrize("name", ["meeting", "organization", "speaker", "topic"])
def test_a_column_has_a_feed_of_its_own_speeches_and_its_page_names_it(client, name):
    build.small_site(2)
    edition = Speech.objects.get(title="第1篇发言").editions.get()
    key = {
        "meeting": "meeting-1",
        "organization": edition.organization_id,
        "speaker": edition.speakers.get().pk,
        "topic": "提案1",
    }[name]
    address = reverse(f"{name}_feed", args=[key])
    feed = read(client, address)
    titles = [
        entry.findtext("a:title", namespaces=ATOM) for entry in feed.iterfind("a:entry", ATOM)
    ]
    assert titles == ["第1篇发言"]
    assert f'href="{address}"' in client.get(reverse(name, args=[key])).content.decode()


@pytest.mark.parametrize("name", ["meeting", "organization", "speaker", "topic"])
def test_the_feed_of_what_was_withdrawn_is_gone_and_of_the_unknown_not_found(client, name):
    build.small_site(2)
    draft = Speech.objects.get(title="第1篇发言")
    key = {
        "meeting": "meeting-1",
        "organization": draft.organization_id,
        "speaker": draft.speakers.get().pk,
        "topic": "提案1",
    }[name]
    build.withdrawn(draft)
    build.withdrawn(draft.meeting)
    assert client.get(reverse(f"{name}_feed", args=[key])).status_code == 410
    unknown = "无" if isinstance(key, str) else 10**9
    assert client.get(reverse(f"{name}_feed", args=[unknown])).status_code == 404


def test_the_feed_of_the_work_has_the_newest_first(client):
    build.small_site(2)
    feed = read(client, "/work/feed/")
    titles = [
        entry.findtext("a:title", namespaces=ATOM) for entry in feed.iterfind("a:entry", ATOM)
    ]
    assert titles == ["第1项工作", "第0项工作"]
    assert feed.findtext("a:entry/a:author/a:name", namespaces=ATOM) == "青禾市第1政协"


def test_the_feed_of_an_empty_site_is_valid(client):
    feed = read(client, "/feed/")
    assert feed.findtext("a:updated", namespaces=ATOM)


FEEDS = ("feed", "work_feed", "meeting_feed", "organization_feed", "speaker_feed", "topic_feed")


def read_by_reader(client, address: str) -> feedparser.FeedParserDict:
    """What a feed reader makes of a feed; every element that RFC 4287 requires is there."""
    answer = client.get(address)
    kind = {"content-type": answer["Content-Type"], "content-location": f"{SITE}{address}"}
    read = feedparser.parse(answer.content, response_headers=kind)
    assert (read.bozo, read.version) == (False, "atom10")
    assert answer["Content-Type"].startswith("application/atom+xml")
    for element in (read.feed, *read.entries):
        assert element.id
        assert element.title
        assert element.updated_parsed
    assert read.feed.author
    assert {"rel": "self", "href": f"{SITE}{address}"}.items() <= read.feed.links[1].items()
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    return read


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_reader_understands_every_feed(client, name):
    build.small_site(2)
    edition = Speech.objects.get(title="第1篇发言").editions.get()
    key = {
        "meeting_feed": ["meeting-1"],
        "organization_feed": [edition.organization_id],
        "speaker_feed": [edition.speakers.get().pk],
        "topic_feed": ["提案1"],
    }.get(name, [])
    read = read_by_reader(client, reverse(name, args=key))
    newest = read.entries[0]
    assert newest.title == ("第1项工作" if name == "work_feed" else "第1篇发言")
    assert newest.link == newest.id
    assert newest.link.startswith(SITE)
    assert newest.published_parsed <= newest.updated_parsed
    assert {tag.term for tag in newest.tags} == {"民生", "提案1"}
    assert newest.author
    assert newest.summary or name == "work_feed"


def test_a_feed_reader_understands_the_feed_of_an_empty_site_and_of_hostile_text(client):
    assert read_by_reader(client, "/feed/").entries == []
    of = build.meeting()
    build.published(of)
    build.published(build.speech(of, title="一\x07<b>&二", summary="\x0b<script>"))
    assert read_by_reader(client, "/feed/").entries[0].title_detail.value.startswith("一")


def test_the_site_map_lists_every_public_page_on_the_sites_own_domain(client):
    build.small_site(2)
    build.meeting("draft-only")
    files = [loc.text for loc in read(client, "/sitemap.xml").iterfind(".//m:loc", MAP)]
    assert all(file.startswith(f"{SITE}/sitemap-") for file in files)
    found = [
        loc.text.removeprefix(SITE)
        for file in files
        for loc in read(client, file.removeprefix(SITE)).iterfind(".//m:loc", MAP)
    ]
    assert len(found) == len(set(found)) == 6 + 5 * 2 + 3
    assert reverse("meeting", args=["meeting-1"]) in found
    assert {client.get(path).status_code for path in found} == {200}


def test_the_site_map_tells_when_an_edition_appeared(client):
    build.small_site()
    times = read(client, "/sitemap-speeches-1.xml").findall(".//m:lastmod", MAP)
    assert (
        times[0].text
        == Speech.objects.get()
        .editions.get()
        .published_at.astimezone()
        .strftime("%Y-%m-%dT%H:%M:%S")
        + times[0].text[19:]
    )
    assert len(times[0].text) >= 19


@pytest.mark.parametrize("path", ["/sitemap-speeches-2.xml", "/sitemap-drafts-1.xml"])
def test_a_file_that_the_map_does_not_have_is_404(client, path):
    assert client.get(path).status_code == 404


def test_robots_are_told_of_the_map_and_kept_from_the_admin(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
