import pytest
from django.core.management import CommandError

from apps.organisations.models import DataImport, Organisation, Region
from apps.workflow.models import AuditEntry
from tests.factories.people import UserFactory, body_of, person
from tests.organisations.conftest import ABAI, HEADER, run

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
Kind = Region.Kind


def test_whole_classifier_is_stored_once(shared_data):
    file = shared_data / "kato" / "kato_nk_rk_11_2025.csv"
    assert run("import_kato", file)[-1] == "read 15594 stored 15594 unchanged 0 refused 0"
    assert run("import_kato", file)[-1] == "read 15594 stored 0 unchanged 15594 refused 0"

    kinds = Region.objects.values_list("kind", flat=True)
    assert {kind: list(kinds).count(kind) for kind in set(kinds)} == {
        Kind.OBLAST: 17,
        Kind.REPUBLICAN_CITY: 3,
        Kind.RAION: 170,
        Kind.OBLAST_CITY: 39,
        Kind.CITY_PROPER: 39,
        Kind.CITY_DISTRICT: 25,  # 21 on the sub-district level, and those of Aktobe and Taraz below it
        Kind.TOWN_ADMINISTRATION: 32,
        Kind.SETTLEMENT_ADMINISTRATION: 71,
        Kind.VILLAGE_ADMINISTRATION: 108,
        Kind.RURAL_OKRUG: 2108,
        Kind.SETTLEMENT: 12982,
    }
    assert Region.objects.reporting().count() == 20
    parents = dict(Region.objects.values_list("code", "parent"))
    assert parents["100000000"] is None
    assert parents["103200000"] == "100000000"
    assert parents["101010000"] == "101000000"
    assert parents["103230100"] == "103230000"
    assert parents["711110000"] == "710000000"
    assert parents["113820100"] == "113800000"
    assert sum(parent is None for parent in parents.values()) == 20

    bodies = Organisation.objects.local_executive()
    assert bodies.filter(kind=Organisation.Kind.AKIMAT).count() == 20 + 170 + 38
    assert bodies.filter(kind=Organisation.Kind.AKIM_APPARATUS).count() == 25 + 32 + 71 + 108 + 2108
    assert not bodies.filter(region="431900000").exists()
    okrug = body_of(Region.objects.get(pk="103230000"))
    assert okrug.parent.name_ru == "Акимат Абайского района"
    assert okrug.parent.parent.name_ru == "Акимат области Абай"


def test_fixtures_names_of_the_regions_stay(classifier):
    run("import_kato", classifier(["710000000,E1,oblast,1,г.Астана,Астана қ."]))
    astana = Region.objects.get(pk="710000000")
    assert (astana.name_kk, astana.name_ru, astana.is_reporting) == ("Астана қаласы", "город Астана", True)
    assert (astana.print_kk, astana.edition) == ("Астана қ.", "E1")


def test_number_of_queries_does_not_grow_with_rows(classifier, django_assert_num_queries):
    run("import_kato", classifier(ABAI[:1]))
    with django_assert_num_queries(17):
        run("import_kato", classifier([*ABAI[:1], "103200000,E1,district,2,Абайский район,Абай ауданы"]))
    with django_assert_num_queries(17):
        run(
            "import_kato",
            classifier(
                [
                    *ABAI[:1],
                    "103200000,E1,district,2,Абайский район,Абай ауданы",
                    "103400000,E1,district,2,район Ақсуат,Ақсуат ауданы",
                    "103600000,E1,district,4,Аягозский район,Аягөз ауданы",
                    "103800000,E1,district,2,Бескарагайский район,Бесқарағай ауданы",
                ]
            ),
        )


def test_report_names_file_and_line(classifier):
    lines = run(
        "import_kato",
        classifier(
            [
                *ABAI[:2],
                "",
                "101010000,E1,sub_district,1,г.Семей",
                "101010000,E1,sub_district,1,г.Семей,  Семей   қ.",
                "101010000,E1,sub_district,1,г.Семей,Семей қ.",
                "101010000,E1,sub_district,1,г.Семейтау,Семейтау қ.",
                "10320000,E1,district,2,Абайский район,Абай ауданы",
                "103230000,E1,sub_district,2,Карааульский с.о.,Қараауыл а.о.",
                "101011000,E1,sub_district,2,Что-то иное,Басқа бірдеңе",
                "103240000,E1,village,2,с.Х,Х а.",
                "103400000,E1,district,2,район Ақсуат,",
            ]
        ),
    )
    assert lines == [
        "Refused rows:",
        "kato.csv, line 5: cells: 5, columns: 6",
        "kato.csv, line 8: code 101010000 is there with other words in line 6, which stands",
        "kato.csv, line 9: «10320000» is not a code of nine digits",
        "kato.csv, line 12: the level «village» is unknown",
        "kato.csv, line 13: a name or the edition is empty",
        "kato.csv, line 10: code 103230000: the row of its parent territory is missing or refused",
        "kato.csv, line 11: «Что-то иное»: the kind of territory is unknown",
        "Irregularities that were let through:",
        "kato.csv, line 4: the row is blank",
        "kato.csv, line 6: superfluous blanks in a cell",
        "kato.csv, line 7: the row repeats line 6",
        "read 11 stored 3 unchanged 1 refused 7",
    ]


