"""What a second import does: nothing twice, corrections told, losses kept, operators' choices left alone."""

from decimal import Decimal

import pytest
from django.utils import timezone

from apps.goals.models import Indicator, Observation, Series, Target
from apps.organisations.models import DataImport, Region, StatisticalArea
from tests.goals.conftest import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_second_import_stores_nothing_and_refuses_the_same(dataset):
    dataset.table(TABLE + "2021,PT,KZAP,1\n2021,PT,KZAKM,9\n2021,PT,KZAKM,4\n")
    assert dataset.take()[-1] == "read 6 stored 3 unchanged 1 refused 2"
    assert dataset.take()[-1] == "read 6 stored 0 unchanged 4 refused 2"
    assert Observation.objects.count() == 3
    assert DataImport.objects.count() == 2


def test_long_fractions_are_unchanged_the_second_time(dataset):
    dataset.table(
        "Year,Value\n2019,3.8189648167707853\n2020,123456.78901234567\n2021,22.700000000000003\n2022,-0.0\n"
    )
    assert dataset.take()[-1] == "read 4 stored 4 unchanged 0 refused 0"
    assert dataset.take()[-1] == "read 4 stored 0 unchanged 4 refused 0"
    assert Observation.objects.get(year=2021).number == Decimal("22.7")


def test_corrected_value_is_stored_and_told(dataset):
    dataset.take()
    dataset.table(TABLE.replace("4.2", "4.25"))
    assert dataset.take() == [
        "Changes:",
        "1.2.1, KZAKM 2020: 4.2 → 4.25",
        "read 3 stored 1 unchanged 2 refused 0",
    ]
    assert Observation.objects.get(region="110000000", year=2020).number == Decimal("4.25")


def test_value_that_is_no_longer_there_is_kept_and_told(dataset):
    dataset.take()
    dataset.table("\n".join(TABLE.splitlines()[:3]) + "\n")
    lines = dataset.take()
    assert lines == [
        "Changes:",
        "1.2.1: values no longer in the data set, kept: 1",
        "read 2 stored 0 unchanged 2 refused 0",
    ]
    assert Observation.objects.count() == 3


def test_new_values_of_a_known_series_are_added(dataset):
    dataset.take()
    dataset.table(TABLE + "2022,PT,KZAKM,3.9\n")
    assert dataset.take() == ["read 4 stored 1 unchanged 3 refused 0"]


def test_operators_choices_stay(dataset):
    dataset.table("Year,SERIES,Value\n2020,S1,1\n2021,S1,1\n2020,S2,2\n")
    dataset.take()
    Indicator.objects.update(direction="near")
    Series.objects.filter(code="S1").update(is_primary=False)
    Series.objects.filter(code="S2").update(is_primary=True)
    dataset.take()
    assert Indicator.objects.get().direction == "near"
    assert Series.objects.get(is_primary=True).code == "S2"


def test_area_tied_to_a_region_by_an_operator_counts_at_the_next_import(dataset):
    dataset.table("Year,REF_AREA,Value\n2020,KZKSH,1\n")
    dataset.take()
    town = Region.objects.create(code="111000000", kind="oblast_city", name_kk="Көкшетау", name_ru="Кокшетау")
    StatisticalArea.objects.filter(pk="KZKSH").update(region=town)
    assert dataset.take()[-1] == "read 1 stored 1 unchanged 0 refused 0"
    assert Observation.objects.get().region == town


def test_series_know_the_day_of_retrieval(dataset):
    dataset.take()
    assert Series.objects.get().retrieved_on == timezone.localdate()


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow_with_rows(dataset, django_assert_num_queries, count):
    dataset.take()
    dataset.table(TABLE + "".join(f"{year},PT,KZABY,3\n" for year in range(2022, 2022 + count)))
    with django_assert_num_queries(30):
        dataset.take()


