"""Do the packages that must not fail silently have their coverage? 95 % of branches and lines.

Run as ``python -m tests.coverage_floor build/coverage.json``.
"""

import json
import sys
from pathlib import Path

FLOOR = 95.0
PACKAGES = (
    "speeches/parsing/",
    "speeches/proofreading/",
    "speeches/workflow.py",
    "speeches/services/",
)


def covered(files: dict[str, dict[str, dict[str, int]]], package: str) -> float:
    """Return the percentage of statements and branches of ``package`` that ran."""
    ran = total = 0
    for name, file in files.items():
        if name.startswith(package):
            summary = file["summary"]
            ran += summary["covered_lines"] + summary["covered_branches"]
            total += summary["num_statements"] + summary["num_branches"]
    return 100 * ran / total if total else 0.0


def main(report: str) -> int:
    """Print each package's coverage; return 1 where one is below the floor."""
    files = json.loads(Path(report).read_text(encoding="utf-8"))["files"]
    found = {package: covered(files, package) for package in PACKAGES}
    for package, percentage in found.items():
        sys.stdout.write(f"{package:<28} {percentage:6.2f} % (at least {FLOOR} %)\n")
    return int(any(percentage < FLOOR for percentage in found.values()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
