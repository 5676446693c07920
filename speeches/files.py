"""Writing files so that nobody ever sees half of one."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_whole(path: Path, content: bytes, staging: Path | None = None) -> None:
    """Store ``content`` at ``path`` through a temporary file, renamed into place.

    The temporary file lies beside ``path``, or in the folder ``staging`` of the same file system.
    Folders are made as needed. Raises OSError where that fails; what was at ``path`` then stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=staging or path.parent, prefix=f".{path.name[:80]}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep every other process out of ``folder`` that asks in this way.

    Raises BlockingIOError where another is in it.
    """
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
