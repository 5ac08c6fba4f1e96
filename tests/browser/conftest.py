"""A real Chromium on the real pages, with everything watched that must never happen on any of them.

def test_something(signed_in_page):
    page = signed_in_page(user, "kk", 360)      # a playwright Page, already signed in
    page.visit("/kk/")                          # problems of the page are in page.problems
"""

import os
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.browser.watched import CHROMIUM, FLAGS, Watched

# Milliseconds after each thing that a person does: whoever pauses while typing meets the sheet's own saving.
SLOW_HAND = float(os.environ.get("SLOW_HAND", "0"))
# Playwright's loop runs in the thread of the tests; Django would take it for an asynchronous view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    if not Path(CHROMIUM).is_file():
        pytest.fail("no Chromium: install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, slow_mo=SLOW_HAND)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """Open a window for nobody, or with the session of a test client; closed after the test."""
    contexts = []

    def opened(language="kk", width=1366, *, session="", script=True, theme="light"):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 768 if width >= 1000 else 740},
            locale={"kk": "kk-KZ", "ru": "ru-RU"}[language],
            timezone_id="Asia/Almaty",
            java_script_enabled=script,
            color_scheme=theme,
        )
        contexts.append(context)
        page = Watched(context, live_server.url)
        page.enter(session)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def session_of(client):
    """The session of a user who has just signed in."""

    def opened(user):
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.cookies.clear()
        return session

    return opened


@pytest.fixture
def signed_in_page(open_page, session_of):
    """Open a window in which the user has signed in: `signed_in_page(user, language, width)`."""

    def opened(user, language="kk", width=1366, **options):
        return open_page(language, width, session=session_of(user), **options)

    return opened
