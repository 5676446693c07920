from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from pytest_django.fixtures import Settings

from speeches.exporting import pictures
from speeches.exporting.pictures import (
    Picture,
    picture_notices,
    pictures_of,
    printed_size,
    read_picture,
)
from speeches.exporting.typography import TEXT_HEIGHT, TEXT_WIDTH
from tests.speeches.exporting.pictures import png
from tests.speeches.exporting.samples import digest, speech


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def stored(content: bytes, name: str = "a.png") -> str:
    return "/media/" + default_storage.save(name, ContentFile(content))


def test_a_picture_is_encoded_anew() -> None:
    picture = read_picture(stored(png(40, 30)))
    assert picture is not None
    assert (picture.extension, picture.width, picture.height) == ("jpg", 40, 30)
    assert Image.open(BytesIO(picture.content)).format == "JPEG"


def test_transparency_stays() -> None:
    output = BytesIO()
    Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(output, "PNG")
    picture = read_picture(stored(output.getvalue()))
    assert picture is not None
    assert picture.extension == "png"
    assert Image.open(BytesIO(picture.content)).getpixel((0, 0)) == (1, 2, 3, 0)


def test_where_a_picture_was_taken_does_not_go_on() -> None:
    output = BytesIO()
    image = Image.new("RGB", (8, 8))
    exif = image.getexif()
    exif[0x010E] = "secret place"
    image.save(output, "JPEG", exif=exif)
    picture = read_picture(stored(output.getvalue(), "a.jpg"))
    assert picture is not None
    assert b"secret" not in picture.content


def test_large_pictures_are_made_smaller() -> None:
    picture = read_picture(stored(png(3200, 1600)))
    assert picture is not None
    assert (picture.width, picture.height) == (1600, 800)


@pytest.mark.parametrize(
    "address",
    [
        "/media/nowhere.png",
        "/media/../secret.png",
        "/media/%2e%2e/secret.png",
        "/media//etc/passwd",
        "/static/a.png",
        "/etc/passwd",
        "http://example.com/media/a.png",
        "file:///etc/passwd",
        "",
    ],
)
def test_nothing_outside_the_media_folder_is_read(address: str, media: Path) -> None:
    media.mkdir()
    (media.parent / "secret.png").write_bytes(png(4, 4))
    assert read_picture(address) is None


@pytest.mark.parametrize("content", [b"", b"no picture", png(99, 99)[:50], b"<svg/>"])
def test_what_is_no_picture_is_left_out(content: bytes) -> None:
    assert read_picture(stored(content)) is None


def test_a_picture_of_too_many_pixels_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 99)
    assert read_picture(stored(png(10, 10))) is None


@pytest.mark.parametrize(
    ("sides", "millimetres"),
    [
        ((150, 75), (25.4, 12.7)),
        ((1600, 800), (TEXT_WIDTH, TEXT_WIDTH / 2)),
        ((800, 1600), (0.4 * TEXT_HEIGHT / 2, 0.4 * TEXT_HEIGHT)),
    ],
)
def test_a_picture_is_never_wider_than_the_text(
    sides: tuple[int, int], millimetres: tuple[float, float]
) -> None:
    assert printed_size(Picture(b"", "jpg", *sides)) == pytest.approx(millimetres, abs=0.01)


def test_pictures_are_found_by_their_address_and_the_others_told() -> None:
    address = stored(png(4, 4))
    text = f'<p><img src="{address}"></p><p><img src="/media/lost.png"></p>'
    document = digest(speeches=(speech(1, text), speech(2, text)))
    assert list(pictures_of(document)) == [address]
    assert picture_notices(document) == ("有 2 幅图片无法读取，只印图片说明。",)
    assert picture_notices(digest(speeches=(speech(1),))) == ()
