"""What a piece of work costs in a process of its own: CPU of it and its children, and memory."""

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, and the largest resident memory in megabytes where it is known."""

    cpu_seconds: float
    megabytes: float | None


def cpu() -> float:
    """Return the CPU seconds of this process and of those it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def largest_memory() -> float:
    """Return the megabytes of the larger of this process and those it has waited for."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(int(own.split()[1]), children) / 1024


def cost_of(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Cost:
    """Run ``command`` to its end and return what it cost; raise CalledProcessError where it fails.

    A command that prints two numbers tells its own cost (CPU seconds, megabytes), so that neither
    the start of an interpreter nor its imports count as CPU.
    """
    before = cpu()
    done = subprocess.run(  # noqa: S603  # our own commands, no shell
        [str(part) for part in command],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        check=True,
        text=True,
    )
    after = cpu()
    try:
        seconds, megabytes = map(float, done.stdout.split())
    except ValueError:
        return Cost(after - before, None)
    return Cost(seconds, megabytes)
