"""The beginnings of a list."""

import pytest

from apps.indicators import drafting, fixtures
from apps.indicators.models import IndicatorList, TypicalList
from apps.indicators.tables import ItemTable
from apps.workflow.models import AuditEntry
from apps.workflow.workflow import Refused
from tests.factories.indicators import (
    IndicatorListFactory,
    IndicatorListItemFactory,
    TypicalListFactory,
    TypicalListItemFactory,
)
from tests.factories.monitoring import ReportFactory
from tests.factories.people import OrganisationFactory, national

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_list_begins_with_chosen_rows_of_the_typical_list(akimat, people):
    typical = TypicalListFactory(published=True)
    first, _second, third = TypicalListItemFactory.create_batch(3, typical_list=typical)
    paper = drafting.begin_from_typical(
        akimat, 2027, typical=typical, keys=[third.pk, first.pk], actor=people["staff"]
    )
    rows = list(paper.items.all())
    assert [row.code for row in rows] == [first.code, third.code]
    assert {row.source for row in rows} == {"typical"}
    assert (rows[0].national_kk, rows[0].unit_ru, rows[0].direction) == (
        first.national_kk,
        "процент",
        "higher",
    )
    assert (paper.status, paper.edition, paper.typical_list) == ("draft", 1, typical)
    assert AuditEntry.objects.of(paper).get().action == "created"


def test_edition_takes_over_rows_values_and_departments_without_stamps(akimat, people):
    earlier = IndicatorListFactory(organisation=akimat, published=True, recommended=True, year=2026)
    department = OrganisationFactory(department=True, parent=akimat, region=akimat.region)
    IndicatorListItemFactory(indicator_list=earlier).departments.add(department)
    IndicatorListItemFactory(indicator_list=earlier, own=True, own_reason="өңірде маңызды")
    paper = drafting.begin_from_earlier(akimat, 2027, earlier=earlier, actor=people["staff"])
    old, new = list(earlier.items.all()), list(paper.items.all())
    assert [row.key for row in new] == [row.key for row in old]
    assert (new[0].baseline, new[0].baseline_value, new[0].target_year) == (
        "4,2",
        old[0].baseline_value,
        2030,
    )
    assert [row.source for row in new] == ["typical", "earlier"]
    assert list(new[0].departments.all()) == [department]
    assert (paper.recommended_at, paper.agreed_at, paper.copied_from) == (None, None, earlier)


@pytest.mark.parametrize("demonstration", [True, False])
def test_mark_of_the_demonstration_goes_with_the_rows(akimat, people, demonstration):
    typical = TypicalListFactory(published=True, is_demonstration=demonstration)
    item = TypicalListItemFactory(typical_list=typical)
    begun = drafting.begin(akimat, 2026, actor=people["staff"])
    drafting.add_from_typical(ItemTable(begun, people["staff"]), [item], typical)
    begun.refresh_from_db()
    assert begun.is_demonstration is demonstration
    IndicatorList.objects.filter(pk=begun.pk).update(status="published")
    copied = drafting.begin_from_earlier(akimat, 2027, earlier=begun, actor=people["staff"])
    assert copied.is_demonstration is demonstration
    report = ReportFactory(organisation=akimat, indicator_list=begun)
    assert report.is_demonstration is demonstration


def test_editions_of_a_year_are_counted(akimat, people):
    IndicatorListFactory(organisation=akimat, superseded=True, year=2027, edition=1)
    IndicatorListFactory(organisation=akimat, published=True, year=2027, edition=2)
    assert drafting.begin(akimat, 2027, actor=people["staff"]).edition == 3


def test_second_list_under_way_is_refused_and_nothing_is_left(akimat, people):
    drafting.begin(akimat, 2027, actor=people["staff"])
    with pytest.raises(Refused) as refused:
        drafting.begin(akimat, 2028, actor=people["staff"])
    assert refused.value.code == "under_way"
    assert IndicatorList.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_stranger_begins_no_list(akimat, people):
    with pytest.raises(Refused) as refused:
        drafting.begin(akimat, 2027, actor=people["stranger_staff"])
    assert refused.value.code == "forbidden"


def test_demonstration_list_is_loaded_once_and_published_by_nobody_but_who_is_named(db):
    draft = fixtures.load()
    assert (draft.status, draft.is_demonstration) == ("draft", True)
    assert draft.items.count() == 40
    administrator = national("ministry_administrator")
    assert fixtures.load().status == "draft"
    published = fixtures.load(administrator)
    assert (published.pk, published.status) == (draft.pk, "published")
    assert fixtures.load().pk == draft.pk
    assert TypicalList.objects.count() == 1
    assert not draft.items.filter(national_kk="").exists()
    assert not draft.items.filter(regional_ru="").exists()
