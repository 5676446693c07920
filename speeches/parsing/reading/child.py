"""What the child process of ``sandbox`` runs: the readers, without the parser above them.

The packages are entered as bare folders, so that their ``__init__`` does not import all of the
parser: that takes longer than it takes to refuse a file.
"""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

_ROOT = Path(__file__).resolve().parents[3]


def main(kind: str) -> None:
    """Read one document of ``kind`` from standard input."""
    for name in ("speeches", "speeches.parsing", "speeches.parsing.reading"):
        package = ModuleType(name)
        package.__path__ = [str(_ROOT.joinpath(*name.split(".")))]
        sys.modules[name] = package
    import_module("speeches.parsing.reading.worker").main(kind)


if __name__ == "__main__":
    main(sys.argv[1])
