import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from speeches.parsing import UnreadableFile
from speeches.parsing.reading import docx, sandbox, worker


@pytest.fixture
def work(monkeypatch):
    """The worker in this process, without its limits; returns what it tells."""
    monkeypatch.setattr(worker.resource, "setrlimit", lambda *_limits: None)

    def work(kind, data):
        out = io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        monkeypatch.setattr(sys, "stdout", out)
        worker.main(kind)
        return json.loads(out.getvalue())

    return work


def test_the_worker_tells_text_and_warnings(work):
    told = work("html", "<html><p>正文<img src=a></html>".encode())
    assert told["text"] == "正文"
    assert [warning["code"] for warning in told["warnings"]] == ["pictures-left-out"]


def test_the_worker_tells_why_it_refuses(work):
    assert "损坏" in work("docx", b"PK\x03\x04")["problem"]


def test_the_worker_tells_when_memory_does_not_suffice(work, monkeypatch):
    def exhaust(_data):
        raise MemoryError

    monkeypatch.setattr(docx, "read", exhaust)
    assert "内存不足" in work("docx", b"")["problem"]


def test_a_child_that_takes_too_long_or_dies_is_told(monkeypatch):
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.001)
    with pytest.raises(UnreadableFile, match="过于庞大"):
        sandbox.read_apart(b"", "html")
    monkeypatch.setattr(
        subprocess, "run", lambda *_args, **_options: subprocess.CompletedProcess([], -9, b"")
    )
    with pytest.raises(UnreadableFile, match="过于庞大"):
        sandbox.read_apart(b"", "html")


def test_a_fault_of_the_reader_is_recorded_and_told(caplog):
    with pytest.raises(UnreadableFile, match="读不出来"):
        sandbox.read_apart(b"", "no_such_kind")
    assert "no_such_kind" in caplog.text


def test_the_child_knows_nothing_of_the_site():
    code = "import sys, speeches.parsing.reading.worker; print('django' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert done.stdout == "False\n"


def test_files_are_read_in_threads(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json.py").write_text("raise SystemExit")
    page = "<html><p>正文</p></html>".encode()
    with ThreadPoolExecutor(2) as pool:
        sources = list(pool.map(lambda _number: sandbox.read_apart(page, "html"), range(3)))
    assert {source.text for source in sources} == {"正文"}
