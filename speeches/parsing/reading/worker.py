"""The work of ``child``: bytes on standard input, JSON on standard output, within limits."""

import json
import resource
import sys
from collections.abc import Callable
from importlib import import_module

from speeches.parsing.documents import Source
from speeches.parsing.errors import UnreadableFile

from .transport import pack

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space."""
CPU_SECONDS = 30
FILE_BYTES = 64 * 1024 * 1024
"""The largest file that may be written."""
MAX_CHARACTERS = 5_000_000
"""A longer text is no digest: it would be hundreds of newspaper pages."""
_TOO_LONG = "文件中的文字过多：请分成几个文件后再导入。"
_TOO_MUCH = "读取文件时内存不足：请分成几个文件后再导入。"
_LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CPU: CPU_SECONDS,
    resource.RLIMIT_FSIZE: FILE_BYTES,
    resource.RLIMIT_CORE: 0,
}


def main(kind: str) -> None:
    """Limit this process, then read one document of ``kind``."""
    for limited, most in _LIMITS.items():
        resource.setrlimit(limited, (most, most))
    data = sys.stdin.buffer.read()
    read: Callable[[bytes], Source] = import_module(f".{kind}", __package__).read
    try:
        source = read(data)
        if len(source.text) > MAX_CHARACTERS:
            raise UnreadableFile(_TOO_LONG)
        told = pack(source)
    except UnreadableFile as problem:
        told = json.dumps({"problem": str(problem)})
    except MemoryError:
        told = json.dumps({"problem": _TOO_MUCH})
    sys.stdout.write(told)
