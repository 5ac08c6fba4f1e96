"""Operators' pages open for a real operator, in a steady number of queries, and for nobody else."""

import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.accounts.models import Role
from apps.goals import fixtures
from apps.organisations.models import DataImport, Organisation, Region, StatisticalArea
from tests.factories.people import OrganisationFactory, RegionFactory, UserFactory, national
from tests.pages import form_data

pytestmark = pytest.mark.django_db
ORGANISATIONS = "/ru/admin/organisations/organisation/"
CSV = "0"


@pytest.fixture
def operator(client):
    client.force_login(national(Role.OPERATOR, is_staff=True, language="ru"))
    return client


# page                                            may an operator, and somebody let in without any role
PAGES = {
    "organisations/region/": (200, 403),
    "organisations/region/add/": (403, 403),
    "organisations/region/export/": (200, 403),
    "organisations/region/100000000/change/": (200, 403),
    "organisations/region/100000000/delete/": (403, 403),
    "organisations/statisticalarea/": (200, 403),
    "organisations/statisticalarea/KZABY/change/": (200, 403),
    "organisations/statisticalarea/import/": (200, 403),
    "organisations/organisation/": (200, 403),
    "organisations/organisation/add/": (200, 403),
    "organisations/organisation/export/": (200, 403),
    "organisations/organisation/import/": (200, 403),
    "organisations/dataimport/": (200, 403),
    "goals/goal/": (200, 403),
    "goals/goal/add/": (403, 403),
    "goals/target/": (200, 403),
    "goals/target/add/": (200, 403),
    "goals/indicator/": (200, 403),
    "goals/indicator/add/": (200, 403),
    "goals/indicator/export/": (200, 403),
    "goals/observation/": (200, 403),
    "accounts/user/": (200, 403),
    "accounts/roleassignment/add/": (200, 403),
    "accounts/substitution/add/": (200, 403),
    "notifications/notification/": (200, 403),
}


@pytest.mark.parametrize("page", PAGES)
def test_operators_page_opens_for_the_operator_alone(client, operator, page):
    fixtures.load()
    expected, others = PAGES[page]
    assert operator.get(f"/ru/admin/{page}").status_code == expected
    client.force_login(UserFactory(is_staff=True))
    assert client.get(f"/ru/admin/{page}").status_code == others
    former = national(Role.OPERATOR, is_staff=True)
    former.role_assignments.update(ends_on="2020-12-31")
    client.force_login(former)
    assert client.get(f"/ru/admin/{page}").status_code == others


def test_index_shows_reference_data_and_accounts_and_no_papers(operator):
    models = {
        f"{app['app_label']}.{model['object_name']}"
        for app in operator.get("/ru/admin/").context["app_list"]
        for model in app["models"]
    }
    assert models == {
        "accounts.RoleAssignment",
        "accounts.Substitution",
        "accounts.User",
        "goals.Goal",
        "goals.Indicator",
        "goals.Observation",
        "goals.Target",
        "notifications.Notification",
        "organisations.DataImport",
        "organisations.Organisation",
        "organisations.Region",
        "organisations.StatisticalArea",
    }


def test_operator_mends_the_name_of_a_body(operator):
    body = OrganisationFactory()
    url = f"{ORGANISATIONS}{body.pk}/change/"
    operator.post(url, form_data(operator.get(url), "name_ru") | {"name_ru": "Акимат области Абай"})
    body.refresh_from_db()
    assert body.name_ru == "Акимат области Абай"


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_areas_has_a_steady_number_of_queries(operator, django_assert_num_queries, count):
    region = Region.objects.create(code="100000000", kind="oblast", name_kk="Абай", name_ru="Абай")
    for number in range(count):
        StatisticalArea.objects.create(code=f"KZ{number}", region=region)
    with django_assert_num_queries(8):
        operator.get("/ru/admin/organisations/statisticalarea/")


def test_imports_are_read_and_not_written(operator):
    kept = DataImport.objects.create(command="import_kato", source="x.csv", stored=1, unchanged=0, refused=0)
    assert operator.get("/ru/admin/organisations/dataimport/add/").status_code == 403
    assert operator.post(f"/ru/admin/organisations/dataimport/{kept.pk}/delete/").status_code == 403
    assert operator.get(f"/ru/admin/organisations/dataimport/{kept.pk}/change/").status_code == 200


# Import in two steps


def table(*rows):
    head = "id,kind,region,parent,name_kk,name_ru,short_kk,short_ru,is_active"
    return SimpleUploadedFile("bodies.csv", "\n".join((head, *rows)).encode(), "text/csv")


def shown(client, *rows):
    return client.post(f"{ORGANISATIONS}import/", {"import_file": table(*rows), "format": CSV})


def test_what_was_shown_is_imported(operator):
    RegionFactory(code="150000000")
    page = shown(operator, ",department,150000000,,Білім басқармасы,Управление образования,,,1")
    given = form_data(page, "import_file_name")
    answer = operator.post(f"{ORGANISATIONS}process_import/", given)
    assert answer.status_code == 302
    assert Organisation.objects.filter(name_ru="Управление образования").exists()
    again = operator.post(f"{ORGANISATIONS}process_import/", given, follow=True)
    assert "Файла этого импорта больше нет" in again.text
    assert Organisation.objects.filter(name_ru="Управление образования").count() == 1


def test_values_that_the_model_does_not_know_are_refused(operator):
    RegionFactory(code="150000000")
    page = shown(operator, ",ministerium,150000000,,Басқарма,Управление,,,1")
    assert "import_file_name" not in page.text
    assert not Organisation.objects.filter(name_ru="Управление").exists()


@pytest.mark.parametrize(
    "forged",
    [
        {"import_file_name": "secret.csv"},
        {"import_file_name": "../../etc/passwd"},
        {"import_file_name": "nothing.csv"},
        {"import_file_name": ""},
        {"import_file_name": "WyJzZWNyZXQuY3N2Il0:1:2"},
    ],
)
def test_second_step_opens_no_other_file(operator, forged):
    path = Path(tempfile.gettempdir(), "secret.csv")
    path.write_bytes(table(",department,,,Құпия басқарма,Тайное управление,,,1").read())
    try:
        given = {"original_file_name": "x.csv", "format": CSV, "resource": "", **forged}
        answer = operator.post(f"{ORGANISATIONS}process_import/", given, follow=True)
    finally:
        path.unlink()
    assert answer.status_code == 200
    assert "Файла этого импорта больше нет" in answer.text
    assert not Organisation.objects.filter(name_ru="Тайное управление").exists()


@pytest.mark.parametrize("forged", ["x", "99", "-1", "²"])
def test_second_step_reads_the_format_of_the_first(operator, forged):
    RegionFactory(code="150000000")
    page = shown(operator, ",department,150000000,,Білім басқармасы,Управление образования,,,1")
    given = form_data(page, "import_file_name") | {"format": forged}
    assert operator.post(f"{ORGANISATIONS}process_import/", given).status_code == 302
    assert Organisation.objects.filter(name_ru="Управление образования").exists()


def test_nobody_imports_who_may_not_change(client):
    client.force_login(UserFactory(is_staff=True))
    assert shown(client, ",department,,,Басқарма,Управление,,,1").status_code == 403
    assert client.post(f"{ORGANISATIONS}process_import/", {"import_file_name": "x"}).status_code == 403
    assert client.get(f"{ORGANISATIONS}process_import/").status_code == 405
