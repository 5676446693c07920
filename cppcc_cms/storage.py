"""Files that are there as a whole or not at all, however storing them ends."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Django's own storage, but a file gets its name when all of it is written.

    A disk that is full half way leaves nothing behind, and nobody is served half a picture.
    """

    def _save(self, name: str, content: File[Any]) -> str:
        folder = Path(self.path(name)).parent
        folder.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
            return super()._save(name, _Beside(beside))
        finally:
            Path(beside).unlink(missing_ok=True)


class _Beside(File[Any]):
    """A file that lies on the same disk, to be moved."""

    def __init__(self, path: str) -> None:
        super().__init__(None, path)

    def temporary_file_path(self) -> str:
        """Tell Django what to move."""
        return str(self.name)
