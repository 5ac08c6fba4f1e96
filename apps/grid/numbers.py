"""Numbers as people type them: read without guessing, written one way (comma, no-break spaces, a true minus).

A typed value is never lost: what is not a number stays text, what reads in two ways becomes a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

NBSP = "\xa0"
MINUS = "\u2212"
DECIMAL_PLACES = 10
INTEGER_DIGITS = 20

# Space, tab, no-break spaces and apostrophes part thousands; Excel and Word give them all.
_PARTS = " \t\xa0\u2009\u202f'\u2019\u02bc"
_WHOLE = rf"(?P<whole>[0-9]{{1,3}}(?:[{_PARTS}][0-9]{{3}})+|[0-9]+)"
_SIGN = r"(?P<sign>[-+\u2212\u2013]?)"
_PERCENT = r"(?P<percent>%?)"
_NUMBER = re.compile(rf"{_SIGN}\s*{_WHOLE}(?:[.,](?P<fraction>[0-9]+))?\s*{_PERCENT}")
_AMBIGUOUS = re.compile(
    rf"{_SIGN}\s*(?:"
    r"(?P<dots>[0-9]{1,3}(?:\.[0-9]{3})+),(?P<after_comma>[0-9]+)|"
    r"(?P<commas>[0-9]{1,3}(?:,[0-9]{3})+)\.(?P<after_dot>[0-9]+)"
    rf")\s*{_PERCENT}"
)
_MINUSES = ("-", MINUS, "\u2013")
_LETTER = re.compile(r"[^\W\d_]")

type Problem = Literal["ambiguous", "text"]


@dataclass(frozen=True)
class Number:
    """A typed value: the text as typed, its number where it has one, or why it has none.

    `problem` is None for a number and for nothing typed; `text` when charts will skip the value; `ambiguous`
    when it must not be stored before a person chooses one of `choices` (each reads as one number only).
    """

    text: str
    value: Decimal | None = None
    problem: Problem | None = None
    choices: tuple[str, ...] = ()

    @property
    def is_malformed(self) -> bool:
        """Text without a single letter, such as «12,5,0» or «###»: more likely a slip than words."""
        return self.problem == "text" and not _LETTER.search(self.text)


@lru_cache(maxsize=8192)
def parse_number(text: str) -> Number:
    r"""Read a value as typed. A comma or a point is the decimal sign; both together are a question.

    >>> parse_number("1 234,5").value, parse_number("не менее 90").problem, parse_number("1.234,5").choices
    (Decimal('1234.5'), 'text', ('1\xa0234,5', '1,2345'))
    """
    typed = text.strip()
    if not typed:
        return Number("")
    if found := _NUMBER.fullmatch(typed):
        value = _decimal(found["sign"], found["whole"], found["fraction"])
        return Number(typed, value) if value is not None else Number(typed, problem="text")
    if found := _AMBIGUOUS.fullmatch(typed):
        return Number(typed, problem="ambiguous", choices=_readings(found))
    return Number(typed, problem="text")


@lru_cache(maxsize=8192)
def spell(text: str) -> str:
    r"""Write a typed value the way papers and pages show it; digits, a plus and words stay as typed.

    >>> spell("-2512.40"), spell("12,5%"), spell("кемінде 90")
    ('−2\xa0512,40', '12,5\xa0%', 'кемінде 90')
    """
    typed = text.strip()
    found = _NUMBER.fullmatch(typed)
    if not found:
        return typed
    whole = _digits(found["whole"])
    return _written(found["sign"], whole, found["fraction"] or "", percent=bool(found["percent"]))


def format_number(value: Decimal | float | None) -> str:
    r"""Write a number without the zeros that a database column adds; nothing as nothing.

    >>> format_number(Decimal("2512.4000000000"))
    '2\xa0512,4'
    """
    if value is None:
        return ""
    exact = Decimal(str(value))
    if not exact.is_finite():
        return str(value)
    whole, _, fraction = f"{abs(exact):f}".partition(".")
    return _written("-" if exact < 0 else "", whole, fraction.rstrip("0"))


def _digits(whole: str) -> str:
    return re.sub(r"[^0-9]", "", whole)


def _decimal(sign: str, whole: str, fraction: str | None) -> Decimal | None:
    """The number itself, or None where no column could hold it; finite by construction."""
    digits = _digits(whole).lstrip("0") or "0"
    if len(digits) > INTEGER_DIGITS:
        return None
    value = Decimal(f"{digits}.{fraction[:DECIMAL_PLACES]}" if fraction else digits)
    return -value if sign in _MINUSES and value else value


def _readings(found: re.Match[str]) -> tuple[str, str]:
    whole = _digits(found["dots"] or found["commas"])
    fraction = found["after_comma"] or found["after_dot"]
    first = len(re.split(r"[.,]", found["dots"] or found["commas"])[0])
    percent = bool(found["percent"])
    return (
        _written(found["sign"], whole, fraction, percent=percent),
        _written(found["sign"], whole[:first], whole[first:] + fraction, percent=percent),
    )


def _written(sign: str, whole: str, fraction: str, *, percent: bool = False) -> str:
    is_zero = not (whole + fraction).strip("0")
    shown = "+" if sign == "+" else MINUS if sign in _MINUSES and not is_zero else ""
    grouped = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", NBSP, whole)
    return shown + grouped + (f",{fraction}" if fraction else "") + (f"{NBSP}%" if percent else "")
