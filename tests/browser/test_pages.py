"""Every page of the demonstration year, once in Kazakh on a telephone and once in Russian on a desk."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Error

from apps.accounts.models import User
from tests.browser.figures import publish_long_figures
from tests.browser.routes import NO_PAGE, VISITS, named_routes

VIEWS = [("kk", 360), ("ru", 1366)]


def test_every_route_is_named_in_the_table():
    named = set(named_routes())
    assert sorted(named - set(VISITS) - set(NO_PAGE)) == []
    assert sorted((set(VISITS) | set(NO_PAGE)) - named) == []


@pytest.fixture
def demonstration(transactional_db):
    call_command("demo", verbosity=0)
    publish_long_figures()


def test_every_page_is_sound(demonstration, open_page, session_of):
    windows = {language: open_page(language, width) for language, width in VIEWS}
    sessions, problems = {"": ""}, []
    for name, visits in VISITS.items():
        for visit in visits:
            email, arguments = visit.place()
            if email not in sessions:
                sessions[email] = session_of(User.objects.get(email=email))
            for (language, page), (_, width) in zip(windows.items(), VIEWS, strict=True):
                page.enter(sessions[email])
                with translation.override(language):
                    path = reverse(name, kwargs=arguments) + visit.query
                try:
                    answer = page.visit(path)
                except Error as failure:
                    problems.append(f"{path} ({name}, {email}): {failure.message}")
                    continue
                sign = f"-{visit.sign}" if visit.sign else ""
                page.keep_screenshot(f"{name.replace(':', '-')}{sign}-{language}-{width}")
                found = page.inspect()
                if answer.status != 200:
                    found.append(f"answers {answer.status}")
                if page.evaluate("document.documentElement.lang") != language:
                    found.append("speaks another language")
                problems += [f"{path} ({name}, {email}): {one}" for one in found]
    assert not problems, "\n".join(problems)
