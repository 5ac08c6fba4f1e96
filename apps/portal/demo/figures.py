"""Invented figures, the same at each start, where such figures lie: each row of the list has its range.

`fixtures/demonstration_figures.json` holds the lowest and the highest baseline among the regions, and the
step to the target, with as many decimals as such a figure has.
"""

from __future__ import annotations

import functools
import zlib
from dataclasses import dataclass
from decimal import Decimal

from apps.grid.numbers import format_number
from apps.organisations.fixtures import read_rows


@dataclass(frozen=True)
class Range:
    """Where the figures of an indicator lie; a negative step is an improvement where lower is better."""

    low: Decimal
    high: Decimal
    step: Decimal


@functools.cache
def ranges() -> dict[str, Range]:
    return {
        row.pop("code"): Range(**{name: Decimal(number) for name, number in row.items()})
        for row in read_rows("demonstration_figures.json")
    }


def baseline(region: str, code: str) -> Decimal:
    known = ranges()[code]
    share = Decimal(_number(region, code) % 101) / 100
    return (known.low + (known.high - known.low) * share).quantize(known.step)


def target(region: str, code: str) -> Decimal:
    return baseline(region, code) + ranges()[code].step


def plan(region: str, code: str) -> Decimal:
    """Half of the way to the target."""
    return _on_the_way(region, code, Decimal("0.5"))


def fact(region: str, code: str, year: int) -> Decimal:
    """About the plan: a little better in three cases of four, a little worse in the fourth."""
    return _on_the_way(region, code, Decimal(30 + _number(region, code, year) % 50) / 100)


def typed(value: Decimal) -> str:
    """As a clerk types it: «41,7»."""
    return format_number(value)


def _on_the_way(region: str, code: str, share: Decimal) -> Decimal:
    step = ranges()[code].step
    return (baseline(region, code) + step * share).quantize(step)


def _number(*parts: object) -> int:
    return zlib.crc32("/".join(map(str, parts)).encode())
