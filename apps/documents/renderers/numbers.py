"""How a workbook shows a number exactly as it was typed, and yet holds a number."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

# The locale makes the decimal sign a comma wherever the workbook is opened.
LOCALES = {"kk": "[$-43F]", "ru": "[$-419]"}
MINUSES = "-−–"
BLANKS = " \xa0\u202f"
TYPED = re.compile(
    rf"(?P<sign>[-+−–]?)[{BLANKS}]?(?P<whole>\d{{1,3}}(?:[{BLANKS}]\d{{3}})+|\d+)(?:[.,](?P<decimals>\d+))?(?P<rest>\D*)",
)
MOST_DIGITS = 15  # that a workbook keeps of a number


@lru_cache(maxsize=2_000)
def number_format(typed: str, exact: str, language: str) -> str | None:
    """Return the format that shows the number `exact` as it was typed; None where the cell has to be words.

    Words it stays where the typed text says more than the number, or has more digits than a workbook keeps.
    """
    found = TYPED.fullmatch(typed.strip())
    if not found or sum(letter.isdigit() for letter in typed) > MOST_DIGITS or '"' in found["rest"]:
        return None
    sign, whole, decimals = found["sign"], re.sub(rf"[{BLANKS}]", "", found["whole"]), found["decimals"] or ""
    if Decimal(f"{'-' if sign and sign in MINUSES else ''}{whole}.{decimals or 0}") != Decimal(exact):
        return None
    digits = "#,##0" if len(whole) != len(found["whole"]) else "0" * (len(whole) if whole[0] == "0" else 1)
    shown = digits + ("." + "0" * len(decimals) if decimals else "")
    shown += f'"{found["rest"]}"' if found["rest"] else ""
    if sign and sign != "-":
        shown = f'"{sign}"{shown}' if sign == "+" else f'{shown};"{sign}"{shown}'
    return f"{LOCALES[language]}{shown}"
