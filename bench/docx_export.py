"""The Word digest of 60 speeches beside the same text by python-docx, a call a paragraph."""

from io import BytesIO

import docx as python_docx

from bench.comparison import Comparison, in_turns
from speeches.exporting import docx
from speeches.exporting.document import DigestDocument, DigestSpeech
from speeches.richtext import from_paragraphs
from speeches.services import invention
from speeches.signatures import signature
from speeches.textblocks import blocks

SPEECHES = 60
ROUNDS = 7


def run() -> list[Comparison]:
    """Measure."""
    document = invented_digest()
    assert _text(docx.EXPORTER.render(document)) >= _text(_naive(document))
    ours, peer = in_turns(
        ours=lambda _round: docx.EXPORTER.render(document),
        peer=lambda _round: _naive(document),
        rounds=ROUNDS,
    )
    return [
        Comparison(
            title=f"Word digest of {SPEECHES} speeches",
            ours_is="the exporter: GB/T 9704 styles, contents, footers",
            peer_is="python-docx, add_heading and add_paragraph, default styles",
            ours=ours,
            peer=peer,
        )
    ]


def invented_digest(count: int = SPEECHES) -> DigestDocument:
    """Return the digest that the benches of several forms export."""
    speeches = []
    for number in range(1, count + 1):
        invented = invention.speech(seed=1, number=number)
        person = invention.PEOPLE[invented.speaker]
        body = invention.BODIES[person.body].name
        speeches.append(
            DigestSpeech(
                id=number,
                title=invented.title,
                byline=signature(body, person.posts, [person.name]),
                organization=body,
                posts=person.posts,
                speakers=(person.name,),
                blocks=blocks(from_paragraphs(invented.paragraphs)),
                url=f"/speeches/{number}/",
            )
        )
    return DigestDocument(
        slug="bench", title="专题协商会", url="/meetings/bench/", speeches=tuple(speeches)
    )


def _naive(document: DigestDocument) -> bytes:
    word = python_docx.Document()
    word.add_heading(document.title, 0)
    for speech in document.speeches:
        word.add_heading(speech.title, 1)
        word.add_paragraph(speech.byline)
        for block in speech.blocks:
            word.add_paragraph(block.text)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _text(content: bytes) -> set[str]:
    """Return the long paragraphs of a Word file, so that both are seen to hold the same text."""
    paragraphs = python_docx.Document(BytesIO(content)).paragraphs
    return {paragraph.text for paragraph in paragraphs if len(paragraph.text) > 60}
