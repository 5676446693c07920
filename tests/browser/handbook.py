"""Pictures of the pages that a test walks through, for the handbook of the staff."""

import io
import os
from pathlib import Path

from django.conf import settings
from PIL import Image
from playwright.sync_api import Locator, Page

IMAGES = Path(settings.BASE_DIR) / "docs/handbook/images"
COLOURS = 64
LARGEST = 80 * 1024
"""Bytes of a picture: the handbook is read over slow lines too."""
HIGHEST = 900
"""Pixels of a picture."""


def picture(page: Page | Locator, name: str) -> None:
    """Store what ``page`` shows as ``name``.png, where HANDBOOK is set (``make handbook``)."""
    if not os.environ.get("HANDBOOK"):
        return
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    shot = shot.crop((0, 0, shot.width, min(shot.height, HIGHEST)))
    path = IMAGES / f"{name}.png"
    shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path} is larger than {LARGEST} bytes")