MISSING = "the row of its parent territory is missing or refused"
DAMAGED = {
    "kind unknown": ("103230000,E1,sub_district,2,Иное,Басқа", "«Иное»: the kind of territory is unknown"),
    "name empty": ("103230000,E1,sub_district,2,,Қараауыл а.о.", "a name or the edition is empty"),
    "short": ("103230000,E1,sub_district,2,Карааульский с.о.", "cells: 5, columns: 6"),
    "another level": (
        "103230000,E1,settlement,2,Карааульский с.о.,Қараауыл а.о.",
        "the code 103230000 is none of the level «settlement»",
    ),
    "unknown level": ("103230000,E1,x,2,Карааульский с.о.,Қараауыл а.о.", "the level «x» is unknown"),
    "damaged code": (
        "1O3230000,E1,sub_district,2,Карааульский с.о.,Қараауыл а.о.",
        "«1O3230000» is not a code of nine digits",
    ),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_children_of_a_refused_row_are_refused_and_never_stand_higher(classifier, case):
    row, reason = DAMAGED[case]
    lines = run("import_kato", classifier([*ABAI[:4], row, *ABAI[5:]]))
    assert lines == [
        "Refused rows:",
        f"kato.csv, line 6: {reason}",
        f"kato.csv, line 7: code 103230100: {MISSING}",
        "read 8 stored 6 unchanged 0 refused 2",
    ]


def test_no_level_is_skipped(classifier):
    lines = run("import_kato", classifier([*ABAI[:3], *ABAI[4:6]]))
    assert lines[1:-1] == [
        f"kato.csv, line 5: code 103230000: {MISSING}",
        f"kato.csv, line 6: code 103230100: {MISSING}",
    ]
    assert lines[-1] == "read 5 stored 3 unchanged 0 refused 2"


def test_one_damaged_row_of_the_whole_classifier_rewires_nothing(shared_data, tmp_path):
    """Each of the rows that others stand under is damaged in turn, in one file per kind of damage."""
    whole = shared_data / "kato" / "kato_nk_rk_11_2025.csv"
    run("import_kato", whole)
    parents = dict(Region.objects.values_list("pk", "parent"))
    rows = whole.read_text(encoding="utf-8-sig").splitlines()
    spoilt = {"101000000", "103233000", "151010000", "350000000", "634820000"}
    file = tmp_path / "kato.csv"
    for damage in (lambda row: row.rpartition(",")[0], lambda row: row.rpartition(",")[0] + ","):
        file.write_text("\n".join(damage(row) if row[:9] in spoilt else row for row in rows) + "\n")
        lines = run("import_kato", file)
        assert dict(Region.objects.values_list("pk", "parent")) == parents
        assert "Changes:" not in lines
        assert lines[-1].startswith("read 15594 stored 0 ")


def test_byte_order_mark_and_windows_line_ends_are_survived(classifier):
    lines = run("import_kato", classifier(ABAI, encoding="utf-8-sig", newline="\r\n"))
    assert "kato.csv, line 1: the file begins with a byte order mark" in lines
    assert "kato.csv, line 1: the lines end in CRLF" in lines
    assert lines[-1] == "read 8 stored 8 unchanged 0 refused 0"


BAD_FILES = {
    "cp1251": (
        {"encoding": "cp1251", "rows": ["100000000,E1,oblast,0,область Абай,X"]},
        "line 2: the text is not UTF-8",
    ),
    "semicolons": ({"header": HEADER.replace(",", ";"), "rows": []}, "Missing columns: kato, kato_version"),
    "another table": ({"header": "Year,Value", "rows": ["2020,1"]}, "not the classifier"),
    "no rows": ({"rows": []}, "no row can be stored"),
    "only refused rows": ({"rows": ["1,E1,oblast,0,X,X"]}, "no row can be stored"),
    "open quotation mark": (
        {"rows": [*ABAI, '103400000,E1,district,2,"район Ақсуат,Ақсуат']},
        "the table is damaged",
    ),
    "binary": ({"rows": ["\0\0"]}, "not a text file"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_bad_file_is_a_clear_error_and_changes_nothing(classifier, case):
    arguments, message = BAD_FILES[case]
    with pytest.raises(CommandError, match=message) as error:
        run("import_kato", classifier(**arguments))
    assert error.value.returncode == 1
    assert not Region.objects.exists()
    assert not DataImport.objects.exists()


def test_missing_file_is_a_clear_error(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_kato", tmp_path / "none.csv")


def test_import_is_kept_with_its_report_and_in_the_history(classifier):
    operator = person(
        "operator", Organisation.objects.create(kind="other", name_kk="X", name_ru="X"), language="ru"
    )
    run("import_kato", classifier(ABAI), actor=operator.email)
    kept = DataImport.objects.get()
    assert (kept.command, kept.source, kept.stored, kept.unchanged, kept.refused) == (
        "import_kato",
        "kato.csv",
        8,
        0,
        0,
    )
    entry = AuditEntry.objects.get(action="import")
    assert (entry.actor, entry.chain.name, entry.object_id) == (operator, "national", str(kept.pk))


def test_report_is_in_the_language_of_the_operator(classifier):
    operator = person(
        "operator", Organisation.objects.create(kind="other", name_kk="X", name_ru="X"), language="ru"
    )
    lines = run("import_kato", classifier([*ABAI, ""]), actor=operator.email)
    assert "kato.csv, строка 10: пустая строка" in lines


def test_only_an_operator_imports(classifier):
    UserFactory(email="somebody@example.kz")
    for email, message in (("nobody@example.kz", "no account"), ("somebody@example.kz", "may not")):
        with pytest.raises(CommandError, match=message):
            run("import_kato", classifier(ABAI), actor=email)
    assert not Region.objects.exists()
