"""The PDF digest of 6 and 60 speeches beside WeasyPrint, LibreOffice and reportlab.

``BENCH_SPEECHES=6,60,600`` sets the sizes: WeasyPrint takes minutes for 600. CPU seconds are those
of making the file, without the start of an interpreter and its imports, which LibreOffice cannot
leave out; its first start, which makes its profile, does not count either. Memory is that of the
largest process.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from bench.comparison import Comparison
from bench.docx_export import invented_digest
from bench.processes import Cost, cost_of
from speeches.exporting import docx, fonts
from speeches.exporting.docx_styles import OFFICIAL_FONTS
from speeches.exporting.typography import Face

SIZES = tuple(map(int, os.environ.get("BENCH_SPEECHES", "6,60").split(",")))
ROUNDS = 3
PEERS = {
    "weasyprint": "WeasyPrint: the same pages, contents and fonts, PDF/UA",
    "libreoffice": "LibreOffice: converts the Word digest",
    "reportlab": "reportlab: no contents, no tags, no fonts in the file",
}

Ways = Mapping[str, Callable[[], Cost]]


def run() -> Iterator[Comparison]:
    """Measure every size beside every peer that is there."""
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="bench-pdf-") as folder:
            yield from _of_size(size, _ways(size, Path(folder)))


def _of_size(size: int, ways: Ways) -> Iterator[Comparison]:
    rounds = 1 if size > 100 else ROUNDS
    costs = [{name: way() for name, way in ways.items()} for _round in range(rounds)]
    for peer in (name for name in PEERS if name in ways):
        yield _compared(size, peer, "cpu_seconds", "CPU s", costs)
        if costs[0][peer].megabytes:
            yield _compared(size, peer, "megabytes", "MB", costs)


def _compared(
    size: int, peer: str, measured: str, unit: str, costs: Sequence[Mapping[str, Cost]]
) -> Comparison:
    ours, theirs = (
        tuple(getattr(cost[name], measured) for cost in costs) for name in ("ours", peer)
    )
    return Comparison(
        title=f"PDF digest of {size} speeches, {unit}",
        ours_is="the exporter: PDF/A-2a, PDF/UA-1, contents, outline",
        peer_is=PEERS[peer],
        ours=ours,
        peer=theirs,
        unit=unit,
    )


def _ways(size: int, folder: Path) -> Ways:
    document = invented_digest(size)
    source = folder / "digest.json"
    paths = {face.value: found.fonts[0].path for face, found in fonts.face_fonts().items()}
    data = {
        "title": document.title,
        "fonts": paths,
        "speeches": [
            {
                "title": speech.title,
                "byline": speech.byline,
                "paragraphs": [block.text for block in speech.blocks],
            }
            for speech in document.speeches
        ],
    }
    source.write_text(json.dumps(data), encoding="utf-8")

    def contender(name: str) -> Callable[[], Cost]:
        command = (sys.executable, "-m", f"bench.contenders.{name}", source, folder / "out.pdf")
        return lambda: cost_of(command)

    ways = {"ours": contender("ours")}
    ways |= {name: contender(name) for name in ("weasyprint", "reportlab") if find_spec(name)}
    office = shutil.which("soffice")
    if office:
        word = folder / "digest.docx"
        word.write_bytes(docx.EXPORTER.render(document))
        configuration = folder / "fonts.conf"
        configuration.write_text(_font_configuration(folder), encoding="utf-8")
        start = (office, f"-env:UserInstallation=file://{folder}/office", "--headless")
        convert = (*start, "--convert-to", "pdf", "--outdir", folder, word)
        environment = {"FONTCONFIG_FILE": str(configuration)}
        cost_of((*start, "--terminate_after_init"), environment)
        ways["libreoffice"] = lambda: cost_of(convert, environment)
    return ways


def _font_configuration(folder: Path) -> str:
    """Let LibreOffice print the official names with the fonts that print our PDF."""
    faces = fonts.face_fonts()
    folders = {str(Path(font.path).parent) for found in faces.values() for font in found.fonts}
    matches = "".join(
        f'<match><test name="family"><string>{OFFICIAL_FONTS[face]}</string></test>'
        '<edit name="family" mode="assign" binding="strong">'
        f"<string>{faces[face].fonts[0].family}</string></edit></match>"
        for face in Face
    )
    places = "".join(f"<dir>{place}</dir>" for place in sorted(folders))
    return f"<fontconfig>{places}<cachedir>{folder}/cache</cachedir>{matches}</fontconfig>"
