"""How a fact stands to its plan: never fact divided by target (ADR 32)."""

from decimal import Decimal

import pytest

from apps.indicators.models import IndicatorListItem
from apps.monitoring.models import ReportLine

pytestmark = pytest.mark.embedded


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def line(
    direction="higher", base=None, target=None, plan=None, fact=None, section="indicators"
) -> ReportLine:
    item = IndicatorListItem(direction=direction, baseline_value=decimal(base), target_value=decimal(target))
    return ReportLine(section=section, item=item, plan_value=decimal(plan), fact_value=decimal(fact))


@pytest.mark.parametrize(
    ("direction", "base", "target", "fact", "share"),
    [
        ("higher", "40", "60", "50", "0.5"),
        ("higher", "40", "60", "60", "1"),
        ("higher", "40", "60", "35", "-0.25"),
        ("lower", "10", "4", "7", "0.5"),  # fact / target would be 1.75
        ("lower", "10", "4", "12", "-0.3333333333333333333333333333"),
        ("near", "10", "20", "15", "0.5"),
        ("none", "10", "20", "15", None),
        ("", "10", "20", "15", None),
        ("higher", None, "20", "15", None),
        ("higher", "10", None, "15", None),
        ("higher", "10", "20", None, None),
        ("higher", "10", "10", "10", None),  # no way to go
    ],
)
def test_progress_is_the_share_of_the_way_gone(direction, base, target, fact, share):
    assert line(direction, base, target, fact=fact).progress == decimal(share)


@pytest.mark.parametrize(
    ("direction", "base", "target", "plan", "fact", "standing"),
    [
        ("higher", "40", "60", "50", "60", "achieved"),
        ("higher", "40", "60", "50", "50", "on_track"),
        ("higher", "40", "60", "50", "49.9", "behind"),
        ("higher", "40", "60", "50", "39", "moving_away"),
        ("lower", "10", "4", "7", "4", "achieved"),
        ("lower", "10", "4", "7", "6.9", "on_track"),
        ("lower", "10", "4", "7", "7.1", "behind"),
        ("lower", "10", "4", "7", "11", "moving_away"),
        ("near", "10", "20", "18", "20", "achieved"),
        ("near", "10", "20", "18", "22", "on_track"),
        ("near", "10", "20", "18", "23", "behind"),
        ("none", "10", "20", "18", "30", None),
        ("", "10", "20", "18", "30", None),
        ("higher", None, None, "50", "51", "on_track"),
        ("higher", None, None, "50", "49", "behind"),
        ("higher", "40", "60", None, "50", None),
        ("higher", "40", "60", "50", None, None),
        ("higher", "40", "60", None, "61", "achieved"),
    ],
)
def test_an_indicator_is_judged_by_target_way_and_plan(direction, base, target, plan, fact, standing):
    assert line(direction, base, target, plan, fact).standing == standing


@pytest.mark.parametrize(
    ("plan", "fact", "standing"),
    [
        ("24", "24", "done"),
        ("24", "25", "done"),
        ("24", "21", "partly_done"),
        ("1", "0", "not_done"),
        (None, "1", None),
        ("1", None, None),
    ],
)
def test_a_measure_is_judged_by_its_plan(plan, fact, standing):
    assert line("", plan=plan, fact=fact, section="measures").standing == standing


def test_a_free_line_without_a_row_of_the_list_is_not_judged():
    assert ReportLine(section="indicators", plan_value=Decimal(5), fact_value=Decimal(6)).standing is None
