"""Making a damaged static site again from what was published."""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from speeches.publishing import ledger
from speeches.publishing.builder import build
from speeches.publishing.manifest import Manifest
from speeches.publishing.rendering import BuildRefused


def restore(output: Path, tell: Callable[[str], None]) -> None:
    """Build everything anew in a folder of its own; what was never built is not in it.

    Raises BuildRefused where the ledger itself is not sound: then the database can't be believed.
    """
    found = (row for kind in ledger.KINDS for row in ledger.verify(kind))
    broken = next((row for row in found if row is not None), None)
    if broken is not None:
        raise BuildRefused(
            _("Nothing is restored: the chain of editions is broken (%(problem)s).")
            % {"problem": broken}
        )
    manifest = Manifest.last(output)
    build(output=output, tell=tell, with_digests=bool(manifest and manifest.with_digests))
