"""What no page should have to answer, and what every answer carries."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from apps.accounts.models import Role
from sdgportal.middleware import HeadersMiddleware
from tests.factories.meetings import MemberFactory, full_group
from tests.factories.people import PASSWORD, OrganisationFactory, UserFactory, national, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["reports/?region=%00", "lists/?region=7%00", "regions/%00/", "search/?q=a%00b", "%00"]
)
def test_address_with_nul_is_a_bad_request(client, address):
    client.force_login(person(Role.AUDITOR, OrganisationFactory()))
    response = client.get(f"/ru/{address}")
    assert response.status_code == 400
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize("page", ["accounts/profile/", "accounts/login/", "meetings/", "admin/", "nothing/"])
def test_methods_beyond_a_browser_s_are_not_taken_for_post(client, page, method):
    client.force_login(UserFactory(full_name="Бұрынғы аты"))
    answer = getattr(client, method)(f"/ru/{page}")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize("page", ["", "accounts/profile/", "meetings/", "nothing/", "search/?q=a"])
def test_what_was_shown_to_a_person_is_kept_by_no_cache(client, page):
    client.force_login(UserFactory())
    assert client.get(f"/ru/{page}")["Cache-Control"] == "private, no-store"


def test_answer_that_signs_in_is_kept_by_no_cache(client):
    user = UserFactory()
    answer = client.post("/ru/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "page", ["/ru/accounts/login/", "/ru/nothing/", "/healthz", "/favicon.ico", "/ru/%00"]
)
def test_every_answer_names_what_the_portal_never_asks_a_browser_for(client, page):
    policy = client.get(page)["Permissions-Policy"]
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(policy.split(", "))


def test_static_files_say_themselves_how_long_they_are_kept(client, settings, tmp_path):
    """The headers are set outside of the files' own middleware, and leave their word as it is."""
    order = [name.rsplit(".", 1)[-1] for name in settings.MIDDLEWARE]
    assert order.index("HeadersMiddleware") < order.index("WhiteNoiseMiddleware")

    def kept(_request):
        return HttpResponse(headers={"Cache-Control": "public, immutable"})

    request = RequestFactory().get("/static/a.css")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "a"
    answer = HeadersMiddleware(kept)(request)
    assert answer["Cache-Control"] == "public, immutable"


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("/ru/accounts/login/", {"login": "nobody@example.kz", "password": "x"}),
        ("/ru/accounts/profile/", {"full_name": ""}),
        ("/ru/accounts/password/change/", {"oldpassword": "x"}),
        ("/ru/groups/new/", {"name_kk": ""}),
        ("/ru/meetings/new/", {"held_on": "31.02.2027"}),
    ],
)
def test_form_with_errors_is_answered_422(client, page, given):
    group = full_group()
    user = person(Role.AKIMAT_STAFF, OrganisationFactory())
    MemberFactory(group=group, user=user, secretary=True)
    if "login" not in page:
        client.force_login(user)
    assert client.get(page).status_code == 200
    assert client.post(page, given).status_code == 422


def test_form_with_errors_in_the_operators_pages_is_answered_422(client):
    client.force_login(national(Role.OPERATOR, is_staff=True))
    assert client.post("/ru/admin/accounts/substitution/add/", {}).status_code == 422
    assert client.get("/ru/admin/accounts/substitution/add/").status_code == 200


def test_icon_is_found_where_browsers_look_for_it(client):
    assert client.get("/favicon.ico").url == "/static/favicon.svg"
    assert client.head("/favicon.ico").status_code == 302


@pytest.mark.parametrize(("asked", "home"), [("ru,en;q=0.5", "/ru/?a=1"), ("en", "/kk/?a=1")])
def test_bare_address_is_a_page_of_its_own_that_leads_to_the_browser_s_language(client, asked, home):
    assert resolve("/")
    answer = client.get("/?a=1", headers={"Accept-Language": asked})
    assert (answer.status_code, answer["Location"]) == (302, home)
    assert "Accept-Language" in answer["Vary"]
