"""How a WeChat article looks: inline styles in the main colour of the site, no fonts of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_COLOUR: Final = "COLOUR"
_PLAIN: Final[Mapping[str, str]] = {
    "article": "font-size:16px;line-height:1.8;color:#333333;letter-spacing:0.5px",
    "kicker": "margin:0 0 8px;font-size:14px;color:#888888;text-align:center",
    "note": "margin:0 0 24px;padding:12px 16px;background:#f7f5f2;font-size:15px;color:#555555",
    "note p": "margin:0 0 6px;text-indent:2em",
    "title": "margin:0;font-size:18px;line-height:1.5;font-weight:bold;text-align:center",
    "speech": "margin:36px 0 8px",
    "byline": "margin:0 0 16px;font-size:14px;color:#888888;text-align:center",
    "h3": "margin:20px 0 10px;font-size:16px;font-weight:bold",
    "h4": "margin:16px 0 8px;font-size:16px;font-weight:bold",
    "h5": "margin:16px 0 8px;font-size:16px",
    "p": "margin:0 0 14px;text-align:justify;text-indent:2em",
    "center": "margin:0 0 14px;text-align:center",
    "right": "margin:0 0 14px;text-align:right",
    "caption": "margin:0 0 14px;font-size:14px;color:#888888;text-align:center",
    "blockquote": f"margin:0 0 14px;padding:0 0 0 12px;border-left:3px solid {_COLOUR}",
    "blockquote p": "margin:0;color:#555555",
    "ul": "margin:0 0 14px;padding:0 0 0 24px",
    "ol": "margin:0 0 14px;padding:0 0 0 24px",
    "li p": "margin:0",
    "table": "width:100%;margin:0 0 14px;border-collapse:collapse;font-size:14px;line-height:1.5",
    "th": "padding:6px;border:1px solid #cccccc;background:#f7f5f2;font-weight:bold",
    "td": "padding:6px;border:1px solid #cccccc",
    "em": f"font-style:normal;color:{_COLOUR}",
    "u": "text-decoration:underline",
    "sup": "vertical-align:super;font-size:12px",
    "sub": "vertical-align:sub;font-size:12px",
    "part": "margin:24px 0 0;font-size:14px;color:#888888;text-align:center",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """A look: a style for each role, with the place of the main colour marked."""

    label: "_StrPromise"
    styles: Mapping[str, str]

    def style(self, role: str, colour: str) -> str:
        """Return the inline style of ``role``; empty where it has none."""
        return self.styles.get(role, "").replace(_COLOUR, colour)


THEMES: Mapping[str, Theme] = MappingProxyType(
    {
        "bar": Theme(
            _("Line beside the title"),
            {
                **_PLAIN,
                "speech": "margin:36px 0 8px;padding:2px 0 2px 12px;"
                f"border-left:4px solid {_COLOUR}",
                "title": f"margin:0;font-size:18px;line-height:1.5;color:{_COLOUR};"
                "font-weight:bold",
                "byline": "margin:0 0 16px 16px;font-size:14px;color:#888888",
            },
        ),
        "banner": Theme(
            _("Title on the main colour"),
            {
                **_PLAIN,
                "speech": f"margin:36px 0 12px;padding:10px 14px;background:{_COLOUR}",
                "title": "margin:0;font-size:17px;line-height:1.5;color:#ffffff;font-weight:bold;"
                "text-align:center",
            },
        ),
        "plain": Theme(_("Plain"), _PLAIN),
    }
)
DEFAULT: Final = "bar"
