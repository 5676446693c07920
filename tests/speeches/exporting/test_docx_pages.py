"""The Word digest as LibreOffice prints it; left out where LibreOffice is not installed."""

import os
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from speeches.exporting.document import DigestDocument
from speeches.exporting.docx import render
from tests.speeches.exporting import pages
from tests.speeches.exporting.pages import PrintedPdf
from tests.speeches.exporting.samples import digest, speech

OFFICE = shutil.which("soffice")
FONTS = Path(pylopdf_fonts_zh_cn.serif_path()).parent
CONFIGURATION = """<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match><edit name="family" mode="assign" binding="strong"><string>Noto Serif SC</string></edit>
</match></fontconfig>"""

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def printed(document: DigestDocument, folder: Path) -> PrintedPdf:
    """Print with a font of square characters, as the official ones are."""
    path, configuration = folder / "digest.docx", folder / "fonts.conf"
    path.write_bytes(render(document))
    words = CONFIGURATION.format(fonts=FONTS, cache=folder / "cache")
    configuration.write_text(words, encoding="utf-8")
    subprocess.run(  # noqa: S603  # our own command
        [
            str(OFFICE),
            f"-env:UserInstallation=file://{folder}/office",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(configuration)},
        timeout=120,
    )
    return PrintedPdf(path.with_suffix(".pdf").read_bytes())


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> PrintedPdf:
    text = "永" * (28 * 60 - 2)
    document = digest(speeches=(speech(1, f"<p>{text}</p>"),), work_items=())
    return printed(document, tmp_path_factory.mktemp("word"))


def test_a_full_page_has_22_lines_of_28_characters(grid: PrintedPdf) -> None:
    lines = grid.lines(4)
    assert [len(line.characters) for line in lines] == [28] * 22
    for above, below in pairwise(lines):
        assert below.characters[0].y - above.characters[0].y == pytest.approx(pages.LINE, abs=0.2)


def test_the_text_block_keeps_the_margins_of_the_standard(grid: PrintedPdf) -> None:
    half_a_millimetre = 0.5 * pages.MILLIMETRE
    first = grid.lines(4)[0]
    assert first.x == pytest.approx(pages.LEFT, abs=half_a_millimetre)
    assert first.right == pytest.approx(pages.RIGHT, abs=half_a_millimetre)


def test_the_contents_name_the_page_on_which_each_speech_begins(tmp_path: Path) -> None:
    texts = [
        "".join(f"<p>{'永' * (20 + 11 * n % 90)}</p>" * (1 + n % 5))
        + "<p>一、小标题</p><p>完。</p>"
        for n in range(40)
    ]
    pieces = tuple(
        speech(1, text, id=n, title=f"第{n:03}号发言的题目", byline=f"某市政协　第{n:03}位")
        for n, text in enumerate(texts)
    )
    document = digest(speeches=pieces, work_items=())
    word = printed(document, tmp_path)
    told = "".join(word.texts)
    for n in range(40):
        title, byline = f"第{n:03}号发言的题目", f"某市政协第{n:03}位"
        page = next(i for i, text in enumerate(word.texts, start=1) if title + byline in text)
        assert f"{title}{page}{byline}" in told.replace(".", "")
