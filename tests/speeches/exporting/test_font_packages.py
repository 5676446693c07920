import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from speeches.exceptions import FontsUnreachable
from speeches.exporting import font_packages

FONTS = ("FandolFang-Regular.otf", "FandolSong-Bold.otf", "LXGWWenKai-Regular.ttf")
APT = """#!/bin/sh
touch "$3_1.0_all.deb"
"""
DPKG = """#!/bin/sh
cat "{contents}"
"""


def tar_of(path: Path, *names: str, link: str = "") -> Path:
    with tarfile.open(path, "w") as tar:
        for name in names:
            member = tarfile.TarInfo(f"./usr/share/fonts/fandol/{name}")
            content = f"font {name}".encode()
            member.size = len(content)
            if name == link:
                member.type, member.linkname, member.size = tarfile.SYMTYPE, "/etc/passwd", 0
            tar.addfile(member, io.BytesIO(content))
    return path


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put programs of these names on the path, and no others but the shell's own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr(
        font_packages.shutil, "which", lambda name: (folder / name).exists() or None
    )

    def put(**scripts: str) -> None:
        for name, script in scripts.items():
            program = folder / name.replace("_", "-")
            program.write_text(script, encoding="utf-8")
            program.chmod(0o755)

    return put


def fetched(folder: Path) -> list[str]:
    told: list[str] = []
    return [path.name for path in font_packages.fetch(folder, told.append)]


def test_only_the_fonts_are_taken_out_of_the_packages(
    tools: Callable[..., None], tmp_path: Path
) -> None:
    contents = tar_of(tmp_path / "contents.tar", "README", *FONTS, "FandolHei-Bold.otf")
    tools(apt_get=APT, dpkg_deb=DPKG.format(contents=contents))
    assert fetched(tmp_path / "fonts") == list(FONTS)
    assert sorted(path.name for path in (tmp_path / "fonts").iterdir()) == sorted(FONTS)
    assert (tmp_path / "fonts" / FONTS[0]).read_text() == f"font {FONTS[0]}"


def test_a_machine_without_debians_tools_is_told_what_to_do(
    tools: Callable[..., None], tmp_path: Path
) -> None:
    tools()
    with pytest.raises(FontsUnreachable, match="apt-get"):
        fetched(tmp_path / "fonts")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("#!/bin/sh\necho 'E: Unable to fetch some archives' >&2\nexit 100\n", "Unable to fetch"),
        ("#!/bin/sh\nexit 0\n", "[一-鿿]|no file"),
        ("#!/bin/sh\nsleep 5\n", "timed out"),
    ],
)
def test_packages_that_cannot_be_had_are_told(
    script: str,
    reason: str,
    tools: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(font_packages, "TIME_LIMIT", 0.5)
    tools(apt_get=script, dpkg_deb=DPKG.format(contents=tmp_path / "none"))
    with pytest.raises(FontsUnreachable, match=reason):
        fetched(tmp_path / "fonts")


def test_a_package_without_the_font_is_told_and_a_link_is_no_font(
    tools: Callable[..., None], tmp_path: Path
) -> None:
    contents = tar_of(tmp_path / "contents.tar", *FONTS, link=FONTS[1])
    tools(apt_get=APT, dpkg_deb=DPKG.format(contents=contents))
    with pytest.raises(FontsUnreachable, match=r"fandol/FandolSong-Bold\.otf"):
        fetched(tmp_path / "fonts")
