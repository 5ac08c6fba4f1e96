"""How far the twenty regions have come together: the counts, their bars, and the sentence above them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.meetings.quarters import Level, quarter_of
from apps.monitoring import terms
from apps.portal.standing import HANDED, Standing
from apps.ui.numerals import roman

LEAP_DAY = (2, 29)
HELD = {Level.WITH, Level.WITHOUT}


def pace(rows: list[Standing], stage: str) -> dict[str, Any]:
    """Count a stage over the regions, and say where each of the twenty segments of its bar lies.

    `due` is the order's date while it is ahead; `before` counts the year before on the same day, and
    `before_x` is its place on the bar.
    """
    signs = [getattr(row, stage) for row in rows]
    in_time = sum(sign.tone == "is-time" for sign in signs)
    late = sum(sign.tone == "late" for sign in signs)
    kinds = ["has"] * in_time + ["after"] * late + ["lacks"] * (len(rows) - in_time - late)
    width = 100 / max(len(rows), 1)
    before = sum(map(_was_handed(stage), rows))
    return {
        "count": in_time + late,
        "in_time": in_time,
        "late": late,
        "total": len(rows),
        "segments": [
            {"kind": kind, "x": f"{place * width + width * 0.04:.2f}%", "width": f"{width * 0.92:.2f}%"}
            for place, kind in enumerate(kinds)
        ],
        "lacking": [row.region for row, sign in zip(rows, signs, strict=True) if sign.tone == "wrong"],
        "due": _due_ahead(rows, stage),
        "before": before,
        "before_x": f"{before * width:.2f}%",
    }


def _due_ahead(rows: list[Standing], stage: str) -> datetime.date | None:
    if not rows:
        return None
    due = terms.recommended_on(HANDED[stage], rows[0].year)
    return due if rows[0].today <= due else None


def _was_handed(stage: str) -> Callable[[Standing], bool]:
    """Whether a region had handed over its report of the year before on this day a year ago."""

    def handed(row: Standing) -> bool:
        on: datetime.date | None = getattr(row.report, f"{stage}_before", None)
        return on is not None and on <= a_year_before(row.today)

    return handed


def a_year_before(day: datetime.date) -> datetime.date:
    """The same day of the year before; of a leap day the day before it."""
    is_leap_day = (day.month, day.day) == LEAP_DAY
    return (day - datetime.timedelta(days=1) if is_leap_day else day).replace(year=day.year - 1)


def headline(rows: list[Standing], *, is_current: bool) -> str:
    """Say in one sentence how many regions have handed over what, and who has met this quarter."""
    if not any(row.report for row in rows):
        year = rows[0].year if rows else ""
        return _("Reports for {year} were not opened in the portal").format(year=year)
    clauses = [*_handed_clauses(rows), *([_met_clause(rows)] if is_current else [])]
    return ", ".join(clauses)


def _handed_clauses(rows: list[Standing]) -> Iterator[str]:
    submitted, transmitted = _handed(rows, "submitted"), _handed(rows, "transmitted")
    figures = {"total": len(rows), "count": submitted}
    if not submitted:
        yield _("No region of {total} has submitted its report to the working group yet").format(**figures)
    else:
        yield ngettext(
            "{count} region of {total} has submitted its report to the working group",
            "{count} regions of {total} have submitted their reports to the working groups",
            submitted,
        ).format(**figures)
    if transmitted:
        yield ngettext(
            "{count} has transmitted the results to the working body",
            "{count} have transmitted the results to the working body",
            transmitted,
        ).format(count=transmitted)
    elif submitted:
        yield _("none has transmitted the results to the working body")


def _handed(rows: list[Standing], stage: str) -> int:
    return sum(getattr(row, stage).tone in {"is-time", "late"} for row in rows)


def _met_clause(rows: list[Standing]) -> str:
    year, number = quarter_of(rows[0].today)
    met = sum(row.quarters.get((year, number)) in HELD for row in rows)
    if not met:
        return _("none has held the meeting of quarter {quarter}").format(quarter=roman(number))
    return ngettext(
        "{count} has held the meeting of quarter {quarter}",
        "{count} have held the meeting of quarter {quarter}",
        met,
    ).format(count=met, quarter=roman(number))
