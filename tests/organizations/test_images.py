import struct
import zlib
from io import BytesIO

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from organizations import images
from organizations.images import MAX_BYTES, MAX_SIDE, picture_path, reencode
from organizations.models import Speaker

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
)
RED, BLUE = (250, 0, 0), (0, 0, 250)


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    output = BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def two_halves() -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (80, 40), RED)
    picture.paste(BLUE, (40, 0, 80, 40))
    return picture


def chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def png_that_declares(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body


def reread(content: ContentFile) -> Image.Image:
    content.seek(0)
    return Image.open(BytesIO(content.read()))


def upload(content: bytes, name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_photograph_loses_its_metadata():
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    exif.get_ifd(0x8825)[1] = "N"
    content = reencode(upload(encoded(two_halves(), "JPEG", exif=exif)))
    assert not reread(content).getexif()
    assert b"a camera" not in content.read()


def test_a_photograph_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    upright = reread(reencode(upload(encoded(two_halves(), "JPEG", exif=exif))))
    assert upright.size == (40, 80)
    assert upright.getpixel((20, 10))[0] > 200
    assert upright.getpixel((20, 70))[2] > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_an_opaque_picture_becomes_a_jpeg(kind):
    content = reencode(upload(encoded(two_halves(), kind)))
    assert reread(content).format == "JPEG"
    assert content.name.endswith(".jpg")


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16"])
def test_a_picture_of_another_colour_model_is_taken(mode):
    content = reencode(upload(encoded(Image.new(mode, (9, 9)))))
    assert reread(content).mode == "RGB"


def test_a_picture_with_transparency_stays_a_png():
    content = reencode(upload(encoded(Image.new("RGBA", (9, 9), (250, 0, 0, 100)))))
    picture = reread(content)
    assert (picture.format, picture.getpixel((4, 4))) == ("PNG", (250, 0, 0, 100))
    assert content.name.endswith(".png")


def test_a_large_picture_is_bounded_and_keeps_its_shape():
    picture = reread(reencode(upload(encoded(Image.new("RGB", (MAX_SIDE * 2, 100))))))
    assert picture.size == (MAX_SIDE, 50)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (png_that_declares(50_000, 50_000), "40 百万像素"),
        (png_that_declares(8_000, 8_000), "40 百万像素"),
        (png_that_declares(100, 100), "不是可以识别的图片"),
        (encoded(two_halves(), "JPEG")[:300], "不是可以识别的图片"),
        (SVG, "不是可以识别的图片"),
        ("一段文字".encode(), "不是可以识别的图片"),
        (b"", "不是可以识别的图片"),
        (encoded(two_halves(), "BMP"), "不是可以识别的图片"),
        (b"\0" * (MAX_BYTES + 1), "20 MB"),
    ],
    ids=["bomb", "wide", "hollow", "truncated", "svg", "text", "empty", "bmp", "heavy"],
)
def test_what_is_not_a_bounded_picture_is_refused_in_chinese(content, message):
    with pytest.raises(ValidationError, match=message):
        reencode(upload(content))


def test_the_stored_name_tells_nothing_and_its_extension_is_true(media, db):
    speaker = Speaker(name="林清溪", photo=upload(encoded(two_halves()), "evil.html"))
    speaker.photo.field.pre_save(speaker, add=True)
    assert speaker.photo.name.startswith("pictures/")
    assert speaker.photo.name.endswith(".jpg")
    assert "evil" not in speaker.photo.name
    assert {path.suffix for path in media.rglob("*") if path.is_file()} == {".jpg"}


def test_two_uploads_of_one_picture_have_two_names():
    content = encoded(two_halves())
    assert reencode(upload(content)).name != reencode(upload(content)).name


def test_pictures_are_stored_by_month():
    assert picture_path(Speaker(), "x.jpg").count("/") == 3


@pytest.mark.django_db
def test_saving_again_leaves_a_stored_picture_as_it_is(media, monkeypatch):
    speaker = Speaker.objects.create(name="林清溪", photo=upload(encoded(two_halves())))
    before = speaker.photo.name, (media / speaker.photo.name).read_bytes()
    monkeypatch.setattr(images, "reencode", lambda _upload: pytest.fail("encoded again"))
    stored = Speaker.objects.get()
    stored.full_clean()
    stored.save()
    assert (stored.photo.name, (media / stored.photo.name).read_bytes()) == before


@pytest.mark.django_db
def test_a_refused_picture_stores_no_row(media):
    with pytest.raises(ValidationError), transaction.atomic():
        Speaker.objects.create(name="林清溪", photo=upload(SVG, "a.svg"))
    assert not Speaker.objects.exists()
    assert list(media.rglob("*.*")) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.png", SVG, "图片"),
        ("a.svg", encoded(two_halves()), "文件扩展"),
        ("a.png", png_that_declares(50_000, 50_000), "图片"),
    ],
)
def test_the_form_says_in_chinese_what_is_wrong(name, content, message):
    form_class = forms.modelform_factory(Speaker, fields=["name", "photo"])
    form = form_class({"name": "林清溪"}, {"photo": upload(content, name)})
    assert any(message in error for error in form.errors["photo"])


@pytest.mark.django_db
def test_the_form_says_that_a_picture_is_too_large(media, monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 3_000)
    form_class = forms.modelform_factory(Speaker, fields=["name", "photo"])
    form = form_class({"name": "林清溪"}, {"photo": upload(encoded(two_halves()))})
    assert form.errors["photo"] == ["图片超过 0 百万像素，请缩小后再上传。"]


@pytest.mark.django_db
def test_a_person_needs_no_picture():
    assert not Speaker.objects.create(name="林清溪").photo
