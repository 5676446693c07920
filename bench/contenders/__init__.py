"""``python -m bench.contenders.NAME INPUT OUTPUT``: one PDF, one way; prints its cost.

INPUT is JSON: the title, the speeches and the font files. All make the same text on the same A4
pages: a title, contents, then each speech from the top of a page.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.processes import cpu, largest_memory


def contend(
    make: Callable[[Any, Path], object], read: Callable[[dict[str, Any]], Any] = dict
) -> None:
    """Let ``make`` write the PDF of what ``read`` makes of INPUT; print CPU seconds and megabytes.

    Reading does not count, nor does a first PDF of a single speech under a long title: it reads
    fonts and dictionaries, which a process that serves a site has read long ago.
    """
    source, target = map(Path, sys.argv[1:])
    told = json.loads(source.read_text(encoding="utf-8"))
    make(read({**told, "title": told["title"] * 5, "speeches": told["speeches"][:1]}), target)
    data = read(told)
    started = cpu()
    make(data, target)
    print(cpu() - started, largest_memory())
