"""How the values of ``w:numFmt`` (ECMA-376 part 1, 17.18.59) count."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LETTERS = 26


def chinese(count: int) -> str:
    """Return ``count`` as it is written in lists: 十, 十一, 二十, 一百零三."""
    written = _written(count, _DIGITS, ("十", "百"))
    return written.removeprefix("一") if 10 <= count < 20 else written


def _written(count: int, digits: str, units: tuple[str, str]) -> str:
    """Write a number below 1000 with its units, a larger one digit by digit."""
    ten, hundred = units
    if count >= 1000 or count < 1:
        return "".join(digits[int(digit)] for digit in str(max(count, 0)))
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    written = digits[hundreds] + hundred if hundreds else ""
    if tens:
        written += digits[tens] + ten
    elif hundreds and ones:
        written += "零"
    return written + (digits[ones] if ones else "")


def _circled(count: int) -> str:
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= count <= last:
            return chr(start + count - first)
    return str(count)


def _enclosed(start: int) -> Callable[[int], str]:
    return lambda count: chr(start + count - 1) if 1 <= count <= 20 else str(count)


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda count: signs[(count - 1) % len(signs)]


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % _LETTERS) * ((count - 1) // _LETTERS + 1)


def _roman(count: int) -> str:
    signs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
    printed = ""
    for amount, sign in signs:
        printed += sign * (count // amount)
        count %= amount
    return printed


def _full_width(count: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _enclosed(0x2474),
    "decimalEnclosedFullstop": _enclosed(0x2488),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "chineseLegalSimplified": lambda count: _written(count, _LEGAL, ("拾", "佰")),
    "ideographLegalTraditional": lambda count: _written(count, _LEGAL_TRADITIONAL, ("拾", "佰")),
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "japaneseDigitalTenThousand": lambda count: "".join(_DIGITS[int(at)] for at in str(count)),
    "taiwaneseDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographEnclosedCircle": lambda count: (
        chr(0x3280 + count - 1) if 1 <= count <= 10 else chinese(count)
    ),
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
