import pytest
from lxml import html

from speeches.exporting.html_file import render
from tests.speeches.exporting.hostile import HOSTILE, hostile_digest
from tests.speeches.exporting.samples import digest, speech


def test_the_file_asks_for_nothing(stored_picture):
    piece = speech(1, f'<p>甲。</p><figure><img src="{stored_picture}" alt="湖"></figure>')
    root = html.fromstring(render(digest(speeches=(piece,))))
    assert root.xpath("//script | //link | //iframe") == []
    assert [src[:22] for src in root.xpath("//img/@src")] == ["data:image/jpeg;base64"]
    assert all(link.startswith("#") for link in root.xpath("//a/@href"))
    assert "default-src 'none'" in root.xpath("string(//meta[@http-equiv]/@content)")
    assert "url(" not in root.xpath("string(//style)")


def test_every_speech_is_listed_and_shown_in_order():
    document = digest()
    root = html.fromstring(render(document))
    titles = [title.split() for title in root.xpath("//article/h2/text()")]
    assert titles == [piece.title.split() for piece in document.speeches]
    targets = [link.removeprefix("#") for link in root.xpath("//nav//a/@href")]
    assert targets == root.xpath("//article/@id")


def test_the_colour_is_the_sites(settings):
    settings.SITE_COLOUR = "#123456"
    assert b"#123456" in render(digest())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    document = hostile_digest(text)
    root = html.fromstring(render(document).decode())
    (piece,) = document.speeches
    assert root.xpath("string(//article/p[not(@class)])") == piece.blocks[1].text
    assert root.xpath("//script | //@onmouseover") == []
