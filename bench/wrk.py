"""How long an answer takes when several clients ask at once: wrk, where it is installed."""

import re
import shutil
import subprocess

_WRK = shutil.which("wrk")
MISSING = _WRK is None


def microseconds(address: str, *, connections: int, seconds: int) -> float:
    """Return the time an answer takes, gzip accepted; raise where one is not 200."""
    told = subprocess.run(  # noqa: S603 - our own command, no shell
        [
            *(str(_WRK), "-t1", f"-c{connections}", f"-d{seconds}s"),
            *("-H", "Accept-Encoding: gzip", address),
        ],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert "Non-2xx" not in told, told
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert found is not None, told
    return 1_000_000 / float(found[1])
