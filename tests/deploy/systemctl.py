"""Starts, reloads and stops what the units of ``deploy/`` describe, where no systemd runs.

Of a unit it keeps the account, the folders, the environment and the command; nginx, which brings a
unit of its own and runs, is told by itself. Timers are left alone.
"""

from __future__ import annotations

import os
import pwd
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

UNITS = Path("/etc/systemd/system")
RUNNING = Path("/run/running")


def facts(unit: str) -> dict[str, list[str]]:
    """Return what the unit file and its drop-in say, by name."""
    files = [UNITS / f"{unit}.service", *sorted((UNITS / "cppcc-cms-.service.d").glob("*.conf"))]
    found: dict[str, list[str]] = {}
    for file in files if unit.startswith("cppcc-cms-") else files[:1]:
        for line in file.read_text().splitlines():
            name, mark, value = line.partition("=")
            if mark and name.isalpha():
                found.setdefault(name, []).append(value)
    return found


def start(unit: str) -> None:
    """Start a service under its account, and note its number."""
    told = facts(unit)
    [name], [folder], [command] = told["User"], told["WorkingDirectory"], told["ExecStart"]
    account = pwd.getpwnam(name)
    for runtime in told.get("RuntimeDirectory", []):
        Path("/run", runtime).mkdir(exist_ok=True)
        os.chown(Path("/run", runtime), account.pw_uid, account.pw_gid)
    own = dict(fact.split("=", 1) for fact in told.get("Environment", []))
    RUNNING.mkdir(exist_ok=True)
    with (RUNNING / f"{unit}.log").open("a") as log:
        process = subprocess.Popen(  # noqa: S603 - the project's own units
            shlex.split(command),
            cwd=folder,
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            umask=int(told["UMask"][-1], 8),
            env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", **own},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (RUNNING / unit).write_text(str(process.pid))


def tell(unit: str, what: signal.Signals) -> None:
    """Send a signal to a service that runs."""
    os.kill(int((RUNNING / unit).read_text()), what)


def stop(unit: str) -> None:
    """End a service and wait for it."""
    tell(unit, signal.SIGTERM)
    process = Path("/proc", (RUNNING / unit).read_text())
    while process.exists() and ") Z " not in (process / "stat").read_text():
        time.sleep(0.1)


def main(verb: str, *units: str) -> None:
    """Do what systemctl would."""
    for unit in units:
        if unit.startswith("-") or unit.endswith(".timer") or unit == "systemd-journald":
            continue
        if unit == "nginx":
            subprocess.run(["/usr/sbin/nginx", "-s", verb], check=True)  # noqa: S603 - the system's
        elif verb == "reload":
            tell(unit, signal.SIGHUP)
        else:
            if verb in {"stop", "restart"}:
                stop(unit)
            if verb != "stop":
                start(unit)


if __name__ == "__main__":
    main(*sys.argv[1:])
