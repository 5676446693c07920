"""What became of every character: nothing is lost or invented in silence."""

from collections import Counter
from collections.abc import Iterator

from .documents import ParsedDigest
from .typography import fold


def account(source: str, digest: ParsedDigest) -> tuple[str, str]:
    """Characters of the source in no field and no warning, and the reverse: (lost, invented).

    Blanks and the width of punctuation do not count.
    """
    printed = Counter(fold(source))
    kept: Counter[str] = Counter()
    for text in _texts(digest):
        kept.update(fold(text))
    return _spell(printed - kept), _spell(kept - printed)


def _texts(digest: ParsedDigest) -> Iterator[str]:
    """Every text taken from the source, each once."""
    yield digest.headline or digest.meeting
    yield from (digest.kicker, digest.label, digest.editors_note, *digest.notes)
    for speech in digest.speeches:
        if not speech.title_quoted:
            yield speech.title
        if not speech.inline:
            yield speech.byline
        yield from speech.paragraphs
        yield from speech.notes
    yield from (warning.dropped for warning in digest.warnings)


def _spell(counts: Counter[str]) -> str:
    return "".join(sorted(counts.elements()))
