"""Meta tags by 国办发〔2017〕47号, canonical addresses and structured data."""

import json
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from speeches.models import Speech
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


class Head(HTMLParser):
    """The meta tags, the canonical address and the JSON-LD of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.canonical = self.data = ""
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "meta":
            self.meta[named.get("name") or named.get("property") or ""] = named.get("content", "")
        elif tag == "link" and named.get("rel") == "canonical":
            self.canonical = named["href"]
        self._inside = tag == "script" and named.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self._inside:
            self.data += data
            self._inside = False


@pytest.fixture(autouse=True)
def office(settings):
    settings.SITE_NAME = "云岭政协发言"
    settings.SITE_URL = "https://speeches.example.cn"
    settings.SITE_CODE = ""


def test_a_list_page_names_its_column(page):
    head = Head(page("work_items"))
    assert head.meta["SiteName"] == "云岭政协发言"
    assert head.meta["SiteDomain"] == "speeches.example.cn"
    assert head.meta["ColumnName"] == "亮点工作"
    assert head.meta["ColumnType"] == "工作动态"
    assert head.meta["ColumnDescription"]
    assert head.meta["ColumnKeywords"]
    assert "ArticleTitle" not in head.meta


def test_an_article_states_title_time_and_source(page):
    build.small_site()
    draft = Speech.objects.get()
    head = Head(page("speech", draft.pk))
    published = draft.editions.get().first_published_at.astimezone()
    assert head.meta["ArticleTitle"] == draft.title
    assert head.meta["PubDate"] == published.strftime("%Y-%m-%d %H:%M")
    assert head.meta["ContentSource"] == "云岭政协报"
    assert head.meta["Keywords"] == "提案0,民生"
    assert head.meta["Author"] == draft.byline
    assert head.meta["og:type"] == "article"
    assert "ColumnName" not in head.meta


def test_an_article_without_a_source_names_the_site(page):
    of = build.meeting(source_newspaper="")
    build.published(of)
    draft = build.speech(of)
    build.published(draft)
    assert Head(page("speech", draft.pk)).meta["ContentSource"] == "云岭政协发言"


def test_the_site_code_is_left_out_rather_than_empty(page, settings):
    assert "SiteIDCode" not in Head(page("home")).meta
    settings.SITE_CODE = "3300000000"
    assert Head(page("home")).meta["SiteIDCode"] == "3300000000"


def test_every_page_of_a_list_has_the_list_as_canonical_address(page):
    for query in ("", "?kind=forum", "?page=1"):
        assert Head(page("meetings", query=query)).canonical == (
            "https://speeches.example.cn/meetings/"
        )


def test_structured_data_tells_the_speech_and_the_way_to_it(page):
    build.small_site()
    draft = Speech.objects.get()
    graph = json.loads(Head(page("speech", draft.pk)).data)["@graph"]
    article, way = graph
    assert article["@type"] == "Article"
    assert article["headline"] == draft.title
    assert article["author"][0]["name"] == draft.speakers.get().name
    assert [step["name"] for step in way["itemListElement"]] == [
        "首页",
        "会议",
        draft.meeting.title,
        draft.title,
    ]
    assert way["itemListElement"][0]["item"] == "https://speeches.example.cn/"


def test_a_description_is_one_line_of_bounded_length(page):
    of = build.meeting()
    build.published(of)
    draft = build.speech(of, body=f"<p>{'很长的话，' * 100}</p><p>二</p>")
    build.published(draft)
    description = Head(page("speech", draft.pk)).meta["description"]
    assert len(description) <= 120
    assert description.endswith("…")
    assert "\n" not in description


def test_pages_that_are_not_there_are_not_indexed(client):
    response = client.get(reverse("speech", args=[404]))
    assert Head(response.content.decode()).meta["robots"] == "noindex"


def test_the_footer_leaves_out_what_the_office_does_not_have(page, settings):
    settings.SITE_OWNER, settings.SITE_ICP, settings.SITE_CONTACT = "云岭省政协办公厅", "", ""
    text = page("home")
    assert "主办单位：云岭省政协办公厅" in text
    assert "联系方式" not in text
    assert "网站标识码" not in text


EVERY_PAGE = {"SiteName": "云岭政协发言", "SiteDomain": "speeches.example.cn", "SiteIDCode": "33"}
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource")
LISTS = (
    *("home", "meetings", "work_items", "speakers", "organizations", "topics"),
    *("search", "site_map", "about", "indicators"),
)
TYPES = {
    "首页",
    "概况信息",
    "机构职能",
    "负责人信息",
    "工作动态",
}


@pytest.fixture
def small(db: None) -> None:
    """One of everything."""
    build.small_site()


@pytest.fixture
def articles(small: None) -> dict[str, str]:
    """The address of an article of every kind, by the name of its address."""
    draft = Speech.objects.get()
    return {
        "meeting": reverse("meeting", args=[draft.meeting.slug]),
        "speech": reverse("speech", args=[draft.pk]),
        "work_item": reverse("work_item", args=[draft.workitem_set.get().pk]),
    }


@pytest.fixture
def others(small: None) -> dict[str, str]:
    """The address of a list of every kind beneath the columns."""
    edition = Speech.objects.get().editions.get()
    return {
        "speaker": reverse("speaker", args=[edition.speakers.get().pk]),
        "organization": reverse("organization", args=[edition.organization_id]),
        "topic": reverse("topic", args=["民生"]),
    }


def head_of(client, address: str) -> Head:
    return Head(client.get(address).content.decode())


@pytest.mark.parametrize("tag", EVERY_PAGE)
def test_every_page_names_the_site(client, articles, settings, tag):
    settings.SITE_CODE = "33"
    addresses = [*map(reverse, LISTS), *articles.values(), "/nowhere/"]
    assert {head_of(client, address).meta[tag] for address in addresses} == {EVERY_PAGE[tag]}


@pytest.mark.parametrize("tag", COLUMN)
def test_every_list_has_the_tag_of_its_column_and_no_article_has(client, articles, tag):
    for address in map(reverse, LISTS):
        assert head_of(client, address).meta[tag]
    for address in articles.values():
        assert tag not in head_of(client, address).meta


def test_pages_of_people_bodies_and_topics_are_lists_too(client, others):
    for address in others.values():
        meta = head_of(client, address).meta
        assert all(meta[tag] for tag in COLUMN)
        assert not meta.keys() & set(ARTICLE)


def test_the_type_of_a_column_is_a_word_of_the_annex(client):
    found = {head_of(client, reverse(name)).meta["ColumnType"] for name in LISTS}
    assert found <= TYPES


@pytest.mark.parametrize("tag", ARTICLE)
def test_every_article_has_the_tag_and_no_list_has(client, articles, tag):
    for address in articles.values():
        assert head_of(client, address).meta[tag]
    for address in map(reverse, LISTS):
        assert tag not in head_of(client, address).meta


def test_nothing_that_is_not_set_leaves_an_empty_tag(client, articles, others, settings):
    for name in ("OWNER", "CODE", "CONTACT", "ABOUT", "ICP", "POLICE_RECORD", "REPORT_URL"):
        setattr(settings, f"SITE_{name}", "")
    for address in (*map(reverse, LISTS), *articles.values(), *others.values()):
        text = client.get(address).content.decode()
        head = Head(text)
        assert {name for name, content in head.meta.items() if name and not content} == set()
        assert "SiteIDCode" not in head.meta
        assert 'href=""' not in text
        assert "<li></li>" not in text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("meeting", "Event"),
        ("speech", "Article"),
        ("work_item", "BreadcrumbList"),
        ("speaker", "Person"),
        ("organization", "Organization"),
        ("topic", "BreadcrumbList"),
    ],
)
def test_structured_data_is_of_the_kind_of_its_page(client, articles, others, name, kind):
    address = {**articles, **others}[name]
    data = json.loads(head_of(client, address).data)
    assert data["@context"] == "https://schema.org"
    graph = {thing["@type"]: thing for thing in data["@graph"]}
    assert kind in graph
    if kind != "BreadcrumbList":
        assert graph[kind]["url"] == f"https://speeches.example.cn{address}"
    steps = graph["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
