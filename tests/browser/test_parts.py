"""Every part of the design on one page, with errors and without, in both themes."""

from pathlib import Path

import pytest
from django.conf import settings as project

from tests.factories.people import OrganisationFactory, person

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture
def specimen(settings, transactional_db, signed_in_page):
    settings.ROOT_URLCONF = "tests.browser.specimen"
    engine = project.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], TEMPLATES]}]
    user = person("akimat_staff", OrganisationFactory(), full_name="А. Серікқалиева")

    def shown(width, theme, query=""):
        page = signed_in_page(user, "kk", width, theme=theme)
        assert page.visit(f"/kk/specimen/{query}").status == 200
        page.keep_screenshot(f"specimen{'-errors' if query else ''}-{width}-{theme}")
        return page

    return shown


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1366, "light"), (1366, "dark"), (320, "dark")])
def test_parts_are_sound_at_every_width_and_in_both_themes(specimen, width, theme):
    assert specimen(width, theme).inspect() == []


def test_summary_of_errors_takes_focus_and_leads_to_each_field(specimen):
    page = specimen(360, "light", "?errors")
    assert page.inspect() == []
    assert page.evaluate("document.activeElement.matches('[data-takes-focus]')")
    links = page.locator("[data-takes-focus] a")
    assert links.count() == 5
    for index in range(links.count()):
        target = links.nth(index).get_attribute("href")
        assert page.locator(target).count() == 1, target
    links.first.click()
    assert page.url.endswith("#id_name")


def test_date_is_picked_beside_the_typed_one(specimen):
    page = specimen(1366, "light")
    page.fill("#id_held_on", "15.1.2027")
    page.click("[data-picks=id_held_on]")
    picker = page.locator("[data-picks=id_held_on] + input")
    assert picker.input_value() == "2027-01-15"
    picker.evaluate("(field) => { field.value = '2027-02-01'; field.onchange() }")
    assert page.input_value("#id_held_on") == "01.02.2027"
