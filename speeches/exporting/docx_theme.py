"""The theme that every Word file must carry: plain colours, and the official fonts."""

from functools import cache
from typing import Final

from speeches.exporting.docx_styles import OFFICIAL_FONTS
from speeches.exporting.typography import Face

_COLOURS: Final = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "C00000",
    "accent2": "ED7D31",
    "accent3": "A5A5A5",
    "accent4": "FFC000",
    "accent5": "5B9BD5",
    "accent6": "70AD47",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_EFFECT: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"


@cache
def theme_part() -> bytes:
    """Return ``word/theme/theme1.xml``."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items()
    )
    lines = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in (6350, 12700, 19050))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="公文">'
        f'<a:themeElements><a:clrScheme name="公文">{colours}</a:clrScheme>'
        f'<a:fontScheme name="公文">{_fonts("major", Face.TITLE)}{_fonts("minor", Face.BODY)}'
        f'</a:fontScheme><a:fmtScheme name="公文"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
        "</a:theme>"
    ).encode()


def _fonts(use: str, face: Face) -> str:
    name = OFFICIAL_FONTS[face]
    return (
        f'<a:{use}Font><a:latin typeface="{name}"/><a:ea typeface="{name}"/>'
        f'<a:cs typeface=""/></a:{use}Font>'
    )
