"""The tiles of the national page: words and shapes stay in them, and the watch would see if they did not."""

import pytest
from django.utils import timezone

from apps.accounts.models import Role
from apps.indicators.models import IndicatorList
from tests.factories.people import OrganisationFactory, national

LONG = """[...document.querySelectorAll(".tiles .said")].slice(0, 1).map((said) => {
  said.textContent = "направлен на согласование";
  said.style.whiteSpace = "nowrap";
})"""


@pytest.fixture
def listed(transactional_db):
    """A region for each state that a list can stand in."""
    today = timezone.localdate()
    for status in IndicatorList.Status.values:
        akimat = OrganisationFactory()
        dates = {"published_on": today} if status in ("published", "superseded") else {}
        dates |= {"superseded_on": today} if status == "superseded" else {}
        place = {"region": akimat.region, "organisation": akimat, "year": today.year}
        recommended = today if status == "draft" else None
        # One real list among demonstration ones: each row then bears the mark, the widest that a row can be.
        dates["is_demonstration"] = status != "agreed"
        IndicatorList.objects.create(**place, status=status, recommended_on=recommended, **dates)


@pytest.mark.parametrize(("language", "width"), [("kk", 1366), ("ru", 1366), ("ru", 1024), ("kk", 360)])
def test_tiles_hold_their_words(listed, signed_in_page, language, width):
    page = signed_in_page(national(Role.AUDITOR), language, width)
    page.visit(f"/{language}/regions/?stage=listed")
    assert page.inspect() == []


def test_words_that_run_out_of_a_tile_are_seen(listed, signed_in_page):
    page = signed_in_page(national(Role.AUDITOR), "ru")
    page.visit("/ru/regions/?stage=listed")
    page.evaluate_freely(LONG)
    assert any("runs out" in problem for problem in page.inspect())
