"""What a page-bound format says about pictures: it prints their captions only."""

from django.utils.translation import ngettext

from speeches.exporting.document import DigestDocument
from speeches.textblocks import BlockKind


def picture_notices(document: DigestDocument) -> tuple[str, ...]:
    """Tell how many pictures are left out."""
    count = sum(b.kind is BlockKind.IMAGE for speech in document.speeches for b in speech.blocks)
    if not count:
        return ()
    words = ngettext(
        "%(count)d picture is left out; its caption is printed.",
        "%(count)d pictures are left out; their captions are printed.",
        count,
    )
    return (words % {"count": count},)
