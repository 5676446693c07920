"""Reading uploaded files: a Word digest beside python-docx, what it takes, and hostile files."""

from __future__ import annotations

import io
import platform
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import NamedTemporaryFile

import docx as python_docx
from django.utils import timezone

from bench.comparison import Comparison, in_turns
from bench.docx_export import invented_digest
from bench.processes import cost_of
from speeches.exporting import docx as docx_export
from speeches.exporting import newspaper
from speeches.parsing import UnreadableFile, read_file
from speeches.parsing.reading import docx

SPEECHES = 600
PAGES_OF = 60
ROUNDS = 5
_CODE = """
import time
from pathlib import Path
from speeches.parsing.reading import {kind}
data = open({path!r}, "rb").read()
started = time.process_time()
source = {kind}.read(data)
seconds = time.process_time() - started
status = Path("/proc/self/status").read_text(encoding="ascii")
peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
print(seconds, int(peak.split()[1]) / 1024)
"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True, slots=True)
class Readings:
    """Rows of a table: what was read or refused, what it took, and what was said."""

    title: str
    unit: str
    rows: tuple[tuple[str, float, str], ...]

    def table(self) -> str:
        """Return the result as lines of text."""
        return "\n".join(
            (
                self.title,
                *(f"  {took:>8.3f} {self.unit}  {name}: {said}" for name, took, said in self.rows),
            )
        )

    def as_json(self) -> dict[str, object]:
        """Return the result, and where it was measured."""
        return {
            "title": self.title,
            "unit": self.unit,
            "rows": [{"name": name, "took": took, "said": said} for name, took, said in self.rows],
            "python": platform.python_version(),
            "machine": platform.machine(),
            "measured_at": timezone.now().isoformat(),
        }


def run() -> list[Comparison | Readings]:
    """Measure."""
    word = docx_export.EXPORTER.render(invented_digest(SPEECHES))
    lines = set(docx.read(word).text.split("\n"))
    assert {text for text in _naive(word) if len(text) > 60} <= lines
    ours, peer = in_turns(
        ours=lambda _round: docx.read(word), peer=lambda _round: _naive(word), rounds=ROUNDS
    )
    pages = newspaper.EXPORTER.render(invented_digest(PAGES_OF))
    return [
        Comparison(
            title=f"Reading a Word digest of {SPEECHES} speeches",
            ours_is="our reader: styles, numbering, tables, changes, pictures",
            peer_is="python-docx, the text of every paragraph",
            ours=ours,
            peer=peer,
        ),
        Readings(
            "The process that reads: peak memory",
            "MB",
            (
                _memory(f"Word digest of {SPEECHES} speeches", "docx", word),
                _memory(f"newspaper pages of {PAGES_OF} speeches (PDF)", "pdf", pages),
            ),
        ),
        Readings("Hostile files, until they are refused", "s", tuple(map(_refusal, hostile()))),
    ]


def _naive(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in python_docx.Document(io.BytesIO(content)).paragraphs]


def _memory(name: str, kind: str, content: bytes) -> tuple[str, float, str]:
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        cost = cost_of([sys.executable, "-c", _CODE.format(kind=kind, path=file.name)])
    return (
        name,
        cost.megabytes or 0.0,
        f"{len(content) / 1024:.0f} KB, {cost.cpu_seconds:.2f} CPU s",
    )


def _refusal(file: tuple[str, bytes]) -> tuple[str, float, str]:
    name, content = file
    started = time.perf_counter()
    try:
        read_file(content)
        said = "READ"
    except UnreadableFile as refusal:
        said = str(refusal)
    return name, time.perf_counter() - started, said


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield files that were made to harm, or are of no use."""
    whole = _word("<w:p><w:r><w:t>正文</w:t></w:r></w:p>" * 500)
    yield "empty file", b""
    yield "random bytes", bytes(range(256)) * 200
    yield "zip bomb, many parts", _zipped({f"word/{n}.xml": b"0" * 2**25 for n in range(8)})
    yield "zip bomb, one part", _zipped({"word/document.xml": b" " * 45_000_000})
    yield "zip with a false size", _lying_zip()
    yield "entities that blow up", _word("&z;", _LAUGHS)
    yield (
        "entity of another file",
        _word("&z;", '<!DOCTYPE w [<!ENTITY z SYSTEM "file:///etc/passwd">]>'),
    )
    yield "elements 200,000 deep", _word("<w:sdt>" * 200_000 + "</w:sdt>" * 200_000)
    yield "truncated Word document", whole[: len(whole) // 2]
    yield (
        "encrypted Word document",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(1000)
        + ("EncryptedPackage".encode("utf-16-le")),
    )
    yield (
        "truncated .doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + ("WordDocument".encode("utf-16-le")),
    )
    yield "PDF without pages", _pdf(pages=0)
    yield "PDF of pictures", _pdf(pages=2)
    yield "PDF of 5,000 pages", _pdf(pages=5_000)
    yield "PDF whose page blows up", _pdf(pages=1, stream=b"\n" * 400_000_000)
    yield "truncated PDF", _pdf(pages=3)[:200]
    yield "HTML 100,000 deep", b"<html>" + b"<div>" * 100_000
    yield "web page without text", b"<html><script>" + b"x" * 5_000_000 + b"</script>"


_LAUGHS = (
    "<!DOCTYPE w ["
    '<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghiz", strict=True)
    )
    + "]>"
)


def _word(body: str, doctype: str = "") -> bytes:
    text = f"{doctype}<w:document {_W}><w:body>{body}</w:body></w:document>"
    return _zipped({"word/document.xml": text.encode()})


def _zipped(parts: dict[str, bytes]) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stored.getvalue()


def _lying_zip() -> bytes:
    """A bomb whose directory says that it is small."""
    size = 300 * 2**20
    told = _zipped({"word/document.xml": b" " * size})
    return told.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def _pdf(*, pages: int, stream: bytes = b"") -> bytes:
    packed = zlib.compress(stream, 9)
    kids = " ".join(f"{number} 0 R" for number in range(4, 4 + pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R>>"] * pages,
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n"
        b"<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (count, table, count, len(written))
    )
