"""Making a damaged static site again from what was published."""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from speeches.publishing import ledger
from speeches.publishing.addresses import RESERVED_NAMES
from speeches.publishing.builder import build
from speeches.publishing.manifest import Manifest
from speeches.publishing.rendering import BuildRefused


def restore(output: Path, tell: Callable[[str], None]) -> None:
    """Build everything anew and take away what was never built.

    Raises BuildRefused where the ledger itself is not sound: then the database can't be believed.
    """
    found = (row for kind in ledger.KINDS for row in ledger.verify(kind))
    broken = next((row for row in found if row is not None), None)
    if broken is not None:
        raise BuildRefused(
            _("Nothing is restored: the chain of editions is broken (%(problem)s).")
            % {"problem": broken}
        )
    build(output=output, tell=tell)
    manifest = Manifest.read(output)
    known = frozenset(manifest.files if manifest else ())
    for path in list(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        if path.is_file() and not _belongs(name, known):
            path.unlink()


def _belongs(name: str, known: frozenset[str]) -> bool:
    twins = {name.removesuffix(suffix) for suffix in (".gz", ".br")}
    return not known.isdisjoint({name, *twins}) or name.split("/", maxsplit=1)[0] in RESERVED_NAMES
