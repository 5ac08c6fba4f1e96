"""What a new edition of the classifier does to the tree."""

import datetime

import pytest
from django.core.management import CommandError

from apps.organisations.models import DataImport, Organisation, Region
from tests.factories.people import body_of
from tests.organisations.conftest import ABAI, run

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = datetime.date(2026, 7, 17)


@pytest.fixture
def next_edition(classifier):
    """Import the first edition, then the given rows as the next one, and return its lines."""
    run("import_kato", classifier(ABAI))

    def take(rows, on=DAY, losses=None):
        return run("import_kato", classifier(rows), on=on, accept_losses=losses)

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
    assert "Renamed: 103200000 Абай ауданы → Шыңғыс ауданы; Абайский район → район Шыңғыс" in lines
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


def test_rename_shows_only_the_language_that_changed(next_edition):
    lines = next_edition([row.replace("Абайский район", "район Шыңғыс") for row in ABAI])
    assert lines[:2] == ["Changes:", "Renamed: 103200000 Абайский район → район Шыңғыс"]


def test_change_of_kind_is_told_as_such_and_the_body_follows(next_edition):
    rows = [row.replace("Карааульский с.о.,Қараауыл а.о.", "Карааульская с.а.,Қараауыл а.ә.") for row in ABAI]
    lines = next_edition(rows)
    assert lines[:3] == [
        "Changes:",
        "Another kind: 103230000 Қараауыл ауыл әкімшілігі, rural okrug → village administration",
        (
            "Renamed: 103230000 Қараауыл ауылдық округі → Қараауыл ауыл әкімшілігі; "
            "Карааульский сельский округ → Карааульская сельская администрация"
        ),
    ]
    body = body_of(Region.objects.get(pk="103230000"))
    assert body.kind == Organisation.Kind.AKIM_APPARATUS
    assert body.name_kk == "Қараауыл ауылы әкімінің аппараты"


def test_body_is_named_after_the_seat_of_its_administration_and_follows_it(next_edition):
    town = [
        "103620000,E1,sub_district,3,Аягозская г.а.,Аягөз қ.ә.",
        "103620100,E1,settlement,3,г.Аягоз,Аягөз қ.",
        "103600000,E1,district,4,Аягозский район,Аягөз ауданы",
    ]
    next_edition([*ABAI, *town])
    body = Organisation.objects.get(region="103620000")
    assert (body.name_kk, body.name_ru) == ("Аягөз қаласы әкімінің аппараты", "Аппарат акима города Аягоз")
    next_edition([*ABAI, *(row.replace("г.Аягоз,Аягөз қ.", "г.Тарлаулы,Тарлаулы қ.") for row in town)])
    body.refresh_from_db()
    assert (body.name_kk, body.name_ru) == (
        "Тарлаулы қаласы әкімінің аппараты",
        "Аппарат акима города Тарлаулы",
    )


def test_new_label_of_the_edition_is_told_once(next_edition):
    assert next_edition([row.replace(",E1,", ",E2,") for row in ABAI]) == [
        "Changes:",
        "Edition: E1 → E2, rows: 8",
        "read 8 stored 8 unchanged 0 refused 0",
    ]
    assert set(Region.objects.filter(edition="E2").values_list("pk", flat=True)) == {row[:9] for row in ABAI}


def test_gone_territory_is_closed_and_its_body_rests(next_edition):
    lines = next_edition(ABAI[:6], losses=2)
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
    new = "104100000,E1,district,4,район Жаңасемей,Жаңасемей ауданы"
    lines = next_edition([*ABAI[:3], new, *moved], losses=5)
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
    next_edition(rows, losses=4)
    assert Region.objects.get(pk="103230000").successor is None


def test_territory_that_comes_back_is_opened_with_its_body(next_edition):
    next_edition(ABAI[:6], losses=2)
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
    town = "103230300,E1,settlement,2,г.Абай,Абай қ."
    next_edition([*ABAI[:4], *ABAI[6:], town], losses=2)
    lines = next_edition([*ABAI, town])
    assert "Moved: 103230300 Абай қаласы, now under 103230000" in lines


def test_territory_that_its_villages_still_name_is_not_gone(next_edition):
    lines = next_edition([*ABAI[:4], *ABAI[5:]])
    assert lines == [
        "Refused rows:",
        "kato.csv, line 6: code 103230100: the row of its parent territory is missing or refused",
        "read 7 stored 0 unchanged 6 refused 1",
    ]
    assert dict(Region.objects.filter(pk__startswith="10323").values_list("pk", "parent")) == {
        "103230000": "103200000",
        "103230100": "103230000",
        "103233000": "103200000",
        "103233100": "103233000",
    }
    assert not Region.objects.exclude(closed_on=None).exists()


@pytest.mark.parametrize("losses", [None, 1])
def test_file_cut_short_is_refused_with_the_counts_and_changes_nothing(next_edition, losses):
    before = list(Region.objects.order_by("pk").values())
    with pytest.raises(CommandError, match=r"lacks 2 of the 8 territories.*--accept-losses 2") as refused:
        next_edition([row.replace(",E1,", ",E2,") for row in ABAI[:6]], losses=losses)
    assert refused.value.returncode == 1
    assert list(Region.objects.order_by("pk").values()) == before
    assert DataImport.objects.count() == 1


def test_one_territory_in_a_hundred_may_be_gone(next_edition):
    villages = [f"1032301{number:02},E1,settlement,2,с.С{number},С{number} а." for number in range(1, 94)]
    next_edition([*ABAI, *villages])
    assert next_edition([*ABAI, *villages[1:]])[1] == "Gone: 103230101 С1 ауылы, successor unknown"
    with pytest.raises(CommandError, match="lacks 2 of the 100 territories"):
        next_edition([*ABAI, *villages[3:]])


def test_region_that_reports_is_not_gone_without_being_accepted(next_edition):
    astana = "710000000,E1,oblast,1,г.Астана,Астана қ."
    villages = [f"1032301{number:02},E1,settlement,2,с.С{number},С{number} а." for number in range(1, 99)]
    next_edition([*ABAI, astana, *villages])
    with pytest.raises(CommandError, match=r"lacks 1 of the 107 territories.*regions among them: 710000000"):
        next_edition([*ABAI, *villages])
    assert Region.objects.reporting().count() == 20
    assert "Gone: 710000000 Астана қаласы, successor unknown" in next_edition([*ABAI, *villages], losses=1)


def test_regions_of_the_fixtures_are_not_gone_where_no_edition_had_them(next_edition):
    assert Region.objects.reporting().count() == 20
