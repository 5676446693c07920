"""Compile a Typst template in a process of its own: JSON on standard input, PDF on standard output.

Run as a file, not as a module of the package: it needs neither Django nor the project. On failure
it prints one line on standard error and ends with 1.
"""

import json
import sys
from datetime import UTC, datetime
from typing import Any, Final

import typst

STANDARDS: Final = ("a-2a", "ua-1")
"""PDF/A-2a for the archive and PDF/UA-1 for screen readers."""


class CompilationError(Exception):
    """Typst compiled, but not as it should."""


def compiled(request: dict[str, Any]) -> bytes:
    """Return the PDF of ``request``.

    ``template`` and ``root`` are paths, ``fonts`` folders, ``timestamp`` seconds since 1970. Only
    files below ``root`` and fonts of the given folders are used; a warning of Typst is an error.
    """
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=request["fonts"]
    )
    compiler = typst.Compiler(request["template"], root=request["root"], font_paths=fonts)
    pdf, warnings = compiler.compile_with_warnings(
        format="pdf",
        pdf_standards=list(STANDARDS),
        timestamp=datetime.fromtimestamp(request["timestamp"], tz=UTC),
    )
    if warnings:
        raise CompilationError("; ".join(warning.message for warning in warnings))
    if not isinstance(pdf, bytes):
        raise CompilationError(f"Typst returned {type(pdf).__name__}, not one PDF")
    return pdf


def main() -> int:
    """Answer the request on standard input."""
    try:
        pdf = compiled(json.load(sys.stdin.buffer))
    except (typst.TypstError, CompilationError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
