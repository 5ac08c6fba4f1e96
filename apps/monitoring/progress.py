"""How a fact stands to its plan: the way from baseline to target, by the direction of the indicator.

A share of the way is (fact − baseline) / (target − baseline), never fact / target: where less is better, a
quotient would praise the worse region. Without a direction, or without numbers, nothing is said.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import pgettext_lazy

from apps.goals.models import Indicator

if TYPE_CHECKING:
    from apps.monitoring.models import ReportLine

Direction = Indicator.Direction


class Standing(models.TextChoices):
    """The judgement beside a row; it is no column of the form and is never printed."""

    ACHIEVED = "achieved", pgettext_lazy("standing", "achieved")
    ON_TRACK = "on_track", pgettext_lazy("standing", "on track")
    BEHIND = "behind", pgettext_lazy("standing", "behind")
    MOVING_AWAY = "moving_away", pgettext_lazy("standing", "moving away from the target")
    DONE = "done", pgettext_lazy("standing", "measure done")
    PARTLY_DONE = "partly_done", pgettext_lazy("standing", "measure done in part")
    NOT_DONE = "not_done", pgettext_lazy("standing", "measure not done")


def progress_of(line: ReportLine) -> Decimal | None:
    """Return the share of the way gone: 1 is the target, 0 the baseline, less is the wrong way."""
    item = line.item
    if item is None or direction_of(line) in {"", Direction.NONE}:
        return None
    if line.fact_value is None or item.baseline_value is None or item.target_value is None:
        return None
    way = item.target_value - item.baseline_value
    return (line.fact_value - item.baseline_value) / way if way else None


def standing_of(line: ReportLine) -> Standing | None:
    """Judge a measure by its plan; an indicator by target, by the way gone, then by the year’s plan."""
    if line.fact_value is None:
        return None
    if line.is_measure:
        return _standing_of_measure(line.fact_value, line.plan_value)
    if direction_of(line) in {"", Direction.NONE}:
        return None
    return _standing_of_indicator(line, line.fact_value, line.plan_value)


def direction_of(line: ReportLine) -> str:
    return line.item.direction if line.item else ""


def _standing_of_measure(fact: Decimal, plan: Decimal | None) -> Standing | None:
    if plan is None:
        return None
    if fact >= plan:
        return Standing.DONE
    return Standing.PARTLY_DONE if fact > 0 else Standing.NOT_DONE


def _standing_of_indicator(line: ReportLine, fact: Decimal, plan: Decimal | None) -> Standing | None:
    direction, target = direction_of(line), line.item.target_value if line.item else None
    if target is not None and _meets(direction, fact, target):
        return Standing.ACHIEVED
    if (gone := progress_of(line)) is not None and gone < 0:
        return Standing.MOVING_AWAY
    if plan is None:
        return None
    return Standing.ON_TRACK if _keeps_plan(direction, fact, plan, target) else Standing.BEHIND


def _meets(direction: str, fact: Decimal, aim: Decimal) -> bool:
    match direction:
        case Direction.HIGHER:
            return fact >= aim
        case Direction.LOWER:
            return fact <= aim
    return fact == aim


def _keeps_plan(direction: str, fact: Decimal, plan: Decimal, target: Decimal | None) -> bool:
    """Where the aim is nearness, the fact may be as far from the target as the plan was."""
    if direction == Direction.NEAR and target is not None:
        return abs(fact - target) <= abs(plan - target)
    return _meets(direction, fact, plan)
