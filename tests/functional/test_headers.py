"""Security headers: the same on pages and files, from the application and from nginx."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project_settings

DEPLOY = Path(project_settings.BASE_DIR, "deploy")
HEADER = re.compile(r'^add_header (\S+) (?:"([^"]+)"|(\S+)) always;$', re.MULTILINE)


def headers_in(name):
    found = HEADER.findall((DEPLOY / name).read_text("utf-8"))
    return {header: quoted or plain for header, quoted, plain in found}


@pytest.fixture
def with_https(settings, tmp_path):
    """The settings of a server, with one collected file."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "page.css").write_text("p {}")


def told(client, address):
    answer = client.get(address, secure=True)
    list(answer)
    assert answer.status_code in {200, 404}
    return {name: answer.headers.get(name) for name in headers_in("security-headers.conf")}


def normal(headers):
    """A policy means the same in whatever order its parts stand."""
    return {name: sorted((value or "").split("; ")) for name, value in headers.items()}


@pytest.mark.parametrize("address", ["/", "/speeches/999/", "/feed/", "/static/page.css"])
def test_pages_and_files_carry_the_same_headers(client, db, with_https, address):
    assert normal(told(client, address)) == normal(told(client, "/about/"))


def test_nginx_says_what_the_application_says(client, db, with_https):
    passed_on = {**told(client, "/"), **headers_in("proxy.conf")}
    assert normal(passed_on) == normal(headers_in("security-headers.conf"))
