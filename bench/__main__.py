"""``python -m bench [NAME …]``: run the benches, print tables, write ``bench/results/*.json``."""

import json
import sys
from importlib import import_module
from pathlib import Path

from bench import set_up

BENCHES = (
    "api",
    "docx_export",
    "epub_export",
    "following",
    "load",
    "newspaper",
    "parsing",
    "pdf_export",
    "public_page",
    "publication",
    "reading",
    "search",
    "served_page",
    "static_site",
    "wagtail_page",
)
RESULTS = Path(__file__).parent / "results"


def main(wanted: list[str]) -> int:
    """Run the benches of these names, all without one; return the exit status."""
    unknown = set(wanted) - set(BENCHES)
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
        return 2
    set_up()
    for name in wanted or BENCHES:
        results = []
        for comparison in import_module(f"bench.{name}").run():
            print(comparison.table(), end="\n\n", flush=True)
            results.append(comparison.as_json())
        RESULTS.mkdir(exist_ok=True)
        text = json.dumps(results, ensure_ascii=False, indent=2)
        (RESULTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
