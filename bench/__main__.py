"""``python -m bench [NAME …]``: run the benches, print tables, write ``bench/results/*.json``."""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

BENCHES = ("docx_export", "public_page", "publication")
RESULTS = Path(__file__).parent / "results"


def main(wanted: list[str]) -> int:
    """Run the benches of these names, all without one; return the exit status."""
    unknown = set(wanted) - set(BENCHES)
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
        return 2
    _set_up()
    for name in wanted or BENCHES:
        comparison = import_module(f"bench.{name}").run()
        print(comparison.table(), end="\n\n", flush=True)
        RESULTS.mkdir(exist_ok=True)
        text = json.dumps(comparison.as_json(), ensure_ascii=False, indent=2)
        (RESULTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    return 0


def _set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import_module("django").setup()
    management = import_module("django.core.management")
    management.call_command("migrate", verbosity=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
