"""Is every text translated? Run as ``python -m tests.translations``; needs gettext's xgettext.

The texts are collected anew into a temporary catalogue, so that one that was never collected is
missed as well as one that was never translated.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOG = Path("locale/zh_Hans/LC_MESSAGES/django.po")


def untranslated(catalogue: Path) -> list[str]:
    """Return the msgids of ``catalogue`` that have no translation, or a fuzzy one."""
    with catalogue.open("rb") as file:
        messages = read_po(file)
    return [
        str(message.id)
        for message in messages
        if message.id and (message.fuzzy or not all(_strings(message.string)))
    ]


def _strings(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def unseen() -> list[str]:
    """Return the modules that rename gettext in a way that xgettext does not know."""
    renamed = re.compile(r"\bn?gettext(?:_lazy)? as (?!_\b)")
    return [
        str(path.relative_to(ROOT))
        for app in ("cppcc_cms", "organizations", "speeches")
        for path in sorted((ROOT / app).rglob("*.py"))
        if renamed.search(path.read_text(encoding="utf-8"))
    ]


def main() -> int:
    """Print every missing text; return 1 where there is one."""
    if not shutil.which("xgettext"):
        sys.stderr.write("xgettext is missing: install gettext\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "project")
        ignored = shutil.ignore_patterns(
            ".*", "build", "media", "private", "staticfiles", "tests", "bench", "__pycache__"
        )
        shutil.copytree(ROOT, copy, ignore=ignored)
        shutil.copy(ROOT / ".env", copy) if (ROOT / ".env").exists() else None
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "--locale=zh_Hans", "--no-location"],
            cwd=copy,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        missing = untranslated(copy / CATALOG)
    for text in missing:
        sys.stderr.write(f"not translated: {text!r}\n")
    hidden = unseen()
    for module in hidden:
        sys.stderr.write(f"{module} hides its texts from xgettext: import gettext by its name\n")
    return 1 if missing or hidden else 0


if __name__ == "__main__":
    sys.exit(main())
