"""From a newspaper page's text to speeches in reading order: pure Python, no Django."""

from .digest import parse_digest
from .errors import UnreadableFile
from .figures import find_figures
from .reading import read_file, read_text
from .rendering import digest_to_json

__all__ = [
    "UnreadableFile",
    "digest_to_json",
    "find_figures",
    "parse_digest",
    "read_file",
    "read_text",
]
