import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from speeches.enums import ChangedKind
from speeches.exporting import registry
from speeches.exporting.editions import digest_of
from speeches.models import SiteChange, SiteSettings
from speeches.services.site import save_site_settings
from speeches.site import forget, site
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_site(django_capture_on_commit_callbacks):
    """Save what the office sets."""

    def save(**fields: object) -> SiteSettings:
        with django_capture_on_commit_callbacks(execute=True):
            return save_site_settings(row=SiteSettings(**fields))

    return save


def test_what_is_blank_is_taken_from_the_environment(settings, set_site):
    settings.SITE_NAME, settings.SITE_OWNER = "环境名称", "环境主办"
    set_site(name="后台名称")
    assert (site().name, site().owner, site().publisher) == ("后台名称", "环境主办", "环境主办")


def test_saving_shows_at_once_on_pages_feeds_and_files(page, set_site):
    of = build.meeting()
    edition = build.published(of)
    assert "青禾发言网" not in page("home")
    set_site(
        name="青禾发言网",
        owner="青禾市政协",
        announcement="系统将于周六维护",
        footer="地址：青禾市\n<b>邮编</b>",
    )
    text = page("home")
    assert "<title>青禾发言网</title>" in text
    assert "系统将于周六维护" in text
    assert "地址：青禾市<br>&lt;b&gt;邮编&lt;/b&gt;" in text
    assert "青禾发言网" in page("feed")
    exported = registry.export(digest_of(edition), "wechat").content.decode()
    assert "青禾" in exported


def test_a_page_needs_no_query_for_the_settings(client, set_site, django_assert_num_queries):
    set_site(name="青禾发言网")
    client.get(reverse("about"))
    with django_assert_num_queries(0):
        client.get(reverse("about"))


def test_a_fresh_process_reads_the_settings_with_the_front_page(client, set_site):
    fields = {"name": "青禾发言网", "columns": ["topics", "meetings"], "home_blocks": ["work"]}
    set_site(**fields, announcement="系统将于周六维护", colour="#0B5394")
    for address in (reverse("home"), reverse("about")):
        forget()
        assert "系统将于周六维护" in client.get(address).content.decode()
        assert (site().name, site().columns) == ("青禾发言网", ("topics", "meetings"))
        assert (site().home_blocks, site().colour) == (("work",), "#0B5394")


def test_columns_and_blocks_are_shown_as_the_office_orders_them(page, set_site):
    build.small_site(2)
    set_site(columns=["topics", "meetings"], home_blocks=["topics", "work"])
    text = page("home")
    navigation = text[text.index("nav-list") : text.index("</nav>")]
    assert navigation.index("主题") < navigation.index("会议")
    assert "发言人" not in navigation
    assert text.index('id="topics-title"') < text.index('id="work-title"')
    assert 'id="organizations-title"' not in text
    assert 'id="speeches-title"' not in text


def test_the_main_colour_reaches_pages_in_a_style_sheet_of_its_own(client, page, set_site):
    assert "/site-" not in page("about")
    set_site(colour="#0B5394")
    assert 'href="/site-0b5394.css"' in page("about")
    response = client.get("/site-0b5394.css")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "--main: #0b5394;" in response.content.decode()
    assert "prefers-color-scheme: dark" in response.content.decode()
    assert client.get("/site-ffff00.css").status_code == 404
    assert client.get("/site-xyzxyz.css").status_code == 404


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"colour": "#ffee00"}, "看不清"),
        ({"colour": "red"}, "#rrggbb"),
        ({"security_contact": "a@example.cn"}, "mailto:"),
        ({"columns": ["meetings", "meetings"]}, "一次"),
        ({"home_blocks": ["nothing"]}, "一次"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_chinese(set_site, fields, message):
    with pytest.raises(ValidationError, match=message):
        set_site(**fields)
    assert not SiteSettings.objects.exists()


def test_the_builder_of_the_static_site_notices_a_change(set_site):
    set_site(name="青禾发言网")
    assert SiteChange.objects.latest("pk").kind == ChangedKind.EVERYTHING
