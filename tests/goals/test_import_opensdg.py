"""The real data set of the bureau, in place."""

import os
import subprocess
import sys

import pytest

from apps.goals.models import Goal, Indicator, Observation, Series
from apps.organisations.fixtures import read_rows
from apps.organisations.models import Region, StatisticalArea
from tests.conftest import REPOSITORY
from tests.organisations.conftest import run

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

PLACES = [
    "Refused rows:",
    "data/indicator_4-c-1-2.csv, line 2: cells: 3, columns: 4",
    "data/indicator_4-c-1-2.csv, line 56: cells: 3, columns: 4",
    "data/indicator_8-6-1.csv, line 1199: cells: 5, columns: 6",
    "data/indicator_8-3-1-1.csv, line 1536: the area «KZAP» is named nowhere",
    "data/indicator_2-a-1.csv, line 13: the value 0.5 conflicts with line 12, where 0.6 stands",
    "Irregularities that were let through:",
    "data/indicator_5-5-2.csv, line 1: the file begins with a byte order mark",
    "data/indicator_1-4-2.csv, line 1: the lines end in CRLF",
    "data/indicator_1-4-2.csv, line 1: columns without a name",
    "data/indicator_8-5-1.csv, lines 1221–1224: the row is blank",
    "data/indicator_8-7-1.csv, line 861: the code «R» in the column «SEX» is named nowhere",
    "data/indicator_5-b-1.csv, lines 1010–1018: superfluous blanks in a cell",
]


def test_whole_data_set_is_stored_once_with_every_irregularity_told(shared_data):
    folder = shared_data / "opensdg-kz"
    first, second = run("import_opensdg", folder), run("import_opensdg", folder)
    assert first[-1] == "read 35324 stored 35184 unchanged 77 refused 63"
    assert second[-1] == "read 35324 stored 0 unchanged 35261 refused 63"
    assert [line for line in PLACES if line not in first] == []
    assert first[:-1] == second[:-1]

    assert Indicator.objects.count() == 129
    assert not Indicator.objects.filter(title_kk="").exists()
    assert not Indicator.objects.filter(title_ru="").exists()
    assert Goal.objects.count() == 17
    assert StatisticalArea.objects.filter(region=None).count() > 40
    towns = Observation.objects.filter(region=None).exclude(area_code="")
    assert towns.exists()
    assert not Observation.objects.filter(area_code="KZONT").exclude(region=None).exists()
    assert not Observation.objects.filter(area_code="KZULU", year__lt=2022).exclude(region=None).exists()
    assert Observation.objects.filter(region="620000000").exists()

    poverty = Observation.objects.official_for(Region.objects.get(pk="110000000"), ["1.2.1"])
    assert [row.year for row in poverty] == list(range(2010, 2024))
    check_demonstration_list()


def check_demonstration_list():
    """Each indicator of the demonstration list has regional values for most of the regions."""
    rows = read_rows("typical_list.json")
    assert len({row["code"] for row in rows}) == len(rows) == 40
    for row in rows:
        indicator = Indicator.objects.get(code=row["code"])
        assert indicator.direction == row["direction"]
        totals = Observation.objects.filter(
            series__indicator=indicator, series__is_primary=True, is_total=True
        )
        assert totals.exclude(region=None).values("region").distinct().count() >= 14
    assert (
        Series.objects.filter(is_primary=True, indicator__code__in=[row["code"] for row in rows]).count()
        == 40
    )


CALLS = [
    (["import_opensdg"], 2, "required: source"),
    (["import_kato", "x.csv", "--on", "yesterday"], 2, "invalid"),
    (["import_kato", "none.csv"], 1, "none.csv"),
    (["import_opensdg", "."], 1, "translations/kk"),
]


def test_exit_codes_say_refused_or_wrong_call(tmp_path):
    environment = os.environ | {"DATA_DIR": str(tmp_path / "data")}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, REPOSITORY / "manage.py"]
    subprocess.run([*command, "migrate", "-v0"], env=environment, check=True)
    for arguments, code, message in CALLS:
        done = subprocess.run(
            [*command, *arguments], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (code, "")
        assert message in done.stderr
        assert "Traceback" not in done.stderr
