"""Fetching the free fonts that stand for the official ones, from Debian's own packages.

Nothing is installed: a package is downloaded by ``apt-get``, which checks its signature, and only
the font files are taken out of it.
"""

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from speeches.exceptions import FontsUnreachable
from speeches.files import write_whole

TIME_LIMIT = 900
"""Seconds for a package of 50 MB on a slow line."""
LARGEST_FONT = 64 * 1024 * 1024
_TOOLS = ("apt-get", "dpkg-deb")


@dataclass(frozen=True, slots=True)
class FontPackage:
    """A Debian package with the fonts to take out of it, and what they stand for."""

    name: str
    fonts: tuple[str, ...]
    faces: str


PACKAGES = (
    FontPackage(
        "texlive-lang-chinese",
        ("*/fandol/FandolFang-Regular.otf", "*/fandol/FandolSong-Bold.otf"),
        "仿宋、小标宋",
    ),
    FontPackage("fonts-lxgw-wenkai", ("*/LXGWWenKai-Regular.ttf",), "楷体"),
)
"""Fandol (GPL with font exception) and 霞鹜文楷 (OFL)."""


def fetch(folder: Path, tell: Callable[[str], object]) -> list[Path]:
    """Put the free fonts into ``folder`` and return their paths; ``tell`` hears the progress.

    Raises FontsUnreachable where Debian's packages cannot be had, and OSError where ``folder``
    cannot be written.
    """
    for tool in _TOOLS:
        if shutil.which(tool) is None:
            raise FontsUnreachable(
                _(
                    "“%(tool)s” is not on this machine: the fonts come from Debian's packages. On "
                    "another system, copy font files into FONT_DIRS by hand."
                )
                % {"tool": tool}
            )
    return [path for package in PACKAGES for path in _fetched(package, folder, tell)]


def _fetched(package: FontPackage, folder: Path, tell: Callable[[str], object]) -> Iterator[Path]:
    tell(
        _("Fetching %(package)s for %(faces)s") % {"package": package.name, "faces": package.faces}
    )
    with tempfile.TemporaryDirectory(prefix="fonts-") as work:
        Path(work).chmod(0o755)  # apt drops its rights before it downloads
        _run(["apt-get", "--quiet", "download", package.name], Path(work))
        archive = next(Path(work).glob("*.deb"), None)
        if archive is None:
            raise _unreachable(_("no file was downloaded"))
        contents = Path(work) / "contents.tar"
        _run(["dpkg-deb", "--fsys-tarfile", str(archive)], Path(work), output=contents)
        for name, content in _fonts_in(contents, package.fonts):
            write_whole(folder / name, content)
            yield folder / name


def _fonts_in(contents: Path, wanted: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each wanted font; every one must be there."""
    missing = set(wanted)
    with tarfile.open(contents) as tar:
        for member in tar:
            if not member.isfile() or member.size > LARGEST_FONT:
                continue
            pattern = next((p for p in missing if fnmatch(member.name, p)), None)
            file = tar.extractfile(member) if pattern else None
            if pattern and file:
                missing.discard(pattern)
                yield PurePosixPath(member.name).name, file.read()
    if missing:
        raise _unreachable(_("the package lacks %(fonts)s") % {"fonts": "、".join(sorted(missing))})


def _run(command: Sequence[str], folder: Path, output: Path | None = None) -> None:
    try:
        done = subprocess.run(  # noqa: S603  # fixed commands, no shell
            command, cwd=folder, capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _unreachable(str(error)) from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise _unreachable(lines[-1] if lines else str(done.returncode))
    if output:
        output.write_bytes(done.stdout)


def _unreachable(reason: str) -> FontsUnreachable:
    return FontsUnreachable(
        _("The fonts cannot be fetched from Debian's packages: %(reason)s") % {"reason": reason}
    )
