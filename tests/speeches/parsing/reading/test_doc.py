import shutil
import subprocess

import pytest

from speeches.parsing import UnreadableFile, read_file
from speeches.parsing.reading import doc

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


def test_without_its_reader_the_way_out_is_told(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(UnreadableFile, match="docx"):
        doc.read(OLE)


def test_a_damaged_document_is_refused():
    if shutil.which("antiword") is None:
        pytest.skip("antiword is not installed")
    with pytest.raises(UnreadableFile, match="损坏"):
        read_file(OLE + bytes(4000))


def test_an_old_word_document_is_read(tmp_path):
    office = shutil.which("soffice")
    if shutil.which("antiword") is None or office is None:
        pytest.skip("antiword or LibreOffice is not installed")
    page = tmp_path / "发言.html"
    page.write_text(
        "<html><meta charset='utf-8'><p>守护一江清水</p><p>青禾市政协主席　林清溪</p>"
        "<p>" + "正文很长。" * 60 + "</p></html>"
    )
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    convert = ["--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path), str(page)]
    subprocess.run(  # noqa: S603 - our own file
        [office, "--headless", profile, *convert], check=True, capture_output=True
    )
    source = read_file((tmp_path / "发言.doc").read_bytes())
    assert source.text.split("\n") == [
        "守护一江清水",
        "青禾市政协主席　林清溪",
        "正文很长。" * 60,
    ]
