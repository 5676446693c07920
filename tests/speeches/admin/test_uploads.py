"""Pictures for the editor: what is refused, and what is stored."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

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


def send(client, data: bytes, name: str = "a.png", token: str = TOKEN, **headers):
    client.cookies["ckCsrfToken"] = TOKEN
    upload = SimpleUploadedFile(name, data, content_type="image/png")
    return client.post(ADDRESS, {"upload": upload, "ckCsrfToken": token}, headers=headers or None)


@pytest.fixture
def strict(sit_down) -> Client:
    """Return an editor whose forgeries are noticed."""
    client = sit_down("editor")
    client.handler.enforce_csrf_checks = True
    return client


def test_the_address_is_the_one_the_editor_uses():
    assert reverse("admin:speeches_upload_picture") == ADDRESS


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
    response = strict.post(ADDRESS, {"upload": upload}, headers={"X-CSRFToken": token})
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
