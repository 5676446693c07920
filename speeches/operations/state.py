"""What the commands of operations remember: when each last ran, and how it ended."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from speeches.files import write_whole

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """The last run of a command: whether all was well, and in words what it told."""

    ended_at: datetime
    sound: bool
    message: str


def remember(name: str, *, sound: bool, message: str) -> None:
    """Store that the command ``name`` has just ended; a folder that is full stops no command."""
    run = Run(timezone.now(), sound, message)
    content = json.dumps({**asdict(run), "ended_at": run.ended_at.isoformat()}, ensure_ascii=False)
    try:
        write_whole(_path(name), content.encode())
    except OSError:
        logger.exception("The end of %s could not be noted.", name)


def last_run(name: str) -> Run | None:
    """Return the last run of ``name``; None where it never ran or cannot be read."""
    try:
        told = json.loads(_path(name).read_text(encoding="utf-8"))
        return Run(datetime.fromisoformat(told["ended_at"]), told["sound"], told["message"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path(name: str) -> Path:
    return Path(settings.STATE_ROOT, f"{name}.json")
