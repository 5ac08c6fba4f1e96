"""Every page once in Kazakh on a telephone and once in Russian on a desk, inspected and photographed."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.routes import NO_PAGE, VISITS, named_routes
from tests.factories.people import (
    OrganisationFactory,
    RegionFactory,
    national,
    person,
)


def test_every_route_is_named_in_the_table():
    named = set(named_routes())
    assert named - set(VISITS) - set(NO_PAGE) == set()
    assert (set(VISITS) | set(NO_PAGE)) - named == set()


@pytest.fixture
def people(transactional_db):
    region = RegionFactory(code="150000000", name_kk="Ақтөбе облысы", name_ru="Актюбинская область")
    akimat = OrganisationFactory(region=region)
    names = {"full_name": "А. Серікқалиева"}
    return {
        "akimat_staff": person("akimat_staff", akimat, **names),
        "ministry_reviewer": national("ministry_reviewer", full_name="Д. Оспанов"),
    }


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1366)])
def test_every_page_is_sound(people, open_page, signed_in_page, language, width):
    windows = {"": open_page(language, width)}
    problems = {}
    for name, visit in VISITS.items():
        if visit.by not in windows:
            windows[visit.by] = signed_in_page(people[visit.by], language, width)
        page = windows[visit.by]
        with translation.override(language):
            path = reverse(name, kwargs=visit.kwargs()) + visit.query
        answer = page.visit(path)
        page.keep_screenshot(f"{name.replace(':', '-')}-{language}-{width}")
        found = page.inspect()
        if answer.status != visit.status:
            found.append(f"answers {answer.status}")
        if page.evaluate("document.documentElement.lang") != language:
            found.append("speaks another language")
        if found:
            problems[path] = found
    assert not problems, "\n".join(f"{path}: {one}" for path, found in problems.items() for one in found)
