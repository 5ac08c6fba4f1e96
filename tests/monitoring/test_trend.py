"""The official series beside a row: on one scale with the plan, and never made to look wilder than it is."""

from decimal import Decimal

import pytest

from apps.monitoring.trend import HEIGHT, MARGIN_Y, WIDTH, draw, official_series

pytestmark = pytest.mark.embedded


def heights(trend) -> list[float]:
    return [float(point.split(",")[1]) for point in trend["points"].split()]


def test_a_series_goes_from_edge_to_edge_and_ends_in_its_last_figure():
    trend = draw([(2018, Decimal(10)), (2020, Decimal(20)), (2023, Decimal("12.50"))], None)
    assert trend["points"].split()[0].startswith("2.0,")
    assert trend["end_x"] == f"{WIDTH - 2:.1f}"
    assert (trend["value"], trend["year"]) == ("12,5", 2023)
    assert heights(trend)[1] == MARGIN_Y
    assert heights(trend)[0] == HEIGHT - MARGIN_Y


def test_years_without_a_figure_leave_their_room():
    trend = draw([(2018, Decimal(1)), (2019, Decimal(2)), (2022, Decimal(3))], None)
    places = [float(point.split(",")[0]) for point in trend["points"].split()]
    assert places == [2.0, 25.0, 94.0]


def test_the_plan_lies_on_the_same_scale():
    trend = draw([(2022, Decimal(10)), (2023, Decimal(20))], Decimal(15))
    assert float(trend["aim_y"]) == pytest.approx(HEIGHT / 2, abs=0.1)


def test_a_series_that_hardly_moves_is_drawn_flat():
    trend = draw([(2022, Decimal("99.9")), (2023, Decimal(100))], None)
    assert max(heights(trend)) - min(heights(trend)) < 1


@pytest.mark.parametrize("value", ["0", "-5", "100"])
def test_one_figure_is_drawn_in_the_middle(value):
    trend = draw([(2023, Decimal(value))], None)
    assert heights(trend) == [HEIGHT / 2]


@pytest.mark.django_db
def test_no_code_no_series():
    assert official_series(None, {"8.5.2"}, 2026) == {}
