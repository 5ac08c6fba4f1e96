"""Signing in, a new password, the second factor: in the portal's words and in the reader's language."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from tests.factories.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(autouse=True)
def _no_tries_counted_before():
    cache.clear()


@pytest.fixture
def user():
    return UserFactory(email="a.bekova@example.kz", language="ru")


def sign_in(client, email="a.bekova@example.kz", password=PASSWORD, **fields):
    return client.post("/kk/accounts/login/", {"login": email, "password": password, **fields})


def test_right_password_opens_today(client, user):
    answer = sign_in(client, email="A.Bekova@example.kz")
    assert (answer.status_code, answer["Location"]) == (302, "/kk/")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_page_asked_for_comes_after_signing_in(client, user):
    answer = sign_in(client, next="/ru/regions/")
    assert answer["Location"] == "/ru/regions/"


def test_wrong_password_and_unknown_address_are_answered_alike(client, user):
    wrong = sign_in(client, password="басқа құпиясөз")
    unknown = sign_in(client, email="nobody@example.kz")
    assert wrong.status_code == unknown.status_code == 422
    said = "Электрондық пошта немесе құпиясөз қате"
    assert said in wrong.text
    assert said in unknown.text
    assert "<title>Қате: " in wrong.text


def test_many_wrong_passwords_are_stopped(client, user):
    for _ in range(5):
        sign_in(client, password="басқа құпиясөз")
    assert "Әрекет саны шектен асты" in sign_in(client).text


def test_tries_are_counted_by_the_address_that_the_proxy_saw(client, settings):
    """One region that guesses does not lock the others out, though all of them come through one proxy."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(11):
        given = {"login": f"p{number}@example.kz", "password": "басқа құпиясөз"}
        client.post("/kk/accounts/login/", given, headers={"X-Forwarded-For": f"9.9.9.{number}, 10.1.1.1"})

    def tried_from(address):
        given = {"login": "other@example.kz", "password": "басқа құпиясөз"}
        headers = {"X-Forwarded-For": f"10.1.1.1, {address}"}
        return client.post("/kk/accounts/login/", given, headers=headers).text

    assert "Әрекет саны шектен асты" in tried_from("10.1.1.1")
    assert "Әрекет саны шектен асты" not in tried_from("10.2.2.2")


def test_closed_account_is_sent_to_the_operator(client):
    UserFactory(email="left@example.kz", is_active=False)
    answer = sign_in(client, email="left@example.kz")
    page = client.get(answer["Location"])
    assert "Бұл есептік жазба жабылған" in page.text


def test_nobody_signs_up(client):
    assert client.get("/kk/accounts/signup/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_new_password_comes_by_a_letter_in_the_language_of_its_reader(client, user, mailoutbox):
    answer = client.post("/kk/accounts/password/reset/", {"email": user.email})
    assert answer.status_code == 302
    assert len(mailoutbox) == 1
    letter = mailoutbox[0]
    assert letter.subject == "Новый пароль для портала"
    link = re.search(r"http://testserver(/ru/accounts/password/reset/key/\S+)", letter.body)
    assert link, letter.body
    page = client.get(link[1], follow=True)
    assert "Новый пароль еще раз" in page.text
    done = client.post(
        page.request["PATH_INFO"],
        {"password1": "дала мен қала 27", "password2": "дала мен қала 27"},
        follow=True,
    )
    assert "Пароль изменен" in done.text
    assert sign_in(client, password="дала мен қала 27").status_code == 302
    again = client.get(link[1], follow=True)
    assert "Ссылка уже использована или устарела." in again.text


def test_unknown_address_gets_no_letter_and_the_same_answer(client, mailoutbox):
    answer = client.post("/ru/accounts/password/reset/", {"email": "nobody@example.kz"}, follow=True)
    assert "Если адрес принадлежит учетной записи" in answer.text
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", {"kk": "Құпиясөз тым қысқа", "ru": "пароль слишком короткий"}),
        ("password1234", {"kk": "Бұл құпиясөз тым кең тараған", "ru": "слишком распространен"}),
        ("a.bekova@example.kz", {"kk": "ұқсас", "ru": "слишком похож"}),
    ],
)
def test_weak_password_is_refused_in_both_languages(client, user, password, said):
    client.force_login(user)
    for language, words in said.items():
        answer = client.post(
            f"/{language}/accounts/password/change/",
            {"oldpassword": PASSWORD, "password1": password, "password2": password},
        )
        assert answer.status_code == 422
        assert words.lower() in answer.text.lower()


@pytest.mark.django_db(transaction=True)  # allauth speaks after the commit
def test_second_factor_is_turned_on_asked_for_and_turned_off(client, user):
    client.force_login(user)
    start = client.get("/ru/accounts/2fa/totp/activate/")
    confirm = client.post(start["Location"], {"password": PASSWORD}, follow=True)
    secret = re.search(r'class="key">(\w+)<', confirm.text)[1]
    code = code_of(secret)
    wrong = client.post("/ru/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "Код не подходит" in wrong.text
    on = client.post("/ru/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert "Вход по одноразовому коду включен" in on.text
    recovery = re.findall(r"<code>(\d{8})</code>", on.text)
    assert len(recovery) == 10

    client.logout()
    assert sign_in(client)["Location"].endswith("/2fa/authenticate/")
    assert "Код не подходит" not in client.get("/ru/accounts/2fa/authenticate/").text
    inside = client.post("/kk/accounts/2fa/authenticate/", {"code": recovery[0]})
    assert inside["Location"] == "/kk/"

    again = client.get("/ru/accounts/2fa/totp/deactivate/")
    asked = client.post(again["Location"], {"password": PASSWORD}, follow=True)
    assert "Отключить вход по коду?" in asked.text
    off = client.post("/ru/accounts/2fa/totp/deactivate/", follow=True)
    assert "Вход по одноразовому коду отключен." in off.text
    assert not Authenticator.objects.filter(user=user).exists()


def code_of(secret):
    """The code that the telephone would show now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_pages_of_signing_in_are_the_portals_own(client, user, language):
    with translation.override(language):
        routes = [reverse(name) for name in ("account_login", "account_reset_password", "account_inactive")]
        inner = [
            reverse(name)
            for name in (
                "account_logout",
                "account_change_password",
                "mfa_index",
                "usersessions_list",
                "accounts:profile_edit",
            )
        ]
    for route in routes:
        assert 'class="masthead"' in client.get(route).text
    client.force_login(user)
    for route in inner:
        assert 'class="masthead"' in client.get(route).text


def test_signing_out_returns_to_the_entrance(client, user):
    client.force_login(user)
    page = client.post("/ru/accounts/logout/", follow=True)
    assert "Вы вышли из портала." in page.text
