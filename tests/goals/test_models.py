from decimal import Decimal

import pytest
from django.utils import translation

from apps.goals import fixtures
from apps.goals.models import Goal, Indicator, Observation, Series, Target, code_order
from apps.organisations.models import Region

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def akmola():
    fixtures.load()
    return Region.objects.get(pk="110000000")


def series(code, *, primary=True):
    target, _created = Target.objects.get_or_create(
        code=".".join(code.split(".")[:2]), goal_id=int(code.split(".")[0])
    )
    indicator, _created = Indicator.objects.get_or_create(
        code=code, target=target, title_kk="К", title_ru="Р"
    )
    return Series.objects.create(indicator=indicator, code="A" if primary else "B", is_primary=primary)


def test_codes_are_ordered_by_numbers_and_then_letters():
    codes = ["1.10.1", "1.2.1", "1.a.1", "1.2.1.1", "10.1.1", "2.1.1"]
    assert sorted(codes, key=code_order) == ["1.2.1", "1.2.1.1", "1.10.1", "1.a.1", "2.1.1", "10.1.1"]


def test_load_adds_the_17_goals_once():
    fixtures.load()
    fixtures.load()
    assert Goal.objects.count() == 17
    with translation.override("ru"):
        assert Goal.objects.get(pk=1).short_title == "Ликвидация нищеты"
    assert "тұрақты" not in " ".join(Goal.objects.values_list("title_kk", flat=True)).lower()


@pytest.mark.parametrize("count", [1, 3])
def test_official_figures_come_in_one_query(akmola, django_assert_num_queries, count):
    codes = [f"1.2.{number}" for number in range(1, count + 1)]
    for code in codes:
        row = series(code)
        for year in (2021, 2020):
            Observation.objects.create(series=row, region=akmola, area_code="KZAKM", year=year, value=year)
    with django_assert_num_queries(1):
        figures = [
            (row.series.indicator.code, row.year, str(row.number), row.series.unit)
            for row in Observation.objects.official_for(akmola, codes)
        ]
    assert figures == [(code, year, str(year), "") for code in codes for year in (2020, 2021)]


def test_official_figures_are_totals_of_the_primary_series_in_that_place(akmola):
    primary, other = series("1.2.1"), series("1.2.1", primary=False)
    add = Observation.objects.create
    wanted = add(series=primary, region=akmola, area_code="KZAKM", year=2020, value=1)
    add(
        series=primary,
        region=akmola,
        area_code="KZAKM",
        year=2020,
        value=2,
        breakdown="SEX=F",
        is_total=False,
    )
    add(series=other, region=akmola, area_code="KZAKM", year=2020, value=3)
    republic = add(series=primary, area_code="", year=2020, value=4)
    add(series=primary, area_code="KZKSH", year=2020, value=5)
    assert list(Observation.objects.official_for(akmola, ["1.2.1"])) == [wanted]
    assert list(Observation.objects.official_for(None, ["1.2.1"])) == [republic]
    assert not Observation.objects.official_for(akmola, ["1.2.2"]).exists()


def test_number_shows_no_zeros_of_the_column():
    assert str(Observation(value=Decimal("100.000000000000")).number) == "100"
    assert str(Observation(value=Decimal("0.000010000000")).number) == "0.00001"


def test_dimensions_are_read_back_as_they_were_whatever_stands_in_them():
    dimensions = {"AGE": "Y15T24", "KIND": "a=b;c%3B", "X=Y": "1"}
    row = Observation(breakdown=Observation.breakdown_of(dimensions))
    assert row.dimensions == dimensions
    assert Observation.breakdown_of({"SEX": "F", "AGE": "Y15T24", "NONE": ""}) == "AGE=Y15T24;SEX=F"
