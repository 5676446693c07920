"""The picture that a shared link shows: 1200 × 630 pixels, as Open Graph recommends."""

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from speeches.exporting.fonts import face_fonts
from speeches.exporting.typography import Face
from speeches.site import site

WIDTH, HEIGHT = 1200, 630
MARGIN = 84
_PAPER, _INK, _SOFT = "#fbf9f5", "#211c18", "#655c54"
_TITLE_SIZES = (76, 64, 54, 46)
_TITLE_LINES = 4
_NO_LINE_START = "，。、；：？！”’）》〉】…—％%"
_NO_LINE_END = "“‘（《〈【"


def card(*, kicker: str, title: str, signature: str) -> bytes:
    """Return a PNG with ``title`` large, ``kicker`` above it and ``signature`` below.

    The title is set in the largest size in which it takes at most four lines; what does not fit
    even then ends with an ellipsis.
    """
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 14), fill=site().colour)
    top = MARGIN
    if kicker:
        font = _font(Face.HEI, 32)
        draw.text((MARGIN, top), _fitted(kicker, font), font=font, fill=site().colour)
    top += 64
    font, lines = _title(title)
    for line in lines:
        draw.text((MARGIN, top), line, font=font, fill=_INK)
        top += round(font.size * 1.35)
    if signature:
        font = _font(Face.KAI, 36)
        draw.text((MARGIN, top + 22), _fitted(signature, font), font=font, fill=_SOFT)
    font = _font(Face.HEI, 28)
    draw.line((MARGIN, HEIGHT - 110, WIDTH - MARGIN, HEIGHT - 110), fill="#b9aea0", width=2)
    draw.text((MARGIN, HEIGHT - 86), _fitted(site().name, font), font=font, fill=_INK)
    stream = BytesIO()
    picture.quantize(64, Image.Quantize.FASTOCTREE).save(stream, "PNG")
    return stream.getvalue()


def _title(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    for size in _TITLE_SIZES:
        font = _font(Face.TITLE, size)
        lines = list(_lines(title, font))
        if len(lines) <= _TITLE_LINES:
            return font, lines
    return font, [*lines[: _TITLE_LINES - 1], _fitted("".join(lines[_TITLE_LINES - 1 :]), font)]


def _lines(text: str, font: ImageFont.FreeTypeFont) -> Iterable[str]:
    """Yield lines no wider than the card, without a forbidden sign at either end (GB/T 15834)."""
    line = ""
    for sign in " ".join(text.split()):
        if line and sign not in _NO_LINE_START and font.getlength(line + sign) > _measure():
            held = line[-1] if line[-1] in _NO_LINE_END else ""
            yield line.removesuffix(held)
            line = held
        line += sign
    yield line


def _fitted(text: str, font: ImageFont.FreeTypeFont) -> str:
    line = " ".join(text.split())
    if font.getlength(line) <= _measure():
        return line
    while line and font.getlength(f"{line}…") > _measure():
        line = line[:-1]
    return f"{line}…"


def _measure() -> int:
    return WIDTH - 2 * MARGIN


@lru_cache(maxsize=16)
def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    file = face_fonts()[face].fonts[0]
    return ImageFont.truetype(file.path, size, index=file.index)
