"""Reading a document in a child process that may use only so much memory and time."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from speeches.parsing.documents import Source
from speeches.parsing.errors import UnreadableFile

from .transport import unpack

WALL_SECONDS = 60
_ROOT = Path(__file__).resolve().parents[3]
_CHILD = Path(__file__).with_name("child.py")
_TOO_MUCH = "文件过于庞大或复杂，无法读取：请分成几个文件，或另存为文本后再导入。"
_FAULTY = "文件读不出来，可能已损坏：请用原来的程序打开，另存一次后再导入。"

_PROBLEM = '{"problem"'

_log = logging.getLogger(__name__)


def read_apart(data: bytes, kind: str) -> Source:
    """Return the text of a document of ``kind``, read by ``worker`` in a process of its own.

    Raises UnreadableFile with the reader's reason, and where memory or time do not suffice.
    """
    command = [sys.executable, "-P", str(_CHILD), kind]
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
    if done.returncode:
        _log.error("The reader of a %s file ended with %s: %s", kind, done.returncode, done.stderr)
        raise UnreadableFile(_TOO_MUCH if done.returncode < 0 else _FAULTY)
    answer = done.stdout.decode("utf-8")
    if answer.startswith(_PROBLEM):
        raise UnreadableFile(json.loads(answer)["problem"])
    return unpack(answer)
