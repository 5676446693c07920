"""Are the files of the static site those that were built?"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from speeches.publishing.addresses import MANIFEST
from speeches.publishing.encodings import SUFFIXES, may_unpack, unpacked
from speeches.publishing.manifest import Manifest, digest_of, holds
from speeches.publishing.rendering import BuildRefused


def differences(output: Path) -> Iterator[str | None]:
    """Check every file in ``output``; yield None for a sound one, else what differs, in words.

    Raises BuildRefused where nothing was built.
    """
    try:
        manifest = Manifest.read(output)
    except BuildRefused as error:
        yield str(error)
        return
    if manifest is None:
        raise BuildRefused(_("There is no built site in “%(folder)s”.") % {"folder": output})
    there = _files_in(output)
    for name, digest in sorted(manifest.files.items()):
        if name not in there:
            yield _("missing: %(file)s") % {"file": name}
        elif not holds(output / name, digest):
            yield _("changed: %(file)s") % {"file": name}
        else:
            yield None
    for name in sorted(there - manifest.files.keys()):
        suffix = PurePosixPath(name).suffix
        packed = manifest.files.get(name.removesuffix(suffix)) if suffix in SUFFIXES else None
        if packed is None:
            yield _("not built: %(file)s") % {"file": name}
        elif not may_unpack(suffix):
            yield _("cannot be checked (install brotli, or build the site anew): %(file)s") % {
                "file": name
            }
        elif not _unpacks(output / name, suffix, packed):
            yield _("changed: %(file)s") % {"file": name}


def _unpacks(path: Path, suffix: str, digest: str) -> bool:
    content = unpacked(suffix, path.read_bytes())
    return content is not None and digest_of(content) == digest


def _files_in(output: Path) -> set[str]:
    paths = (path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
    return {path for path in paths if path != MANIFEST}
