"""Are the files of the static site those that were built?"""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from speeches.publishing.addresses import RESERVED_NAMES
from speeches.publishing.manifest import Manifest, holds
from speeches.publishing.rendering import BuildRefused


def differences(output: Path) -> Iterator[str | None]:
    """Check every file in ``output``; yield None for a sound one, else what differs, in words.

    Raises BuildRefused where nothing was built.
    """
    manifest = Manifest.read(output)
    if manifest is None:
        raise BuildRefused(_("There is no built site in “%(folder)s”.") % {"folder": output})
    for name, digest in sorted(manifest.files.items()):
        if not (output / name).is_file():
            yield _("missing: %(file)s") % {"file": name}
        elif not holds(output / name, digest):
            yield _("changed: %(file)s") % {"file": name}
        else:
            yield None
    for name in sorted(_files_in(output) - manifest.files.keys()):
        yield _("not built: %(file)s") % {"file": name}


def _files_in(output: Path) -> set[str]:
    paths = (path.relative_to(output) for path in output.rglob("*") if not path.is_dir())
    return {path.as_posix() for path in paths if path.parts[0] not in RESERVED_NAMES}
