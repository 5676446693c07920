"""What ``docs/deployment.md`` has to be followed."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_BLOCK = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
_BY_HAND = re.compile(r"^```bash by hand\n(.*?)^```", re.MULTILINE | re.DOTALL)
KEPT_OUT = (".*", "__pycache__", "build", "tests", "bench", "media", "private", "backups", "state")
"""What of the project's folder is no part of an installation."""
_UPGRADE = "## Upgrade without downtime"


def text() -> str:
    """Return the page."""
    return (ROOT / "docs/deployment.md").read_text("utf-8")


def script(part: str) -> str:
    """Return the blocks of a part of the page as one script."""
    return "\n".join(_BLOCK.findall(part))


def by_hand(part: str) -> list[str]:
    """Return the blocks that are marked as done by hand."""
    return _BY_HAND.findall(part)


def installation_and_upgrade() -> tuple[str, str]:
    """Return the page up to the upgrade, and from there on."""
    before, heading, after = text().partition(_UPGRADE)
    assert heading
    return before, after
