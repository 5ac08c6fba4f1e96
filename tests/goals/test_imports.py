"""Every irregularity of real data is survived and told with its place; what cannot be stored is refused."""

from decimal import Decimal

import pytest
from django.core.management import CommandError

from apps.goals.models import Goal, Indicator, Observation, Series, Target
from apps.organisations import importing
from apps.organisations.models import DataImport, Region, StatisticalArea
from tests.goals.conftest import CONFIG

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
FILE = "data/indicator_1-2-1.csv"
HEAD = "Year,UNIT_MEASURE,REF_AREA,Value\n"


def test_catalogue_has_titles_units_and_sources_in_three_languages(dataset):
    assert dataset.take() == ["read 3 stored 3 unchanged 0 refused 0"]
    indicator = Indicator.objects.get(code="1.2.1")
    assert (indicator.title_kk, indicator.title_ru, indicator.title_en) == ("Кедейлік", "Бедность", "Poverty")
    assert (indicator.unit_kk, indicator.unit_ru) == ("пайыз", "процент")
    assert indicator.source_ru == "Bureau; Survey"
    assert indicator.reporting_status == "complete"
    assert indicator.is_national
    assert indicator.direction == "lower"
    assert Target.objects.get(pk="1.2").title_en == "Halve poverty"
    assert indicator.target.goal == Goal.objects.get(pk=1)


def test_values_belong_to_regions_by_code(dataset):
    dataset.take()
    akmola = Region.objects.get(pk="110000000")
    values = {(row.year, row.region): row.value for row in Observation.objects.all()}
    assert values == {
        (2020, None): Decimal("5.3"),
        (2020, akmola): Decimal("4.2"),
        (2021, akmola): Decimal(4),
    }
    assert Series.objects.get().is_primary


def test_title_falls_back_to_the_global_one(dataset):
    dataset.write("indicator-config/3-1-1.yml", "indicator_number: 3.1.1\n")
    dataset.table("Year,Value\n2020,1\n", slug="3-1-1")
    dataset.take()
    assert Indicator.objects.get(code="3.1.1").title_kk == "mothers"


@pytest.mark.parametrize("reference", ["data.тыс.тенге", '"data.тыс.\\n тенге"'])
def test_unit_is_found_by_its_russian_words(dataset, reference):
    dataset.write("indicator-config/1-2-1.yml", f"indicator_number: 1.2.1\ncomputation_units: {reference}\n")
    dataset.table("Year,Value\n2020,1\n")
    dataset.take()
    assert Indicator.objects.get().unit_kk == "теңге"


def test_unit_of_the_data_stands_above_that_of_the_configuration(dataset):
    dataset.write("indicator-config/1-2-1.yml", CONFIG.format(code="1.2.1", unit="UNIT_MEASURE.TNG"))
    dataset.take()
    assert Indicator.objects.get().unit_kk == Series.objects.get().unit_kk == "пайыз"


def test_unit_without_configuration_is_that_of_the_series(dataset):
    dataset.write("indicator-config/1-2-1.yml", "indicator_number: 1.2.1\n")
    dataset.take()
    assert Indicator.objects.get().unit_kk == "пайыз"


def test_table_without_configuration_is_told_and_stored(dataset):
    dataset.table("Year,Value\n2020,1\n", slug="3-1-1")
    lines = dataset.take()
    assert "data/indicator_3-1-1.csv, line 1: the indicator has no configuration" in lines
    assert lines[-1] == "read 4 stored 4 unchanged 0 refused 0"


