"""Pictures for the editor: what is refused, and what is stored."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from easy_thumbnails.files import get_thumbnailer
from PIL import Image

from speeches.models import Picture
from speeches.services import pictures
from tests import faults

ADDRESS = "/admin/speeches/upload-picture/"
TOKEN = "t" * 40


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    output = BytesIO()
    Image.new("RGB", size, "red").save(output, kind)
    return output.getvalue()


def bomb() -> bytes:
    """Return a PNG of a few bytes that claims 30,000 × 30,000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checksum

    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels)


def send(
    client, data: bytes, name: str = "a.png", token: str = TOKEN, words: str = "会场", **headers
):
    client.cookies["ckCsrfToken"] = TOKEN
    upload = SimpleUploadedFile(name, data, content_type="image/png")
    data = {"upload": upload, "ckCsrfToken": token, "words": words}
    return client.post(ADDRESS, data, headers=headers or None)


@pytest.fixture
def strict(sit_down) -> Client:
    """Return an editor whose forgeries are noticed."""
    client = sit_down("editor")
    client.handler.enforce_csrf_checks = True
    return client


def test_the_address_is_the_one_the_editor_uses():
    assert reverse("admin:speeches_upload_picture") == ADDRESS


@pytest.mark.parametrize("fault", [faults.full, faults.read_only])
def test_a_disk_that_takes_nothing_is_told_in_words_and_keeps_no_half(
    strict, settings, tmp_path, fault
):
    with faults.disk(tmp_path / "disk", 1) as disk:
        settings.MEDIA_ROOT = disk / "media"
        settings.MEDIA_ROOT.mkdir()
        with fault(disk):
            answer = send(strict, picture(size=(900, 900)))
            assert answer.status_code == 503
            assert "无法保存文件" in answer.json()["error"]["message"]
        assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
        assert Picture.objects.count() == 0
        assert send(strict, picture(size=(900, 900))).status_code == 200
        assert Picture.objects.count() == 1


def test_a_picture_is_made_anew_under_a_random_name(strict):
    data = picture() + b"<script>steal()</script>"
    response = send(strict, data, name="../../evil.html")
    answer = response.json()
    assert answer["uploaded"] == 1
    assert answer["url"].startswith("/media/pictures/")
    assert answer["url"].endswith(".jpg")
    assert "evil" not in answer["url"]
    with default_storage.open(answer["fileName"]) as stored:
        assert b"script" not in stored.read()


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>steal()</script></svg>',
        b"<html><script>steal()</script></html>",
        b"",
        picture()[:40],
        bomb(),
    ],
    ids=["svg", "html", "empty", "truncated", "bomb"],
)
def test_anything_else_is_refused_in_chinese(strict, data):
    response = send(strict, data)
    assert response.status_code == 400
    answer = response.json()
    assert answer["uploaded"] == 0
    assert "图片" in answer["error"]["message"]


def test_a_forged_form_is_refused(strict):
    assert send(strict, picture(), token="x" * 40).status_code == 403
    assert send(strict, picture(), token="").status_code == 403
    assert send(strict, picture(), origin="https://evil.example").status_code == 403


def test_djangos_own_token_is_enough(strict):
    page = strict.get(reverse("admin:speeches_importbatch_add"))
    token = str(page.context["csrf_token"])
    upload = SimpleUploadedFile("a.png", picture(), content_type="image/png")
    response = strict.post(
        ADDRESS, {"upload": upload, "words": "会场"}, headers={"X-CSRFToken": token}
    )
    assert response.json()["uploaded"] == 1


def test_without_a_file_it_says_so(strict):
    strict.cookies["ckCsrfToken"] = TOKEN
    response = strict.post(ADDRESS, {"ckCsrfToken": TOKEN})
    assert response.json()["error"]["message"] == "请先选择图片。"


def test_reviewers_do_not_upload(sit_down):
    assert send(sit_down("first"), picture()).status_code == 403


def test_strangers_are_sent_to_the_login(db):
    response = send(Client(), picture())
    assert response.status_code == 302
    assert "/admin/login/" in response.url


def test_a_picture_without_words_is_refused(strict):
    answer = send(strict, picture(), words=" ")
    assert answer.status_code == 400
    assert "图片内容" in answer.json()["error"]["message"]


def test_the_library_offers_what_was_sent(strict, sit_down):
    send(strict, picture(), words="白鹭县会场")
    library = reverse("admin:speeches_picture_library")
    (offered,) = strict.get(library, {"q": "会场"}).json()["pictures"]
    assert offered["words"] == "白鹭县会场"
    assert strict.get(library, {"q": "没有"}).json()["pictures"] == []
    assert sit_down("first").get(library).status_code == 403
    assert Client().get(library).status_code == 302


def test_the_focal_point_moves_what_a_cut_shows(strict, sit_down):
    wide = BytesIO()
    image = Image.new("RGB", (1200, 200), "blue")
    image.paste("red", (1000, 0, 1200, 200))
    image.save(wide, "PNG")
    send(strict, wide.getvalue())
    row = Picture.objects.get()
    address = reverse("admin:speeches_picture_change", args=[row.pk])
    data = {"words": "右边是红的", "focus_x": 100, "focus_y": 50}
    assert sit_down("editor").post(address, data).status_code == 302
    rendition = get_thumbnailer(default_storage, relative_name=row.name)["card"]
    with default_storage.open(rendition.name) as file:
        red, _green, blue = Image.open(file).convert("RGB").getpixel((400, 100))
    assert red > blue


def office_file(*names: str) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "x")
    return output.getvalue()


ATTACHMENT = "/admin/speeches/upload-attachment/"


@pytest.mark.parametrize(
    ("name", "data", "taken"),
    [
        ("附件.pdf", b"%PDF-1.7 ...", True),
        ("附件.DOCX", office_file("word/document.xml"), True),
        ("附件.docx", office_file("word/document.xml", "word/vbaProject.bin"), False),
        ("附件.xlsx", office_file("word/document.xml"), False),
        ("附件.pdf", b"<html><script>a()</script>", False),
        ("附件.html", b"%PDF-1.7", False),
        ("附件.docx", b"PK", False),
    ],
)
def test_attachments_are_known_by_their_content(strict, name, data, taken):
    strict.cookies["ckCsrfToken"] = TOKEN
    upload = SimpleUploadedFile(name, data)
    answer = strict.post(ATTACHMENT, {"upload": upload, "ckCsrfToken": TOKEN})
    assert answer.status_code == (200 if taken else 400)
    if taken:
        assert answer.json()["url"].startswith("/media/attachments/")
        assert "附件" not in answer.json()["url"]


def test_an_attachment_that_is_too_large_is_refused(strict, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_ATTACHMENT", 8)
    strict.cookies["ckCsrfToken"] = TOKEN
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 more")
    assert strict.post(ATTACHMENT, {"upload": upload, "ckCsrfToken": TOKEN}).status_code == 400
