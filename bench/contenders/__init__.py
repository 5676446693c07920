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


def contend(make: Callable[[dict[str, Any], Path], object]) -> None:
    """Let ``make`` write the PDF, and print CPU seconds and megabytes.

    A first one of a single speech does not count: it reads fonts and dictionaries, which a process
    that serves a site has read long ago.
    """
    source, target = map(Path, sys.argv[1:])
    data = json.loads(source.read_text(encoding="utf-8"))
    make({**data, "speeches": data["speeches"][:1]}, target)
    started = cpu()
    make(data, target)
    print(cpu() - started, largest_memory())
