"""Reading a document in a child process that may use only so much memory and time."""

import json
import os
import subprocess
import sys
from pathlib import Path

from speeches.parsing.documents import ParseWarning, Source
from speeches.parsing.errors import UnreadableFile

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space of the child."""
CPU_SECONDS = 30
WALL_SECONDS = 60
_ROOT = Path(__file__).resolve().parents[3]
_TOO_MUCH = "文件过于庞大或复杂，无法读取：请分成几个文件，或另存为文本后再导入。"


def read_apart(data: bytes, kind: str) -> Source:
    """Return the text of a document of ``kind``, read by ``worker`` in a process of its own.

    Raises UnreadableFile with the reader's reason, and where memory or time do not suffice.
    """
    command = [sys.executable, "-m", "speeches.parsing.reading.worker", kind]
    environment = {"PYTHONPATH": str(_ROOT), "PATH": os.environ.get("PATH", os.defpath)}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(_TOO_MUCH) from error
    try:
        told = json.loads(done.stdout)
    except ValueError as error:
        raise UnreadableFile(_TOO_MUCH) from error
    if "problem" in told:
        raise UnreadableFile(told["problem"])
    warnings = tuple(ParseWarning(**warning) for warning in told["warnings"])
    return Source(told["text"], kind, warnings)
