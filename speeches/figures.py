"""What a work figure means, in plain words; staff and readers are told alike."""

from decimal import Decimal

from django.utils.translation import gettext as _

from speeches.enums import FigureBound

_SCALES = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_SCALED_PLACES = 4


def meaning(low: Decimal | None, high: Decimal | None, bound: str, unit: str) -> str:
    """Return what is said of the true value: ``400多万元`` lies between two bounds.

    ``low`` and ``high`` are in the unscaled ``unit``; ``bound`` is a value of ``FigureBound``.
    """
    least = None if low is None else readable(low, unit)
    most = None if high is None else readable(high, unit)
    if least is None and most is None:
        return _("about, without exact bounds")
    if bound == FigureBound.EXACT:
        return _("exactly %(value)s") % {"value": least or most}
    if least and most:
        form = _("%(low)s to %(high)s")
        if bound == FigureBound.OVER:
            form = _("more than %(low)s, less than %(high)s")
        return form % {"low": least, "high": most}
    if least:
        inclusive = bound == FigureBound.AT_LEAST
        form = _("at least %(value)s") if inclusive else _("more than %(value)s")
    else:
        inclusive = bound == FigureBound.AT_MOST
        form = _("at most %(value)s") if inclusive else _("less than %(value)s")
    return form % {"value": least or most}


def readable(value: Decimal, unit: str) -> str:
    """Return ``value`` with its unit, in 亿 or 万 where that takes no more than four decimals.

    ``5040000000`` 元 is ``50.4亿元``.
    """
    for scale, name in _SCALES:
        scaled = value / scale
        if abs(value) >= scale and scaled == round(scaled, _SCALED_PLACES):
            return f"{_plain(scaled)}{name}{unit}"
    return f"{_plain(value)}{unit}"


def unscaled(unit: str) -> str:
    """Return ``unit`` without its scale: ``万元`` is counted in ``元``; ``万`` alone in nothing."""
    return unit.lstrip("十百千万亿")


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
