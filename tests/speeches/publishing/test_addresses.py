import pytest

from speeches.publishing.addresses import Unstorable, file_of, internal_path, is_asset, is_digest


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://zx.example.cn"


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("/meetings/", "/meetings/"),
        ("../work/3/#p2", "/work/3/"),
        ("https://zx.example.cn/speeches/1/", "/speeches/1/"),
        ("https://zx.example.cn", "/"),
        ("/topics/%E6%B0%91%E7%94%9F/", "/topics/民生/"),
        ("#p3", None),
        ("?page=2", None),
        ("/work/?topic=1", None),
        ("//elsewhere.example.cn/x", None),
        ("http://zx.example.cn/", None),
        ("mailto:office@example.cn", None),
        ("https://[broken/", None),
    ],
)
def test_a_link_leads_to_a_path_of_the_site_or_nowhere(link, path):
    assert internal_path(link, "/meetings/") == path


@pytest.mark.parametrize(
    ("path", "media_type", "name"),
    [
        ("/", "text/html", "index.html"),
        ("/topics/民生/", "text/html", "topics/民生/index.html"),
        ("/feed/", "application/atom+xml", "feed/index.xml"),
        ("/robots.txt", "text/plain", "robots.txt"),
        ("/work/?page=12", "text/html", "work/page-12.html"),
    ],
)
def test_a_path_has_one_file(path, media_type, name):
    assert file_of(path, media_type) == name


@pytest.mark.parametrize(
    "path",
    [
        "/../etc/passwd",
        "/a//b/",
        "/a/./b",
        "/a\0/",
        f"/{'长' * 100}/",
        "/manifest.json",
        "/.gone/x",
    ],
)
def test_what_cannot_be_a_file_is_refused(path):
    with pytest.raises(Unstorable):
        file_of(path, "text/html")


def test_assets_and_downloads_are_known_by_their_address():
    assert is_asset("/static/css/base.css")
    assert is_asset("/media/a.png")
    assert not is_asset("/work/")
    assert is_digest("/meetings/某会/digest.pdf")
    assert is_digest("/organizations/1/digest.docx")
    assert not is_digest("/meetings/某会/")
    assert not is_digest("/nothing/like/this")
