"""``make audit``: known vulnerabilities of the pinned packages, where a service can be asked.

A vulnerability fails. A service that cannot be reached does not: then nothing is known, and this
says so.
"""

import json
import subprocess
import sys
from pathlib import Path

ACCEPTED: dict[str, str] = {}
"""Identifier of a vulnerability → why it does not touch this product."""

COMMAND = (
    *("pip-audit", "--disable-pip", "--require-hashes", "--requirement=requirements.txt"),
    *("--vulnerability-service=osv", "--format=json", "--progress-spinner=off", "--timeout=10"),
)


def judge(output: str, problem: str) -> tuple[bool, str]:
    """Return whether all is well and what to say, from what pip-audit wrote to its two outputs."""
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (problem.strip().splitlines() or ["no answer"])[-1]
        if "Error" in last and ("connect" in last.lower() or "Max retries" in last):
            return True, f"not audited: the service of vulnerabilities cannot be reached ({last})"
        return False, f"pip-audit failed: {last}"
    found = [
        f"{package['name']} {package['version']}: {vulnerability['id']}"
        for package in packages
        for vulnerability in package.get("vulns", ())
        if vulnerability["id"] not in ACCEPTED
    ]
    if found:
        return False, "\n".join(found)
    return True, f"audited: {len(packages)} packages, no known vulnerability"


def main() -> int:
    """Ask, say what came of it, and return what to end with."""
    program = Path(sys.executable).with_name(COMMAND[0])
    outcome = subprocess.run(  # noqa: S603 - a tool of the project
        [program, *COMMAND[1:]], capture_output=True, text=True, check=False
    )
    is_well, told = judge(outcome.stdout, outcome.stderr)
    print(told)  # noqa: T201 - the answer of a command
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
