"""Signing in with a real browser: with and without scripts, with the second factor, by keyboard alone."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache

from tests.factories.people import PASSWORD, OrganisationFactory, UserFactory, person


@pytest.fixture
def user(transactional_db):
    cache.clear()
    return person("akimat_staff", OrganisationFactory(), email="a.bekova@example.kz", full_name="А. Бекова")


def fill_in(page, password=PASSWORD):
    page.fill("[name=login]", "a.bekova@example.kz")
    page.fill("[name=password]", password)
    page.click("main button.action")


def code_of(secret):
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_errors_take_focus_and_the_second_try_succeeds(user, open_page):
    page = open_page("kk", 1366)
    page.visit("/kk/accounts/login/")
    fill_in(page, "басқа құпиясөз")
    assert page.title().startswith("Қате: ")
    assert (
        page.evaluate("document.activeElement.textContent").strip()
        == "Электрондық пошта немесе құпиясөз қате"
    )
    assert page.inspect() == []
    fill_in(page)
    page.wait_for_url("**/kk/")


def test_signing_in_and_out_works_without_scripts(user, open_page):
    page = open_page("ru", 360, script=False)
    page.visit("/ru/accounts/login/?next=/ru/accounts/profile/")
    fill_in(page)
    page.wait_for_url("**/ru/accounts/profile/")
    page.click(".who summary")
    page.click(".who button")
    page.wait_for_url("**/ru/accounts/login/")


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1366)])
def test_second_factor_pages_are_sound(user, signed_in_page, language, width):
    page = signed_in_page(user, language, width)
    found = []

    def look(name):
        page.keep_screenshot(f"second-factor-{name}-{language}-{width}")
        found.extend(f"{name}: {one}" for one in page.inspect())

    page.visit(f"/{language}/accounts/2fa/totp/activate/")
    look("confirm")
    page.fill("[name=password]", PASSWORD)
    page.click("main button.action")
    secret = page.inner_text("code.key")
    look("activate")
    page.fill("[name=code]", "000000")
    page.click("main button.action")
    look("wrong-code")
    page.fill("[name=code]", code_of(secret))
    page.click("main button.action")
    page.wait_for_url("**/recovery-codes/")
    recovery = page.inner_text(".codes li:first-child")
    look("codes")
    for name in ("recovery-codes/generate/", "totp/deactivate/", "reauthenticate/", ""):
        page.visit(f"/{language}/accounts/2fa/{name}")
        look(name.replace("/", "-") or "index")
    page.visit(f"/{language}/accounts/logout/")
    page.click("main button.action")
    fill_in(page)
    page.wait_for_url("**/2fa/authenticate/")
    look("authenticate")
    page.fill("[name=code]", recovery)
    page.click("main button.action")
    page.wait_for_url(f"**/{language}/")
    assert not found, "\n".join(found)


def test_new_password_from_the_letter(user, open_page, mailoutbox, live_server):
    page = open_page("kk", 360)
    page.visit("/kk/accounts/password/reset/")
    page.fill("[name=email]", user.email)
    page.click("main button.action")
    page.wait_for_url("**/reset/done/")
    link = re.search(r"https?://\S+", mailoutbox[0].body)[0]
    page.visit(link)
    assert page.inspect() == []
    page.fill("[name=password1]", "123")
    page.fill("[name=password2]", "123")
    page.click("main button.action")
    assert "Құпиясөз тым қысқа" in page.inner_text("main")
    assert page.get_attribute("[name=password1]", "aria-invalid") == "true"
    assert page.inspect() == []
    page.fill("[name=password1]", "дала мен қала 27")
    page.fill("[name=password2]", "дала мен қала 27")
    page.click("main button.action")
    page.wait_for_url("**/key/done/")
    page.visit(link)
    assert "Сілтеме жарамсыз" in page.inner_text("main")
    assert page.inspect() == []


def test_menu_dialog_and_look_answer_to_the_keyboard(user, signed_in_page):
    page = signed_in_page(user, "ru", 1366)
    page.visit("/ru/accounts/profile/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus(".who summary")
    page.keyboard.press("Enter")
    assert page.is_visible(".who .menu-sheet")
    assert page.inspect() == []
    page.keyboard.press("Escape")
    assert not page.is_visible(".who .menu-sheet")
    assert page.evaluate("document.activeElement.matches('.who summary')")
    page.keyboard.type("?")
    assert page.is_visible("#shortcuts")
    assert page.inspect() == []
    page.uncheck("[data-single-keys]")
    page.keyboard.press("Escape")
    page.keyboard.type("?")
    assert not page.is_visible("#shortcuts")
    page.click(".foot .menu summary")
    page.click("button[value=dark]")
    page.wait_for_load_state("networkidle")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.inspect() == []


def test_refusals_and_lost_pages_are_sound(transactional_db, signed_in_page, open_page):
    page = signed_in_page(UserFactory(), "kk", 360)
    assert page.visit("/kk/nothing-here/").status == 404
    assert page.inspect() == []
    assert "көруге құқығыңыз жоқ" in page.inner_text("main")
