"""Pages on which papers of many regions meet name the region: a reviewer of twenty agrees the right one."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from apps.accounts.models import Role
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.factories.meetings import MeetingFactory, account, full_group
from tests.factories.monitoring import ReportFactory
from tests.factories.people import OrganisationFactory, RegionFactory, national

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NAME = "Актюбинская область"


@pytest.fixture
def akimat():
    return OrganisationFactory(region=RegionFactory(name_ru=NAME))


def paper_of(kind, akimat):
    if kind == "list":
        paper = IndicatorListFactory(organisation=akimat, sent=True)
        return paper, national(Role.MINISTRY_REVIEWER), "return_for_rework"
    if kind == "report":
        paper = ReportFactory(organisation=akimat, transmitted=True)
        return paper, national(Role.WORKING_BODY), "accept"
    group = full_group(organisation=akimat)
    return MeetingFactory(group=group).protocol, account(group, "secretary"), "sign"


@pytest.mark.parametrize("kind", ["list", "report", "protocol"])
def test_step_and_history_name_the_region(client, akimat, kind):
    paper, user, step = paper_of(kind, akimat)
    client.force_login(user)
    place = {"model": paper._meta.label_lower, "pk": paper.pk}
    with_step = reverse("workflow:paper_transition", kwargs={**place, "name": step})
    for url in (with_step, reverse("workflow:paper_history", kwargs=place)):
        page = client.get(url.replace("/kk/", "/ru/", 1)).text
        title = page.split("<title>")[1].split("</title>")[0]
        assert f". {NAME} –" in title
        assert f". {NAME}</a>" in page


def test_message_after_a_step_names_the_region(client, akimat):
    paper = IndicatorListFactory(organisation=akimat, sent=True)
    IndicatorListItemFactory(indicator_list=paper)
    client.force_login(national(Role.MINISTRY_REVIEWER))
    url = f"/ru/papers/indicators.indicatorlist/{paper.pk}/steps/agree/"
    answer = client.post(url, {"expected_version": paper.version})
    [said] = get_messages(answer.wsgi_request)
    assert f". {NAME}: " in str(said)
