"""From a newspaper page's text to speeches in reading order: pure Python, no Django."""

from .akn import is_akn, read_akn
from .candidates import find_candidates
from .digest import parse_digest
from .documents import Figure
from .errors import UnreadableFile
from .figures import find_figures
from .markdown import read_markdown
from .reading import read_file, read_text
from .rendering import digest_to_json, figure_to_json
from .transcripts import transcript

__all__ = [
    "Figure",
    "UnreadableFile",
    "digest_to_json",
    "figure_to_json",
    "find_candidates",
    "find_figures",
    "is_akn",
    "parse_digest",
    "read_akn",
    "read_file",
    "read_markdown",
    "read_text",
    "transcript",
]
