"""The decision that recommends a list: it waits for the agenda, and the signed protocol stamps the list."""

import datetime

import pytest
from django.utils import timezone

from apps.indicators.models import IndicatorListItem
from apps.meetings.decisions import kinds
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory, recommending

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

KIND = kinds["recommend_list"]


@pytest.mark.parametrize("state", ["draft", "sent", "returned", "agreed", "approved"])
def test_list_under_way_waits_for_its_group(akimat, people, state):
    paper = IndicatorListFactory(organisation=akimat, **({state: True} if state != "draft" else {}))
    assert list(KIND.waiting(paper.group)) == [paper]


@pytest.mark.parametrize("state", ["published", "superseded"])
def test_settled_and_foreign_lists_do_not_wait(akimat, people, state):
    paper = IndicatorListFactory(organisation=akimat, **{state: True})
    IndicatorListFactory()
    assert not KIND.waiting(paper.group).exists()


def test_recommended_list_waits_again_once_a_row_has_changed(akimat, people):
    paper = IndicatorListFactory(organisation=akimat)
    item = IndicatorListItemFactory(indicator_list=paper)
    KIND.perform(recommending(paper), people["secretary"])
    assert not KIND.waiting(paper.group).exists()
    later = timezone.now() + datetime.timedelta(minutes=1)
    IndicatorListItem.objects.filter(pk=item.pk).update(changed_at=later)
    assert list(KIND.waiting(paper.group)) == [paper]


def test_agenda_and_wording_name_year_and_edition_in_both_languages(akimat):
    paper = IndicatorListFactory(organisation=akimat, year=2027, edition=2)
    for said in (KIND.agenda(paper), KIND.wording(paper)):
        assert "2027 жылға арналған" in said["kk"]
        assert "2-редакция" in said["kk"]
        assert "на 2027 год (редакция 2)" in said["ru"]
