"""Operators give access without learning a password and without rising, and each deed leaves a trace."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.cache import cache

from apps.accounts.models import Role, User
from apps.notifications.models import Notification
from apps.workflow.models import AuditEntry
from tests.factories.people import (
    PASSWORD,
    OrganisationFactory,
    UserFactory,
    national,
    person,
)
from tests.pages import form_data

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
USERS, ROLES = "/ru/admin/accounts/user/", "/ru/admin/accounts/roleassignment/"
NO_ROLES = {
    "role_assignments-TOTAL_FORMS": "0",
    "role_assignments-INITIAL_FORMS": "0",
}


@pytest.fixture(autouse=True)
def _no_tries_counted_before():
    cache.clear()


@pytest.fixture
def operator():
    return national(Role.OPERATOR, is_staff=True, language="ru")


@pytest.fixture
def page(client, operator):
    client.force_login(operator)
    return client


@pytest.fixture
def root():
    return User.objects.create_superuser("root@example.kz", PASSWORD, full_name="Бас оператор")


def new_account(**fields):
    return {
        "email": "d.ospanov@example.kz",
        "full_name": "Д. Оспанов",
        "language": "ru",
        **NO_ROLES,
        **fields,
    }


# The entrance


def test_operators_pages_have_no_entrance_of_their_own(client, operator):
    """Django's own form would take a password without limit and without a second factor."""
    for answer in (
        client.get("/ru/admin/login/?next=/ru/admin/"),
        client.post("/ru/admin/login/", {"username": operator.email, "password": PASSWORD}),
        client.get(USERS),
    ):
        assert answer.status_code == 302
    assert client.get("/ru/admin/login/?next=/ru/admin/").url.startswith("/ru/accounts/login/?next=")
    assert "_auth_user_id" not in client.session


def test_wrong_passwords_for_the_operators_pages_are_counted(client, operator):
    for _ in range(6):
        client.post("/ru/admin/login/", {"username": operator.email, "password": "басқа құпиясөз"})
    url = client.get("/ru/admin/").url
    entrance = client.get(url, follow=True).request["PATH_INFO"]
    for _ in range(5):
        client.post(entrance, {"login": operator.email, "password": "басқа құпиясөз"})
    stopped = client.post(entrance, {"login": operator.email, "password": PASSWORD, "next": "/ru/admin/"})
    assert "Слишком много попыток" in stopped.text
    assert "_auth_user_id" not in client.session


def test_second_factor_is_asked_for_on_the_way_to_the_operators_pages(client, operator):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415 - models of allauth

    TOTP.activate(operator, generate_totp_secret())
    given = {"login": operator.email, "password": PASSWORD, "next": "/ru/admin/"}
    answer = client.post("/ru/accounts/login/", given)
    assert "/2fa/authenticate/" in answer.url
    assert client.get("/ru/admin/").status_code == 302  # not inside yet


def test_a_person_who_is_no_operator_is_turned_away(client):
    client.force_login(person(Role.AKIMAT_STAFF, OrganisationFactory()))
    assert client.get("/ru/admin/login/").status_code == 403


# Passwords


def test_new_account_gets_a_letter_with_a_link_and_no_password(page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = page.post(f"{USERS}add/", new_account(password1="x", password2="x"))
    assert answer.status_code == 302
    user = User.objects.get(email="d.ospanov@example.kz")
    assert not user.has_usable_password()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["d.ospanov@example.kz"], "Доступ к порталу «ЦУР в регионах»")
    link = re.search(r"http://testserver(/ru/accounts/password/reset/key/\S+)", letter.body)[1]
    page.logout()
    form = page.get(link, follow=True)
    chosen = {"password1": "дала мен қала 27", "password2": "дала мен қала 27"}
    page.post(form.request["PATH_INFO"], chosen)
    user.refresh_from_db()
    assert user.check_password("дала мен қала 27")


@pytest.mark.django_db(transaction=True)  # the letter goes after the commit
def test_account_is_kept_and_the_operator_is_told_when_no_letter_can_be_sent(page, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("apps.accounts.adapter.AccountAdapter.send_mail", refuse)
    answer = page.post(f"{USERS}add/", new_account())
    assert User.objects.filter(email="d.ospanov@example.kz").exists()
    assert "Письмо отправить не удалось" in page.get(answer.url).text


def test_nobody_types_the_password_of_another(page, client, root):
    user = UserFactory()
    for who in (None, root):
        if who:
            client.force_login(who)
        assert "password" not in page.get(f"{USERS}{user.pk}/change/").context["adminform"].form.fields
        page.post(
            f"{USERS}{user.pk}/password/", {"password1": "қала-дала-2027", "password2": "қала-дала-2027"}
        )
        user.refresh_from_db()
        assert user.check_password(PASSWORD)


def test_link_goes_to_the_person_alone_and_is_recorded(page, operator):
    user = UserFactory(language="ru")
    answer = page.post(USERS, {"action": "send_links", "_selected_action": [user.pk]}, follow=True)
    assert mail.outbox[0].to == [user.email]
    link = re.search(r"/password/reset/key/\S+", mail.outbox[0].body)[0]
    assert link not in answer.text
    entry = AuditEntry.objects.get(action="password_link_sent")
    assert (entry.actor, entry.paper, entry.chain.name) == (operator, user, "national")
    assert LogEntry.objects.filter(user=operator, object_id=user.pk).exists()


def test_no_link_goes_to_a_closed_account_or_to_one_above_the_operator(page, root):
    closed = UserFactory(is_active=False)
    page.post(USERS, {"action": "send_links", "_selected_action": [closed.pk, root.pk]})
    assert mail.outbox == []


def test_former_address_hears_that_it_was_replaced(page):
    user = UserFactory(email="old@example.kz", language="ru")
    url = f"{USERS}{user.pk}/change/"
    page.post(url, form_data(page.get(url), "full_name") | {"email": "new@example.kz"})
    user.refresh_from_db()
    assert user.email == "new@example.kz"
    assert Notification.objects.get().address == "old@example.kz"


# Accounts with all rights


def test_operator_reads_the_account_with_all_rights_and_changes_nothing_of_it(page, root):
    url = f"{USERS}{root.pk}/"
    seen = page.get(f"{url}change/")
    assert seen.status_code == 200
    assert 'name="email"' not in seen.text
    given = {"email": "mine@example.kz", "full_name": "Мен", "language": "kk", "theme": "system", **NO_ROLES}
    assert page.post(f"{url}change/", given).status_code == 403
    assert page.get(f"{url}delete/").status_code == 403
    assert page.post(f"{url}delete/", {"post": "yes"}).status_code == 403
    page.post(USERS, {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"})
    kept = User.objects.get(pk=root.pk)
    assert (kept.email, kept.check_password(PASSWORD), kept.is_active) == ("root@example.kz", True, True)


def test_account_with_all_rights_is_changed_by_its_equal(client, root):
    client.force_login(root)
    other = UserFactory(is_superuser=True, is_staff=True)
    url = f"{USERS}{other.pk}/change/"
    data = form_data(client.get(url), "full_name") | {"full_name": "Ә. Жаңа"}
    data.pop("is_superuser")
    assert client.post(url, data).status_code == 302
    other.refresh_from_db()
    assert (other.full_name, other.is_superuser) == ("Ә. Жаңа", False)


def test_operator_raises_nobody_to_all_rights(page, operator):
    user = UserFactory()
    for one in (user, operator):
        url = f"{USERS}{one.pk}/change/"
        page.post(url, form_data(page.get(url), "full_name") | {"is_superuser": "on"})
        one.refresh_from_db()
        assert not one.is_superuser