@pytest.fixture
def kept_texts():
    """The texts of the one indicator, to be compared."""

    def texts():
        target, indicator, series = Target.objects.get(), Indicator.objects.get(), Series.objects.get()
        return {
            f"{type(row).__name__}.{field.name}": getattr(row, field.name)
            for row in (target, indicator, series)
            for field in row._meta.concrete_fields
            if field.name.endswith(("_kk", "_ru", "_en"))
        }

    return texts


@pytest.mark.parametrize("languages", [("kk",), ("kk", "ru")])
def test_missing_translations_erase_nothing_and_are_told(dataset, kept_texts, languages):
    dataset.take()
    before = kept_texts()
    for language in languages:
        for path in (dataset.root / "translations" / language).iterdir():
            path.unlink()
    lines = dataset.take()
    assert kept_texts() == before
    assert before["Indicator.title_kk"] == "Кедейлік"
    for group in ("REF_AREA", "UNIT_MEASURE", "national_indicators"):
        place = f"translations/{languages[0]}/{group}.yml, line 1"
        assert f"{place}: the file is missing or empty: earlier texts stay" in lines
    assert "The data set lacks texts, indicator, title in Kazakh, kept for: 1.2.1" in lines
    assert "The data set lacks texts, target, title in Kazakh, kept for: 1.2" in lines
    assert "The data set lacks texts, series, unit in Kazakh, kept for: 1.2.1 PT" in lines


def test_national_title_that_is_lost_is_not_replaced_by_the_global_one(dataset, kept_texts):
    dataset.take()
    before = kept_texts()
    dataset.write("translations/kk/national_indicators.yml", "9-9-9-title: x\n")
    lines = dataset.take()
    assert kept_texts() == before
    assert "The data set lacks texts, indicator, title in Kazakh, kept for: 1.2.1" in lines


def test_global_title_that_stands_in_follows_the_data_set(dataset):
    dataset.write("translations/kk/national_indicators.yml", "9-9-9-title: x\n")
    dataset.take()
    assert Indicator.objects.get().title_kk == "global"
    dataset.write("translations/kk/global_indicators.yml", "1-2-1-title: worldwide\n")
    assert "1.2.1, indicator, title in Kazakh: «global» → «worldwide»" in dataset.take()
    assert Indicator.objects.get().title_kk == "worldwide"


def test_changed_texts_of_the_catalogue_are_told(dataset):
    dataset.take()
    dataset.write("translations/ru/national_indicators.yml", "1-2-1-title: Нищета\n")
    dataset.write("translations/ru/UNIT_MEASURE.yml", "PT: доля\n")
    assert dataset.take() == [
        "Changes:",
        "1.2.1, indicator, title in Russian: «Бедность» → «Нищета»",
        "1.2.1, indicator, unit in Russian: «процент» → «доля»",
        "1.2.1 PT, series, unit in Russian: «процент» → «доля»",
        "read 3 stored 0 unchanged 3 refused 0",
    ]


def test_table_that_is_no_longer_there_is_told_and_its_values_stay(dataset):
    dataset.write("indicator-config/3-1-1.yml", "indicator_number: 3.1.1\n")
    dataset.table("Year,Value\n2020,1\n2021,2\n", slug="3-1-1")
    dataset.take()
    (dataset.root / "data/indicator_3-1-1.csv").unlink()
    assert dataset.take()[-2:] == [
        "3.1.1: the table is no longer in the data set, values kept: 2",
        "read 3 stored 0 unchanged 3 refused 0",
    ]
    assert Observation.objects.filter(series__indicator__code="3.1.1").count() == 2


def test_series_that_is_no_longer_there_is_told(dataset):
    dataset.table("Year,SERIES,Value\n2020,S1,1\n2021,S1,1\n2020,S2,2\n")
    dataset.take()
    dataset.table("Year,SERIES,Value\n2020,S1,1\n2021,S1,1\n")
    assert "1.2.1: series no longer in the data set, values kept: 1" in dataset.take()
