"""A hurried hand: pressing twice, typing while an answer is on its way, leaving fields empty."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.accounts.models import User
from apps.meetings.models import Meeting
from apps.organisations import fixtures as organisation_fixtures
from apps.portal.demo.cast import enlist

pytestmark = pytest.mark.embedded


@pytest.fixture
def secretary(transactional_db):
    organisation_fixtures.load()
    enlist()
    return User.objects.get(email="secretary.62@sdg.demo")


def press_three_times(page, selector):
    page.evaluate("selector => [1, 2, 3].forEach(() => document.querySelector(selector).click())", selector)


def save(page, meanwhile=lambda: None):
    """Press Save, do something while the answer is on its way, and wait until it has replaced the meeting."""
    page.evaluate("document.getElementById('meeting').dataset.was = 'before'")
    page.locator(".save-bar button").first.click()
    meanwhile()
    page.locator("#meeting:not([data-was])").wait_for()


def test_three_presses_plan_one_meeting(secretary, signed_in_page):
    page = signed_in_page(secretary, "kk")
    page.visit("/kk/meetings/new/")
    page.locator("[name=held_on]").fill(f"{timezone.localdate():%d.%m.%Y}")
    press_three_times(page, "form.entry p.cluster button")
    page.wait_for_url(re.compile(r"/meetings/\d+/"))
    page.wait_for_load_state("networkidle")
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(("language", "words"), [("kk", "Өрісті толтырыңыз"), ("ru", "Заполните поле")])
def test_empty_field_is_named_in_the_language_of_the_page(secretary, signed_in_page, language, words):
    page = signed_in_page(secretary, language)
    page.visit(f"/{language}/meetings/new/")
    page.click("form.entry p.cluster button")
    summary = page.locator("[data-takes-focus]")
    summary.wait_for()
    assert words in summary.inner_text()
    assert page.evaluate("document.activeElement.hasAttribute('data-takes-focus')")
    assert page.title().split(":")[0] in {"Қате", "Ошибка"}


@pytest.fixture
def draft(secretary, signed_in_page):
    """The page of a meeting that has just been planned."""
    page = signed_in_page(secretary, "ru")
    page.visit("/ru/meetings/new/")
    page.locator("[name=held_on]").fill(f"{timezone.localdate():%d.%m.%Y}")
    page.click("form.entry p.cluster button")
    page.locator("[name='protocol-number']").wait_for()
    return page


def test_words_typed_while_the_page_is_saved_are_not_lost(draft):
    """Neither those typed before the answer has replaced the form nor those typed on after it."""
    held = []

    def hold(route):
        held.append(route) if route.request.method == "POST" else route.continue_()

    def type_on_and_let_the_answer_come():
        draft.locator("[name='protocol-number']").press_sequentially("19")
        draft.keyboard.press("ArrowLeft")
        draft.keyboard.type("7")
        held[0].continue_()

    draft.route("**/meetings/*/", hold)
    save(draft, meanwhile=type_on_and_let_the_answer_come)
    number = draft.locator("[name='protocol-number']")
    expect(number).to_be_focused()
    draft.keyboard.type("8")
    expect(number).to_have_value("1789")
    assert draft.problems == []


def test_focus_goes_back_to_the_button_that_was_pressed(draft):
    draft.locator("[name='meeting-place_ru']").fill("Зал заседаний")
    save(draft)
    expect(draft.locator(".save-bar button:focus")).to_have_count(1)
    assert draft.problems == []


def test_page_with_something_typed_is_not_left_without_a_question(draft):
    asked = []
    draft.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    draft.locator("[name='meeting-place_ru']").press_sequentially("Зал")
    draft.locator(".sections a").first.click()
    draft.wait_for_load_state("networkidle")
    assert asked == ["beforeunload"]


def test_saved_page_is_left_without_a_question(draft):
    """Negative control: what was stored needs no question."""
    asked = []
    draft.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    draft.locator("[name='meeting-place_ru']").press_sequentially("Зал")
    save(draft)
    draft.locator(".sections a").first.click()
    draft.wait_for_load_state("networkidle")
    assert asked == []
