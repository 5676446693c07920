"""Work figures for readers: the printed words, and what they mean."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from speeches.enums import FigureBound
from speeches.models.editions import FigureEdition

_DIGITS = r"[0-9０-９](?:[0-9０-９,.．]*[0-9０-９])?[%％‰]?"
_NUMBERS = (
    re.compile(rf"{_DIGITS}(?:[—–－~～-]{{1,2}}{_DIGITS})?"),
    re.compile(r"[〇零一二两三四五六七八九十百千]+"),
)
_SCALES = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_SCALED_PLACES = 4


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as a reader sees it.

    ``before``, ``number`` and ``after`` are the printed words, cut around the number so that it
    can be set large; ``meaning`` says the same in plain terms.
    """

    before: str
    number: str
    after: str
    meaning: str
    object: str
    claim: str
    indicator: str
    verified: bool

    @property
    def printed(self) -> str:
        """The exact words of the source."""
        return f"{self.before}{self.number}{self.after}"

    @property
    def caption(self) -> str:
        """The object, where the printed words do not name it already."""
        return "" if self.object in self.printed else self.object


def figure_line(figure: FigureEdition) -> FigureLine:
    """Return ``figure`` in words; its indicator, where it has one, must be fetched already."""
    before, number, after = _cut(figure.printed)
    return FigureLine(
        before=before,
        number=number,
        after=after,
        meaning=meaning(figure),
        object=figure.object,
        claim=figure.get_claim_display(),
        indicator=figure.indicator.name if figure.indicator else "",
        verified=figure.verified,
    )


def _cut(printed: str) -> tuple[str, str, str]:
    """Cut around the last number: words before it may hold others (五年以上的老纠纷17起)."""
    for pattern in _NUMBERS:
        found = list(pattern.finditer(printed))
        if found:
            start, end = found[-1].span()
            return printed[:start], printed[start:end], printed[end:]
    return "", printed, ""


def meaning(figure: FigureEdition) -> str:
    """Return what the printed words say of the true value, as ``400多万元`` between two bounds."""
    low = None if figure.low is None else readable(figure.low, figure.unit)
    high = None if figure.high is None else readable(figure.high, figure.unit)
    if low is None and high is None:
        return _("about, without exact bounds")
    if figure.bound == FigureBound.EXACT:
        return _("exactly %(value)s") % {"value": low or high}
    if low and high:
        form = _("%(low)s to %(high)s")
        if figure.bound == FigureBound.OVER:
            form = _("more than %(low)s, less than %(high)s")
        return form % {"low": low, "high": high}
    if low:
        inclusive = figure.bound == FigureBound.AT_LEAST
        form = _("at least %(value)s") if inclusive else _("more than %(value)s")
    else:
        inclusive = figure.bound == FigureBound.AT_MOST
        form = _("at most %(value)s") if inclusive else _("less than %(value)s")
    return form % {"value": low or high}


def readable(value: Decimal, unit: str) -> str:
    """Return ``value`` with its unit, in 亿 or 万 where that takes no more than four decimals.

    ``5040000000`` 元 is ``50.4亿元``.
    """
    for scale, name in _SCALES:
        scaled = value / scale
        if abs(value) >= scale and scaled == round(scaled, _SCALED_PLACES):
            return f"{_plain(scaled)}{name}{unit}"
    return f"{_plain(value)}{unit}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
