"""What the tests of the static site share."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from speeches.models import Meeting, Speech
from speeches.public.api.application import ReadingAPI, api
from speeches.publishing import builder, making, writing
from tests.speeches.public import builders
from tests.speeches.publishing.halfway import Remembering, rebuild, tree


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


@pytest.fixture
def states(output, tmp_path, monkeypatch) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """A site, and changes that it does not have yet; gives the files without and with them."""
    if connection.vendor != "sqlite":
        pytest.skip("a forked process shares no connection; the files are the same")
    builders.small_site(2)
    rebuild(output)
    before = tree(output)
    gone, meeting = Speech.objects.get(title="第0篇发言"), Meeting.objects.get(slug="meeting-1")
    builders.published(builders.speech(meeting, title="新发言", position=5, tags=("新题",)))
    meeting.slug = "renamed"
    meeting.save()
    builders.published(meeting)
    builders.withdrawn(gone)
    monkeypatch.setattr(Remembering, "answers", {})
    monkeypatch.setattr(making, "Renderer", Remembering)
    monkeypatch.setattr(builder, "Renderer", Remembering)
    monkeypatch.setattr(writing, "Renderer", Remembering)
    rebuild(tmp_path / "fresh")
    return before, tree(tmp_path / "fresh")