REFUSED = {
    "short row": ("2020,PT,4.2\n", "cells: 3, columns: 4"),
    "long row": ("2020,PT,KZAKM,4.2,9\n", "cells: 5, columns: 4"),
    "unknown area": ("2020,PT,KZAP,4.2\n", "the area «KZAP» is named nowhere"),
    "the group's own title": ("2020,PT,REF_AREA,4.2\n", "the area «REF_AREA» is named nowhere"),
    "empty value": ("2020,PT,KZAKM,\n", "the value is empty"),
    "words": ("2020,PT,KZAKM,н/д\n", "«н/д» is not a number"),
    "decimal comma": ('2020,PT,KZAKM,"4,2"\n', "«4,2» is not a number"),
    "infinity": ("2020,PT,KZAKM,inf\n", "«inf» is not a number"),
    "foreign digits": ("2020,PT,KZAKM,٤\n", "«٤» is not a number"),
    "huge": ("2020,PT,KZAKM,1e50\n", "the value 1e50 is too large"),
    "no year": (",PT,KZAKM,4.2\n", "«» is not a year"),
    "two years": ("2020-2021,PT,KZAKM,4.2\n", "«2020-2021» is not a year"),
    "long code": (f"2020,PT,{'K' * 21},4.2\n", "the code in the column «REF_AREA» is too long"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_row_that_cannot_be_stored_is_refused_with_its_place(dataset, case):
    row, reason = REFUSED[case]
    dataset.table(HEAD + "2019,PT,,1\n" + row + "2018,PT,,1\n")
    assert dataset.take() == [
        "Refused rows:",
        f"{FILE}, line 3: {reason}",
        "read 3 stored 2 unchanged 0 refused 1",
    ]


def test_value_in_a_column_without_a_name_is_refused(dataset):
    dataset.table("Year,Value,,\n2019,1,,\n2020,1,,7\n2021,1\n")
    lines = dataset.take()
    assert f"{FILE}, line 3: «7» stands in a column without a name" in lines
    assert f"{FILE}, line 1: columns without a name" in lines
    assert lines[-1] == "read 3 stored 2 unchanged 0 refused 1"


def test_equal_duplicate_is_unchanged_and_conflicting_one_is_refused(dataset):
    dataset.table(HEAD + "2020,PT,,5.3\n2020,PT,,5.30\n2020,PT,,6\n")
    assert dataset.take() == [
        "Refused rows:",
        f"{FILE}, line 4: the value 6 conflicts with line 2, where 5.3 stands",
        "Irregularities that were let through:",
        f"{FILE}, line 3: the row repeats line 2",
        "read 3 stored 1 unchanged 1 refused 1",
    ]
    assert Observation.objects.get().value == Decimal("5.3")


def test_town_is_stored_with_its_code_and_no_region(dataset):
    dataset.table(HEAD + "2020,PT,KZKSH,5.3\n")
    assert dataset.take()[-1] == "read 1 stored 1 unchanged 0 refused 0"
    row = Observation.objects.get()
    assert (row.area_code, row.region) == ("KZKSH", None)
    assert StatisticalArea.objects.get(pk="KZKSH").name_ru == "г.Town"


def test_area_that_is_not_valid_in_the_year_is_kept_without_a_region_and_told(dataset):
    dataset.table(HEAD + "2018,PT,KZONT,1\n2019,PT,KZONT,2\n2021,PT,KZABY,3\n2022,PT,KZABY,4\n")
    assert dataset.take() == [
        "Irregularities that were let through:",
        f"{FILE}, line 3: the area «KZONT» is not valid in the year: kept without a region",
        f"{FILE}, line 4: the area «KZABY» is not valid in the year: kept without a region",
        "read 4 stored 4 unchanged 0 refused 0",
    ]
    regions = Observation.objects.values_list("area_code", "year", "region")
    assert set(regions) == {
        ("KZONT", 2018, None),
        ("KZONT", 2019, None),
        ("KZABY", 2021, None),
        ("KZABY", 2022, "100000000"),
    }


def test_recalculated_value_is_told_and_belongs_to_its_region(dataset):
    dataset.table(HEAD + "2017,PT,KZYUZ,1\n")
    assert f"{FILE}, line 2: the area «KZYUZ» exists since 2018: kept as a recalculation" in dataset.take()
    assert Observation.objects.get().region_id == "610000000"


def test_form_of_the_file_is_survived_and_told(dataset):
    text = "Year,UNIT_MEASURE,REF_AREA,Value,\r\n2020,PT,KZAKM,1e-05 ,\r\n,,,,\r\n\r\n2021,PT,KZAKM,4.2,"
    dataset.table(text, encoding="utf-8-sig")
    assert dataset.take() == [
        "Irregularities that were let through:",
        f"{FILE}, line 1: the file begins with a byte order mark",
        f"{FILE}, line 1: the lines end in CRLF",
        f"{FILE}, line 1: columns without a name",
        f"{FILE}, line 2: superfluous blanks in a cell",
        f"{FILE}, line 2: the number is in scientific notation",
        f"{FILE}, lines 3–4: the row is blank",
        f"{FILE}, line 5: the last line has no end",
        "read 2 stored 2 unchanged 0 refused 0",
    ]
    assert Observation.objects.get(year=2020).value == Decimal("0.00001")


def test_digits_that_are_cut_are_told(dataset):
    dataset.table("Year,Value\n2019,3.8189648167707853\n2020,0.1234567890125\n2021,123456789012345e-3\n")
    assert f"{FILE}, lines 2–3: the number has more digits than are kept" in dataset.take()
    assert Observation.objects.get(year=2021).value == Decimal("123456789012.345")


def test_columns_may_stand_in_any_order_and_bring_dimensions(dataset):
    dataset.table(
        "Value,SEX,AGE,Year,GeoCode,SERIES\n1,F,Y15,2020,KZ01,S2\n2,_T,,2020,,S2\n3,,,2020,,S1\n4,X,,2020,,S1\n"
    )
    lines = dataset.take()
    assert f"{FILE}, line 1: the column «AGE» has no translations" in lines
    assert f"{FILE}, line 5: the code «X» in the column «SEX» is named nowhere" in lines
    rows = Observation.objects.order_by("value").values_list("series__code", "breakdown", "is_total")
    assert list(rows) == [
        ("S2", "AGE=Y15;SEX=F", False),
        ("S2", "SEX=_T", True),
        ("S1", "", True),
        ("S1", "SEX=X", False),
    ]
    assert Observation.objects.get(value=1).dimensions == {"AGE": "Y15", "SEX": "F"}
    assert Series.objects.get(code="S2").is_primary


def test_total_without_dimensions_comes_before_the_one_that_says_so(dataset):
    dataset.table("Year,SEX,Value\n2020,_T,2\n2020,,1\n2021,_T,3\n")
    dataset.take()
    totals = Observation.objects.official_for(None, ["1.2.1"])
    assert [(row.year, row.number) for row in totals] == [(2020, 1), (2021, 3)]


def test_old_name_of_the_unit_column_is_understood(dataset):
    dataset.table("Year,Units,Value\n2020,PT,2\n")
    dataset.take()
    assert Series.objects.get().unit_code == "PT"


def test_stray_files_are_told(dataset):
    dataset.write("data/indicator_1-2-1.xlsx", b"PK")
    dataset.write("meta/notes.docx", b"PK")
    lines = dataset.take()
    assert "data/indicator_1-2-1.xlsx, line 1: the file is not of the layout and was not read" in lines
    assert "meta/notes.docx, line 1: the file is not of the layout and was not read" in lines


def spoil_nothing_but_remove(name):
    def spoil(dataset):
        for path in sorted((dataset.root / name).rglob("*"), reverse=True):
            path.unlink()
        (dataset.root / name).rmdir()

    return spoil


def remove_from_every_language(group):
    def spoil(dataset):
        for language in ("kk", "ru", "en"):
            (dataset.root / f"translations/{language}/{group}.yml").unlink()

    return spoil


def spoil_with_a_device(dataset):
    (dataset.root / FILE).unlink()
    (dataset.root / "meta/1-2-1.yml").unlink()
    (dataset.root / "translations/ru/SEX.yml").unlink()
    (dataset.root / "translations/ru/SEX.yml").symlink_to("/dev/zero")
    dataset.table("Year,Value\n2020,1\n")


BAD = {
    "no areas": (remove_from_every_language("REF_AREA"), "the file REF_AREA.yml is missing or empty"),
    "no units": (remove_from_every_language("UNIT_MEASURE"), "the file UNIT_MEASURE.yml is missing"),
    "no titles": (
        remove_from_every_language("national_indicators"),
        "the file national_indicators.yml is missing",
    ),
    "device": (spoil_with_a_device, "SEX.yml: this is not a file"),
    "deep YAML": (
        lambda dataset: dataset.write("meta/1-2-1.yml", "a: " + "[" * 100_000 + "]" * 100_000),
        "meta/1-2-1.yml, line 1: the YAML is damaged",
    ),
    "YAML that repeats itself": (
        lambda dataset: dataset.write("meta/1-2-1.yml", "a: &a [1]\nb: [*a, *a]\n"),
        "meta/1-2-1.yml, line 2: the YAML is damaged",
    ),
    "NUL in YAML": (
        lambda dataset: dataset.write("translations/ru/SEX.yml", 'F: "x\\0"\n'),
        "translations/ru/SEX.yml, line 1: the YAML is damaged",
    ),
    "endless number as a name": (
        lambda dataset: dataset.write("meta/1-2-1.yml", f"0x{'f' * 5000}: a\n"),
        "meta/1-2-1.yml, line 1: the YAML is damaged",
    ),
    "no data": (spoil_nothing_but_remove("data"), "Open SDG layout. Missing folders: data"),
    "no language": (spoil_nothing_but_remove("translations/kk"), "Missing folders: translations/kk"),
    "damaged configuration": (
        lambda dataset: dataset.write("indicator-config/1-2-1.yml", "a: b\nc: [1\nd: 'x\n"),
        "indicator-config/1-2-1.yml, line .*: the YAML is damaged",
    ),
    "damaged metadata": (
        lambda dataset: dataset.write("meta/1-2-1.yml", "a: b: c\n"),
        "meta/1-2-1.yml, line 1: the YAML is damaged",
    ),
    "damaged translation": (
        lambda dataset: dataset.write("translations/ru/SEX.yml", "\tF: x\n"),
        "translations/ru/SEX.yml, line 1: the YAML is damaged",
    ),
    "tag in YAML": (
        lambda dataset: dataset.write("meta/1-2-1.yml", "a: !!python/object/apply:os.getcwd []\n"),
        "the YAML is damaged",
    ),
    "list in YAML": (
        lambda dataset: dataset.write("meta/1-2-1.yml", "- a\n"),
        "the YAML is not a list of names and values",
    ),
    "YAML in cp1251": (
        lambda dataset: dataset.write("translations/ru/SEX.yml", "F: женщины\n", "cp1251"),
        "translations/ru/SEX.yml, line 1: the text is not UTF-8",
    ),
    "table in cp1251": (
        lambda dataset: dataset.table(HEAD + "2020,процент,,1\n", encoding="cp1251"),
        f"{FILE}, line 2: the text is not UTF-8",
    ),
    "semicolons": (lambda dataset: dataset.table("Year;Value\n2020;1\n"), "missing columns: Year, Value"),
    "no table": (lambda dataset: (dataset.root / FILE).unlink(), "there is no table of data"),
    "empty table": (lambda dataset: dataset.table(""), "missing columns: Year, Value"),
    "one name twice": (
        lambda dataset: dataset.table("Year,Value,Value\n2020,1,2\n"),
        "two columns have one name",
    ),
    "damaged table": (lambda dataset: dataset.table(HEAD + '2020,PT,"KZ"AKM,1\n'), "the table is damaged"),
    "no number": (
        lambda dataset: dataset.write("indicator-config/1-2-1.yml", "indicator_number: 18.1.1\n"),
        "«18.1.1» is not the number of an indicator",
    ),
    "one number twice": (
        lambda dataset: dataset.write("indicator-config/1-2-2.yml", "indicator_number: 1.2.1\n"),
        "Two indicators have the number 1.2.1: 1-2-1 and 1-2-2",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_folder_is_a_clear_error_and_changes_nothing(dataset, case):
    spoil, message = BAD[case]
    spoil(dataset)
    with pytest.raises(CommandError, match=message) as error:
        dataset.take()
    assert error.value.returncode == 1
    for model in (Goal, Indicator, Observation, Region, DataImport):
        assert not model.objects.exists()


def test_folder_that_is_not_there_is_a_clear_error(dataset, tmp_path):
    dataset.root = tmp_path / "none"
    with pytest.raises(CommandError, match="Missing folders: data, indicator-config, meta"):
        dataset.take()


def test_file_that_is_too_large_is_a_clear_error(dataset, monkeypatch):
    monkeypatch.setattr(importing, "LARGEST_FILE", 100)
    with pytest.raises(CommandError, match="the file is larger than 0 MB"):
        dataset.take()


def test_endless_number_is_no_text(dataset):
    dataset.write(
        "indicator-config/1-2-1.yml", f"indicator_number: 1.2.1\nreporting_status: 0x{'f' * 5000}\n"
    )
    dataset.take()
    assert Indicator.objects.get().reporting_status == "complete"
