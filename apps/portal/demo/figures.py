"""Invented figures, the same at each start: baselines, targets and facts that lie where such figures lie."""

from __future__ import annotations

import zlib
from decimal import Decimal

from apps.grid.numbers import format_number

TENTH = Decimal("0.1")
CHANGE = {
    "higher": Decimal("1.10"),
    "lower": Decimal("0.85"),
    "near": Decimal("1.00"),
    "none": Decimal("1.05"),
}


def _number(*parts: object) -> int:
    return zlib.crc32("/".join(map(str, parts)).encode())


def baseline(region: str, code: str) -> Decimal:
    """Between 12.0 and 91.9, by region and indicator."""
    return Decimal(120 + _number(region, code) % 800) / 10


def target(region: str, code: str, direction: str) -> Decimal:
    return (baseline(region, code) * CHANGE.get(direction, Decimal(1))).quantize(TENTH)


def plan(region: str, code: str, direction: str) -> Decimal:
    """Half of the way to the target."""
    return ((baseline(region, code) + target(region, code, direction)) / 2).quantize(TENTH)


def fact(region: str, code: str, direction: str, year: int) -> Decimal:
    """About the plan: a little better in three cases of four, a little worse in the fourth."""
    start, end = baseline(region, code), target(region, code, direction)
    share = Decimal(30 + _number(region, code, year) % 50) / 100
    return (start + (end - start) * share).quantize(TENTH)


def typed(value: Decimal) -> str:
    """As a clerk types it: «41,7»."""
    return format_number(value)
