"""One's own pages: the profile, and the look."""

import pytest

from apps.accounts.models import Role
from tests.factories.people import OrganisationFactory, SubstitutionFactory, UserFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

PROFILE = {
    "full_name": "А. Серікқалиева",
    "position_kk": "бөлім басшысы",
    "position_ru": "руководитель отдела",
    "language": "ru",
    "theme": "dark",
    "density": "roomy",
}


@pytest.fixture
def user():
    return person(Role.AKIMAT_STAFF, OrganisationFactory(name_ru="Акимат Актюбинской области"))


def test_profile_is_saved_and_answers_in_the_chosen_language(client, user):
    client.force_login(user)
    answer = client.post("/kk/accounts/profile/", PROFILE)
    assert answer["Location"] == "/ru/accounts/profile/"
    page = client.get(answer["Location"])
    assert "Профиль сохранен." in page.text
    assert 'data-theme="dark" data-density="roomy"' in page.text
    user.refresh_from_db()
    assert (user.full_name, user.language) == ("А. Серікқалиева", "ru")


def test_profile_tells_each_error_at_its_field_and_at_the_top(client, user):
    client.force_login(user)
    page = client.post("/ru/accounts/profile/", PROFILE | {"full_name": "", "theme": "pink"})
    assert "Не сохранено: найдены 2 ошибки." in page.text
    assert '<a href="#id_full_name">' in page.text
    assert 'aria-describedby="id_full_name_helptext id_full_name_error"' in page.text
    assert 'aria-invalid="true"' in page.text


def test_profile_shows_roles_and_substitutions_and_changes_neither(client, user):
    SubstitutionFactory(
        substitute=user, absent=person(Role.AKIMAT_APPROVER, OrganisationFactory(), full_name="Б. Ахметов")
    )
    client.force_login(user)
    page = client.get("/ru/accounts/profile/")
    assert "Исполнитель акимата" in page.text
    assert "замещает: Б. Ахметов" in page.text
    client.post("/ru/accounts/profile/", PROFILE | {"is_superuser": "on", "email": "x@example.kz"})
    user.refresh_from_db()
    assert not user.is_superuser
    assert user.email != "x@example.kz"


def test_profile_says_who_gives_roles_to_a_person_without_one(client):
    client.force_login(UserFactory())
    assert "Порталда Сізге әлі рөл берілмеген." in client.get("/kk/accounts/profile/").text


def test_profile_asks_to_sign_in(client):
    answer = client.get("/kk/accounts/profile/")
    assert answer["Location"] == "/kk/accounts/login/?next=/kk/accounts/profile/"


@pytest.mark.parametrize("count", [1, 3])
def test_profile_costs_few_queries(client, django_assert_num_queries, user, count):
    for _ in range(count):
        SubstitutionFactory(substitute=user)
        SubstitutionFactory(absent=user)
    client.force_login(user)
    client.get("/kk/accounts/profile/")
    with django_assert_num_queries(7):
        client.get("/kk/accounts/profile/")


def test_look_is_kept_in_a_cookie_and_in_the_profile(client, user):
    answer = client.post("/kk/accounts/look/", {"theme": "dark", "next": "/kk/accounts/login/"})
    assert answer["Location"] == "/kk/accounts/login/"
    assert 'data-theme="dark"' in client.get("/kk/accounts/login/").text
    client.force_login(user)
    client.post("/kk/accounts/look/", {"theme": "light", "next": "/"})
    user.refresh_from_db()
    assert user.theme == "light"


def test_look_leads_to_no_other_site(client):
    answer = client.post("/kk/accounts/look/", {"theme": "neon", "next": "https://example.com/"})
    assert answer["Location"] == "/"
    assert answer.cookies["theme"].value == "system"


@pytest.mark.parametrize(
    "back",
    ["foo", "portal:today", "\tx", "%09x", "//example.com/", "/\\example.com", "/\t/example.com", "", "²"],
)
def test_look_leads_to_a_path_of_this_site_alone(client, back):
    answer = client.post("/kk/accounts/look/", {"theme": "dark", "next": back})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_language_links_keep_page_and_query(client, user):
    client.force_login(user)
    page = client.get("/kk/accounts/profile/?a=1&b=%D3%A9")
    assert 'href="/ru/accounts/profile/?a=1&amp;b=%D3%A9" lang="ru"' in page.text


def test_language_links_work_on_a_page_that_is_not_there(client):
    page = client.get("/kk/nothing/?a=1")
    assert page.status_code == 404
    assert 'href="/ru/nothing/?a=1" lang="ru"' in page.text
