"""What goes wrong with a disk, in earnest: it is full, or nothing may be written to it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def disk(path: Path, megabytes: int) -> Iterator[Path]:
    """Mount an empty disk of that size at ``path`` while the block runs; skip where that fails."""
    path.mkdir(exist_ok=True)
    if os.geteuid() or _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", path):
        pytest.skip("mounting a small disk takes root and the right to mount")
    try:
        yield path
    finally:
        subprocess.run([_program("umount"), "--lazy", str(path)], check=True)  # noqa: S603


@contextmanager
def full(path: Path, *, but: int = 0) -> Iterator[None]:
    """Leave ``but`` bytes of the disk at ``path`` while the block runs."""
    ballast = path / ".ballast"
    with ballast.open("wb", buffering=0) as file:
        with suppress(OSError):
            while True:
                file.write(bytes(65536))
        assert not shutil.disk_usage(path).free
        file.truncate(max(0, file.tell() - but))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Take the right to write to the disk at ``path`` while the block runs."""
    assert not _mount("-o", "remount,ro", path)
    try:
        yield
    finally:
        assert not _mount("-o", "remount,rw", path)


def _mount(*arguments: str | Path) -> int:
    command = [_program("mount"), *map(str, arguments)]
    outcome = subprocess.run(command, check=False, capture_output=True)  # noqa: S603
    return outcome.returncode


def _program(name: str) -> str:
    found = shutil.which(name, path="/usr/bin:/bin:/usr/sbin:/sbin")
    assert found, name
    return found
