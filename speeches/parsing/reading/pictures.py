"""Pictures of a document that are worth keeping: in a form that browsers show, within limits."""

from dataclasses import dataclass

from speeches.parsing.documents import SourcePicture

MAX_PICTURE = 10 * 1024 * 1024
MAX_ALL = 20 * 1024 * 1024
"""Bytes of one picture, and of all that are kept of a document."""
MAX_PICTURES = 200
KEPT = "文件中有{}幅图片：请逐一采用并写明画面内容，或不采用。"
_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


@dataclass(slots=True)
class Album:
    """Counts the pictures of a document, and what those that are kept weigh."""

    kept: int = 0
    left_out: int = 0
    _bytes: int = 0

    def take(self, content: bytes | None, description: str = "") -> SourcePicture | None:
        """Return a picture, or None for one that is of no use or too much, which is counted."""
        media_type = _media_type(content) if content else None
        if (
            content is None
            or media_type is None
            or len(content) > MAX_PICTURE
            or self._bytes + len(content) > MAX_ALL
            or self.kept >= MAX_PICTURES
        ):
            self.left_out += 1
            return None
        self.kept += 1
        self._bytes += len(content)
        return SourcePicture(media_type, content, 0, description)


def _media_type(content: bytes) -> str | None:
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for sign, kind in _SIGNS if content.startswith(sign)), None)
