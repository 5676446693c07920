"""Stored rich text on a page: it was sanitised on its way into the database."""

import re

from django.utils.safestring import SafeString, mark_safe

_ANCHOR = re.compile(r'(<(?:p|h[2-4])\b[^>]*?\sid=")(p[0-9]+")')
_HEADING = re.compile(r"(</?h)([2-4])(?=[\s>])")


def trusted(html: str) -> SafeString:
    """Return stored rich text ready for a template.

    ``RichTextField`` sanitises on every way into the database, and editions are never changed.
    """
    return mark_safe(html)  # noqa: S308 - only ever called on a RichTextField


def embedded(html: str, *, prefix: str) -> SafeString:
    """Return stored rich text as a part of a longer page.

    Anchors get ``prefix``, so that those of several texts do not collide; headings go down one
    level, below the title of the text.
    """
    html = _ANCHOR.sub(rf"\g<1>{prefix}\g<2>", html)
    return trusted(_HEADING.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", html))
