"""The official series beside a row: a small drawing, the plan as a dotted line, its last figure and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from apps.goals.models import Observation
from apps.ui.numerals import figure

WIDTH, HEIGHT, MARGIN_X, MARGIN_Y = 96, 28, 2.0, 3.0
YEARS = 10
# A series that hardly moves is drawn as one that hardly moves.
LEAST_SPAN = 0.05

type Points = list[tuple[int, Decimal]]


def official_series(region: Any, codes: Collection[str], year: int) -> dict[str, Points]:
    """Find the last ten years of each indicator's official total in a region; one query."""
    found: dict[str, Points] = defaultdict(list)
    rows = (
        Observation.objects.official_for(region, codes)
        .filter(year__gt=year - YEARS, year__lte=year)
        .values_list("series__indicator__code", "year", "value")
    )
    for code, point_year, value in rows:
        points = found[code]
        if not points or points[-1][0] != point_year:
            points.append((point_year, value))
    return found


def draw(points: Points, plan: Decimal | None) -> dict[str, Any]:
    """Place a series and the plan on one scale, which never spans less than 5 % of the values.

    Returned are words for the page's SVG, in its own units of 96 by 28, and the last figure with its year.
    """
    values = [float(value) for _year, value in points]
    aim = None if plan is None else float(plan)
    low, high = _scale([*values, *([] if aim is None else [aim])])
    first, last = points[0][0], points[-1][0]
    step = (WIDTH - 2 * MARGIN_X) / max(last - first, 1)
    places = [
        (MARGIN_X + (year - first) * step, _height(value, low, high))
        for (year, _exact), value in zip(points, values, strict=True)
    ]
    end_x, end_y = places[-1]
    return {
        "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in places),
        "end_x": f"{end_x:.1f}",
        "end_y": f"{end_y:.1f}",
        "aim_y": "" if aim is None else f"{_height(aim, low, high):.1f}",
        "value": figure(points[-1][1]),
        "year": last,
    }


def _scale(values: Iterable[float]) -> tuple[float, float]:
    values = list(values)
    low, high = min(values), max(values)
    least = max(abs(low), abs(high)) * LEAST_SPAN or 1.0
    lacking = max(least - (high - low), 0.0) / 2
    return low - lacking, high + lacking


def _height(value: float, low: float, high: float) -> float:
    return HEIGHT - MARGIN_Y - (value - low) / (high - low) * (HEIGHT - 2 * MARGIN_Y)
