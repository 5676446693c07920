"""Parsing a digest of 600 speeches beside one pass of jieba over the same text.

Both dictionaries are loaded before. Every second speech of the scrambled digest is printed with its
columns swapped, torn in the midst of a sentence. Memory is that of a process that parses it once.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import jieba

from bench.comparison import Comparison, in_turns
from bench.docx_export import invented_digest
from bench.processes import cost_of
from speeches.exporting.document import DigestSpeech
from speeches.parsing import parse_digest

SPEECHES = int(os.environ.get("BENCH_SPEECHES", "600"))
ROUNDS = 3
CEILING = 300.0
"""Megabytes that parsing may take at most."""

_CHILD = """
import sys, time
from pathlib import Path
from bench.processes import largest_memory
from speeches.parsing import parse_digest
text = Path(sys.argv[1]).read_text(encoding="utf-8")
started = time.process_time()
parse_digest(text)
print(time.process_time() - started, largest_memory())
"""


def run() -> Iterator[Comparison]:
    """Measure."""
    jieba.setLogLevel(logging.WARNING)
    yield _compared("printed in order", printed(SPEECHES))
    scrambled = printed(SPEECHES, scrambled=True)
    yield _compared("every second one with its columns swapped", scrambled)
    yield _memory(scrambled)


def printed(count: int, *, scrambled: bool = False) -> str:
    """Return a text file with so many invented speeches."""
    speeches = invented_digest(count).speeches
    bodies = [
        _swapped(speech) if scrambled and speech.id % 2 else _body(speech) for speech in speeches
    ]
    parts = ["云岭省政协专题协商会", "（发言摘登）"]
    for speech, body in zip(speeches, bodies, strict=True):
        parts += [speech.title, speech.byline, *body]
    return "\n\n".join(parts) + "\n"


def _compared(what: str, text: str) -> Comparison:
    digest = parse_digest(text)
    assert len(digest.speeches) == SPEECHES
    assert not digest.lost
    assert not digest.invented
    ours, peer = in_turns(
        ours=lambda _round: parse_digest(text),
        peer=lambda _round: sum(1 for _word in jieba.cut(text)),
        rounds=ROUNDS,
    )
    return Comparison(
        title=f"Parsing {SPEECHES} speeches ({len(text):,} characters), {what}",
        ours_is="parse_digest: signatures, reading order, paragraphs, figures, accounting",
        peer_is="jieba.cut: one pass over the text, nothing else",
        ours=ours,
        peer=peer,
    )


def _memory(text: str) -> Comparison:
    with tempfile.TemporaryDirectory(prefix="bench-parsing-") as folder:
        source = Path(folder) / "digest.txt"
        source.write_text(text, encoding="utf-8")
        costs = [cost_of((sys.executable, "-c", _CHILD, source)) for _round in range(ROUNDS)]
    return Comparison(
        title=f"Parsing {SPEECHES} speeches, largest memory",
        ours_is="parse_digest in a process of its own",
        peer_is="what it may take",
        ours=tuple(cost.megabytes or 0.0 for cost in costs),
        peer=(CEILING,) * ROUNDS,
        unit="MB",
    )


def _body(speech: DigestSpeech) -> Sequence[str]:
    return [block.text for block in speech.blocks]


def _swapped(speech: DigestSpeech) -> Sequence[str]:
    """Print the second half of a speech before the first, cut in the midst of a paragraph."""
    body = _body(speech)
    at = len(body) // 2
    cut = len(body[at]) // 2
    return [body[at][cut:], *body[at + 1 :], *body[:at], body[at][:cut]]
