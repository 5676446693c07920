"""Digests that say themselves where each speech begins and ends, brought into the parser's form.

Such a file is read by its own reader, not by guessing. What it holds is laid out as text, so that
the workbench can show the speeches beside a source like that of any other file.
"""

from collections.abc import Iterator
from dataclasses import replace

from .documents import Fragment, ParsedDigest, ParsedSpeech
from .figures import find_figures


def transcript(digest: ParsedDigest) -> tuple[str, ParsedDigest]:
    """Return the text of ``digest``, and ``digest`` with its figures and places in that text."""
    heading = (digest.kicker, digest.meeting, digest.headline, digest.label, digest.editors_note)
    text = "".join(f"{part}\n\n" for part in heading if part)
    speeches = []
    for speech in digest.speeches:
        text, placed = _placed(text, speech)
        speeches.append(placed)
    text += "".join(f"{note}\n\n" for note in digest.notes)
    return text, replace(digest, speeches=tuple(speeches))


def _placed(text: str, speech: ParsedSpeech) -> tuple[str, ParsedSpeech]:
    """Lay ``speech`` out behind ``text``."""
    start = len(text)
    text += "".join(f"{part}\n" for part in _head(speech))
    spoken = "\n".join(speech.paragraphs)
    body = Fragment(len(text), len(text) + len(spoken), spoken)
    text += "".join(f"{part}\n" for part in (spoken, *speech.notes))
    placed = replace(
        speech,
        figures=find_figures(speech.paragraphs),
        fragments=(body,),
        source_start=start,
        source_end=len(text),
    )
    return f"{text}\n", placed


def _head(speech: ParsedSpeech) -> Iterator[str]:
    yield from filter(None, (speech.title, speech.byline))
