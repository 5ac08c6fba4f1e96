"""Numbers in words' company: comma, no-break spaces, a true minus, Roman quarters.

Kazakh and Russian write numbers alike, so nothing here asks for the language.
"""

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

NBSP = "\xa0"
MINUS = "\u2212"
FIGURE_DIGITS = 5
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def number(value: Any, places: int | None = None) -> str:
    """Write 2512.4 as «2 512,4»; digits are kept as given unless `places` says how many.

    What is not a number («кемінде 90») is returned as it was typed, and nothing as nothing.
    """
    if value is None or value == "":
        return ""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return str(value)
    written = f"{abs(exact):,f}" if places is None else f"{abs(exact):,.{places}f}"
    sign = MINUS if exact < 0 and any(digit in "123456789" for digit in written) else ""
    return sign + written.translate(str.maketrans(",.", f"{NBSP},"))


def figure(value: Decimal) -> SafeString:
    """Write an official figure for the eye; where that rounds it, the whole is its title, and is read out.

    Statistics come with up to twelve decimals. Five digits, the nought before a comma among
    them, show where a region stands; the whole part stays whole: 5,562875128093 is «5,5629» to the eye.
    """
    size = value.adjusted()
    places = max(FIGURE_DIGITS - 1 - size, 0) if size >= 0 else FIGURE_DIGITS - 2 - size
    exact, rounded = number(value.normalize()), number(round(value, places).normalize())
    if exact == rounded:
        return format_html("{}", exact)
    return format_html(
        '<span title="{0}"><span aria-hidden="true">{1}</span><span class="hidden">{0}</span></span>',
        exact,
        rounded,
    )


def percent(value: Any, places: int | None = None) -> str:
    """Write 14.3 as «14,3 %»."""
    return f"{number(value, places)}{NBSP}%"


def numero(value: Any) -> str:
    """Write the number of a paper as «№ 4»; chancelleries' numbers are kept as typed."""
    return f"№{NBSP}{value}"


def roman(value: int) -> str:
    """Write a quarter or a month as «IV»."""
    return ROMAN[value]


def file_size(size: int, rounding: str = ROUND_HALF_EVEN) -> str:
    """Write bytes as «10 МБ»: the letters are the same in Kazakh and Russian.

    Of a file that is too large, round up: it never looks as if it were just right.
    """
    megabytes = Decimal(size) / 2**20
    if megabytes >= 1:
        tenths = megabytes.quantize(Decimal("0.1"), rounding)
        return f"{number(tenths).removesuffix(',0')}{NBSP}МБ"
    return f"{number(max(round(size / 2**10), 1))}{NBSP}КБ"
