import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from speeches.exporting import typst_worker
from speeches.exporting.fonts import font_folders
from speeches.exporting.typst_worker import CompilationError, compiled, main

SERIF = '#set document(title: "T")\n#set text(font: "Noto Serif SC", lang: "zh", fallback: false)\n'


@pytest.fixture
def request_for(tmp_path: Path):
    """Return a request to compile a template."""

    def made(template: str, **fields: Any) -> dict[str, Any]:
        path = tmp_path / "page.typ"
        path.write_text(template, encoding="utf-8")
        return {
            "template": str(path),
            "root": str(tmp_path),
            "fonts": list(font_folders()),
            "timestamp": 0,
            **fields,
        }

    return made


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch):
    """Stand for the pipes of a process: give it input, see what it wrote."""

    def opened(content: bytes) -> SimpleNamespace:
        inside, outside = io.BytesIO(content), io.BytesIO()
        errors = io.StringIO()
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=inside))
        monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=outside))
        monkeypatch.setattr("sys.stderr", errors)
        return SimpleNamespace(out=outside, err=errors)

    return opened


def test_a_template_becomes_the_same_pdf_twice(request_for):
    request = request_for(f"{SERIF}政协")
    assert compiled(request).startswith(b"%PDF-")
    assert compiled(request) == compiled(request)


def test_a_warning_is_an_error(request_for):
    with pytest.raises(CompilationError, match="unknown font family"):
        compiled(request_for('#set document(title: "T")\n#set text(font: "No Such")\nwords'))


def test_what_is_not_one_pdf_is_an_error(request_for, monkeypatch):
    compiler = SimpleNamespace(compile_with_warnings=lambda **_options: ([b"1", b"2"], []))
    monkeypatch.setattr(typst_worker.typst, "Compiler", lambda *_a, **_k: compiler)
    with pytest.raises(CompilationError, match="list, not one PDF"):
        compiled(request_for(""))


def test_no_file_outside_the_root_is_read(request_for, tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    request = request_for(f'{SERIF}#read("../secret.txt")')
    inner = root / "page.typ"
    inner.write_text(Path(request["template"]).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(typst_worker.typst.TypstError):
        compiled({**request, "template": str(inner), "root": str(root)})


def test_the_process_answers_with_the_pdf(request_for, streams):
    pipes = streams(json.dumps(request_for(f"{SERIF}政协")).encode())
    assert main() == 0
    assert pipes.out.getvalue().startswith(b"%PDF-")
    assert pipes.err.getvalue() == ""


def test_the_process_tells_what_is_wrong_and_prints_nothing(request_for, streams):
    pipes = streams(json.dumps(request_for(f"{SERIF}#missing")).encode())
    assert main() == 1
    assert pipes.out.getvalue() == b""
    assert "unknown variable: missing" in pipes.err.getvalue()
