"""The product's exporter."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import set_up
from bench.contenders import contend


def make(document: Any, output: Path) -> None:
    """Write the PDF of ``document``."""
    output.write_bytes(exporter.render(document))


def read(data: dict[str, Any]) -> Any:
    """Return the document of as many speeches, under the same title."""
    return replace(invented_digest(len(data["speeches"])), title=data["title"])


set_up()
exporter = import_module("speeches.exporting.pdf").EXPORTER
invented_digest = import_module("bench.docx_export").invented_digest

if __name__ == "__main__":
    contend(make, read=read)
