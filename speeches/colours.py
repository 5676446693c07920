"""The main colour of a site, and the shades that its light and its dark look need.

Contrast is that of WCAG 2.1 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio).
"""

import re
from dataclasses import dataclass

LEAST_CONTRAST = 4.5
"""Between text and what it stands on, WCAG 2.1 AA."""
LIGHT_PAPER, LIGHT_SHEET = "#fbf9f5", "#fffefb"
DARK_PAPER, DARK_SHEET = "#171412", "#1e1a17"
_WRITTEN = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Shades:
    """The main colour in one look: for text, for text under the pointer, behind text, on it."""

    main: str
    deep: str
    wash: str
    on_main: str


def is_colour(written: str) -> bool:
    """Whether ``written`` is a colour as ``#rrggbb``."""
    return _WRITTEN.fullmatch(written) is not None


def is_readable(colour: str) -> bool:
    """Whether text in ``colour`` can be read on the light page, and white text on it."""
    shades = light(colour)
    grounds = (LIGHT_PAPER, LIGHT_SHEET, shades.wash, shades.on_main)
    return all(contrast(colour, ground) >= LEAST_CONTRAST for ground in grounds)


def light(colour: str) -> Shades:
    """Return the shades of the light look; the main one is ``colour`` itself."""
    return Shades(
        colour, mixed(colour, "#000000", 0.2), mixed(LIGHT_PAPER, colour, 0.06), "#ffffff"
    )


def dark(colour: str) -> Shades:
    """Return the shades of the dark look, lightened until they can be read there."""
    wash = mixed(DARK_PAPER, colour, 0.16)
    steps = (mixed(colour, "#ffffff", step / 20) for step in range(21))
    main = next(
        shade
        for shade in steps
        if all(contrast(shade, ground) >= 6 for ground in (DARK_SHEET, wash))
    )
    return Shades(main, mixed(main, "#ffffff", 0.25), wash, mixed(colour, "#000000", 0.85))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Return ``one`` with ``share`` (0 to 1) of ``other`` in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _luminance(colour: str) -> float:
    parts = (channel / 255 for channel in _channels(colour))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
