"""What the tests of the static site share."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from speeches.public.api.application import ReadingAPI, api


@pytest.fixture(autouse=True)
def cheap_pictures(monkeypatch) -> None:
    """Pictures of shared links that take no time and still show the title."""

    def card(*, title: str, **shown: str) -> bytes:
        return f"{title} {shown}".encode()

    monkeypatch.setattr("speeches.public.views.shares.card", card)


@pytest.fixture(scope="session")
def described() -> Any:
    """The document of the public interface, which takes long to make and never changes."""
    return api.get_openapi_schema()


@pytest.fixture(autouse=True)
def cheap_document(monkeypatch, described) -> None:
    """A document of the public interface that takes no time."""
    monkeypatch.setattr(ReadingAPI, "get_openapi_schema", lambda _api, **_options: described)


@pytest.fixture
def output(settings, tmp_path) -> Path:
    """Where the site is built; nothing is collected, and pictures have a folder of their own."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "site"


@pytest.fixture
def build(output, capsys) -> Callable[..., dict[str, Any]]:
    """Build the site by the command and return what it printed."""

    def run(**options: Any) -> dict[str, Any]:
        capsys.readouterr()
        call_command("build_site", output=output, format="json", **options)
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def files(output) -> Callable[[], set[str]]:
    """Return the pages and files of the site, relative to its folder, without marks."""

    def listed() -> set[str]:
        return {
            name
            for name in tree(output)
            if not name.startswith((".gone", ".moved")) and not name.endswith((".gz", ".br"))
        }

    return listed


def tree(output: Path) -> dict[str, bytes]:
    """Return every file of a site but its manifest, by relative path."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
