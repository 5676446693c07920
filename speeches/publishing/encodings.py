"""The compressed variants of a file, for a web server that hands them out as they lie there."""

import gzip
from pathlib import PurePosixPath

try:
    import brotli
except ImportError:  # it is optional: without it there is gzip alone
    brotli = None

SUFFIXES = (".br", ".gz")
_TEXT = {
    *(".html", ".xml", ".txt", ".css", ".js", ".json", ".svg", ".webmanifest"),
    *(".csv", ".markdown", ".akn"),
}
_BROTLI_QUALITY = 5
"""About as quick as gzip and a tenth smaller; 11 would take longer than rendering."""


def variants(name: str, content: bytes) -> dict[str, bytes]:
    """Return suffix → bytes of what lies beside the file ``name``; the same bytes every time."""
    if PurePosixPath(name).suffix not in _TEXT or not content:
        return {}
    found = {".gz": gzip.compress(content, compresslevel=6, mtime=0)}
    if brotli is not None:
        found[".br"] = brotli.compress(content, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    return found


def may_unpack(suffix: str) -> bool:
    """Whether variants of this suffix can be read here."""
    return suffix != ".br" or brotli is not None


def unpacked(suffix: str, content: bytes) -> bytes | None:
    """Return what a variant holds; None where it is damaged, or cannot be read here."""
    try:
        if suffix == ".gz":
            return gzip.decompress(content)
        return None if brotli is None else bytes(brotli.decompress(content))
    except (OSError, EOFError, ValueError, RuntimeError):
        return None
    except Exception as error:
        if brotli is not None and isinstance(error, brotli.error):
            return None
        raise
