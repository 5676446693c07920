"""Which font files print the five faces of an official document.

An office's own fonts (``settings.FONT_DIRS``) come first. Behind them stands Noto of the wheel
``pylopdf-fonts-zh-cn``, which covers every character of GB 18030 level 1 and 2, so that no box is
ever printed for want of a font. Fonts are read once: after adding files, restart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from django.conf import settings
from django.utils.translation import gettext as _

from speeches.exporting.typography import Face

OFFICIAL_NAMES: Mapping[Face, str] = {
    Face.TITLE: "小标宋",
    Face.BODY: "仿宋",
    Face.KAI: "楷体",
    Face.HEI: "黑体",
    Face.SONG: "宋体",
}
_FAMILIES: Mapping[Face, tuple[str, ...]] = {
    Face.TITLE: (
        "方正小标宋简体",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05S",
        "FZXiaoBiaoSong-B05",
        "FandolSong",
    ),
    Face.BODY: (
        "仿宋_GB2312",
        "FangSong_GB2312",
        "方正仿宋_GBK",
        "方正仿宋简体",
        "仿宋",
        "FangSong",
        "STFangsong",
        "FandolFang R",
    ),
    Face.KAI: (
        "楷体_GB2312",
        "KaiTi_GB2312",
        "方正楷体_GBK",
        "方正楷体简体",
        "楷体",
        "KaiTi",
        "STKaiti",
        "LXGW WenKai",
        "FandolKai",
    ),
    Face.HEI: ("黑体", "SimHei", "方正黑体_GBK", "方正黑体简体", "STHeiti", "Noto Sans SC"),
    Face.SONG: ("宋体", "SimSun", "方正书宋_GBK", "STSong", "Noto Serif SC"),
}
_BOLD_CUTS = frozenset({"FandolSong"})
"""Families whose bold cut stands for 小标宋."""
_BORROWED = {"Fandol": "[？！；：]"}
"""Marks to take from Noto: Fandol's ？ collides with ” when Typst squeezes the two."""
_SERIF, _SANS = "Noto Serif SC", "Noto Sans SC"
_BEHIND = {Face.HEI: _SANS}


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font as Typst sees it; ``index`` is its place in a collection."""

    family: str
    weight: int
    path: str
    index: int


@dataclass(frozen=True, slots=True)
class FaceFonts:
    """The fonts that print a face: the first that has a character prints it.

    ``weight`` is the cut to ask for, ``borrowed`` a pattern of characters that the first font
    leaves to the second.
    """

    face: Face
    fonts: tuple[FontFile, ...]
    weight: int
    borrowed: str = ""

    @property
    def is_substitute(self) -> bool:
        """Whether only the substitute prints a face that has a design of its own."""
        own = self.face in {Face.TITLE, Face.BODY, Face.KAI}
        return own and self.fonts[0].family in {_SERIF, _SANS}


def font_folders() -> tuple[str, ...]:
    """Return the folders to look for fonts in: the office's own, then that of the wheel."""
    own = (str(folder) for folder in settings.FONT_DIRS)
    return (*own, str(Path(pylopdf_fonts_zh_cn.serif_path()).parent))


def face_fonts() -> Mapping[Face, FaceFonts]:
    """Return the fonts of every face, as the settings have them."""
    return _resolve(font_folders())


def notices() -> tuple[str, ...]:
    """Return a notice for each face that a substitute prints."""
    return tuple(
        _("No %(face)s font was found: %(substitute)s takes its place. Put one into FONT_DIRS.")
        % {"face": OFFICIAL_NAMES[face], "substitute": found.fonts[0].family}
        for face, found in face_fonts().items()
        if found.is_substitute
    )


def missing_characters(text: str, face: Face) -> tuple[str, ...]:
    """Return the characters of ``text`` that no font of ``face`` can print, sorted."""
    needed = {c for c in text if not c.isspace()}
    for font in face_fonts()[face].fonts:
        needed = needed - _characters(font)  # `-=` would go through the whole font
    return tuple(sorted(needed))


@lru_cache(maxsize=8)
def _resolve(folders: tuple[str, ...]) -> Mapping[Face, FaceFonts]:
    import typst  # noqa: PLC0415 - pages are made without it

    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
    files = [
        FontFile(font.family, font.weight, font.path or "", font.index)
        for font in found.fonts()
        if font.style == "normal"
    ]
    return {face: _face(face, files) for face in Face}


def _face(face: Face, files: Sequence[FontFile]) -> FaceFonts:
    behind = _BEHIND.get(face, _SERIF)
    family = next(
        name for name in (*_FAMILIES[face], behind) if any(f.family == name for f in files)
    )
    fonts = [_cut(files, family)]
    if family != behind:
        fonts.append(_cut(files, behind))
    borrowed = next((m for name, m in _BORROWED.items() if fonts[0].family.startswith(name)), "")
    return FaceFonts(face, tuple(fonts), fonts[0].weight, borrowed)


def _cut(files: Sequence[FontFile], family: str) -> FontFile:
    weight = 700 if family in _BOLD_CUTS else 400
    cuts = (file for file in files if file.family == family)
    return min(cuts, key=lambda cut: (abs(cut.weight - weight), cut.path))


@lru_cache(maxsize=16)
def _characters(font: FontFile) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - pages are made without it

    with TTFont(font.path, fontNumber=font.index, lazy=True) as file:
        return frozenset(map(chr, file.getBestCmap()))
