"""What the tests of the static site share."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command


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
    """Return the visible files of the site, relative to its folder."""

    def listed() -> set[str]:
        paths = (path.relative_to(output) for path in output.rglob("*") if path.is_file())
        return {path.as_posix() for path in paths if not path.name.startswith(".")}

    return listed
