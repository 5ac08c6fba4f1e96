"""What a new edition of the classifier does to the tree."""

import datetime

import pytest

from apps.organisations.models import Organisation, Region
from tests.factories.people import body_of
from tests.organisations.conftest import ABAI, run

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = datetime.date(2026, 7, 17)


@pytest.fixture
def next_edition(classifier):
    """Import the first edition, then the given rows as the next one, and return its lines."""
    run("import_kato", classifier(ABAI))

    def take(rows, on=DAY):
        return run("import_kato", classifier(rows), on=on)

    return take


def test_same_edition_changes_nothing(next_edition):
    assert next_edition(ABAI) == ["read 8 stored 0 unchanged 8 refused 0"]


def test_new_territory_is_told_dated_and_has_its_body(next_edition):
    lines = next_edition([*ABAI, "103400000,E1,district,2,район Ақсуат,Ақсуат ауданы"])
    assert lines == ["Changes:", "New: 103400000 Ақсуат ауданы", "read 9 stored 1 unchanged 8 refused 0"]
    region = Region.objects.get(pk="103400000")
    assert region.opened_on == DAY
    assert body_of(region).name_ru == "Акимат района Ақсуат"
    assert Region.objects.get(pk="103200000").opened_on is None


def test_renamed_territory_is_told_and_its_body_follows(next_edition):
    rows = [row.replace("Абайский район,Абай ауданы", "район Шыңғыс,Шыңғыс ауданы") for row in ABAI]
    lines = next_edition(rows)
    assert "Renamed: 103200000 Шыңғыс ауданы, before: Абай ауданы / Абайский район" in lines
    assert lines[-1] == "read 8 stored 1 unchanged 7 refused 0"
    akimat = body_of(Region.objects.get(pk="103200000"))
    assert (akimat.name_kk, akimat.name_ru) == ("Шыңғыс ауданының әкімдігі", "Акимат района Шыңғыс")


def test_names_that_a_person_has_mended_stay(next_edition):
    Region.objects.filter(pk="103200000").update(name_ru="Абайский район области Абай")
    Organisation.objects.filter(region="103200000").update(name_ru="Акимат Абайского района области Абай")
    next_edition([row.replace(",E1,", ",E2,") for row in ABAI])
    region = Region.objects.get(pk="103200000")
    assert region.name_ru == "Абайский район области Абай"
    assert body_of(region).name_ru == "Акимат Абайского района области Абай"


def test_new_label_of_the_edition_is_stored_and_is_no_change(next_edition):
    assert next_edition([row.replace(",E1,", ",E2,") for row in ABAI]) == [
        "read 8 stored 8 unchanged 0 refused 0"
    ]
    assert set(Region.objects.filter(edition="E2").values_list("pk", flat=True)) == {row[:9] for row in ABAI}


def test_gone_territory_is_closed_and_its_body_rests(next_edition):
    lines = next_edition(ABAI[:6])
    assert lines == [
        "Changes:",
        "Gone: 103233000 Кеңгірбай би ауылдық округі, successor unknown",
        "Gone: 103233100 Кеңгірбай би ауылы, successor unknown",
        "read 6 stored 0 unchanged 6 refused 0",
    ]
    gone = Region.objects.get(pk="103233000")
    assert (gone.closed_on, gone.successor) == (DAY, None)
    assert not body_of(gone).is_active
    assert not gone.is_open
    assert next_edition(ABAI[:6]) == ["read 6 stored 0 unchanged 6 refused 0"]


def test_successor_is_known_by_names_and_parents(next_edition):
    moved = [row.replace("10323", "10413") for row in ABAI[4:]]
    lines = next_edition([*ABAI[:3], "104100000,E1,district,4,район Жаңасемей,Жаңасемей ауданы", *moved])
    assert "Gone: 103230000 Қараауыл ауылдық округі, successor: 104130000" in lines
    successors = dict(Region.objects.exclude(closed_on=None).values_list("code", "successor"))
    assert successors == {
        "103200000": None,
        "103230000": "104130000",
        "103230100": "104130100",
        "103233000": "104133000",
        "103233100": "104133100",
    }


def test_successor_is_left_open_where_two_could_be_meant(next_edition):
    rows = ABAI[:4] + [
        f"{code},E1,sub_district,2,Карааульский с.о.,Қараауыл а.о." for code in ("103240000", "103250000")
    ]
    next_edition(rows)
    assert Region.objects.get(pk="103230000").successor is None


def test_territory_that_comes_back_is_opened_with_its_body(next_edition):
    next_edition(ABAI[:6])
    lines = next_edition(ABAI)
    assert "Back again: 103233000 Кеңгірбай би ауылдық округі" in lines
    assert lines[-1] == "read 8 stored 2 unchanged 6 refused 0"
    back = Region.objects.get(pk="103233000")
    assert back.is_open
    assert body_of(back).is_active


def test_body_that_an_operator_has_put_to_rest_stays_so(next_edition):
    Organisation.objects.filter(region="103200000").update(is_active=False)
    next_edition([row.replace(",E1,", ",E2,") for row in ABAI])
    assert not body_of(Region.objects.get(pk="103200000")).is_active


def test_refused_row_is_not_gone(next_edition):
    lines = next_edition([*ABAI[:7], "103233100,E1,settlement,2,с.Кенгирбай би,"])
    assert lines[-1] == "read 8 stored 0 unchanged 7 refused 1"
    assert Region.objects.get(pk="103233100").is_open


def test_territory_moves_under_a_new_parent(next_edition):
    without_okrug = [*ABAI[:4], ABAI[5], *ABAI[6:]]
    lines = next_edition(without_okrug)
    assert "Moved: 103230100 Қараауыл ауылы, now under 103200000" in lines


def test_regions_of_the_fixtures_are_not_gone_where_no_edition_had_them(next_edition):
    assert Region.objects.reporting().count() == 20
