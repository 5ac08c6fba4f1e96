"""The pages of meetings answer whom they should, in a fixed number of queries."""

import pytest
from django.urls import reverse

from apps.groups.models import Member
from tests.factories.meetings import AgendaItemFactory, DecisionFactory, MeetingFactory, account, full_group

pytestmark = pytest.mark.django_db


def test_secretary_sees_the_meeting_as_a_form(client):
    group = full_group()
    meeting = MeetingFactory(group=group)
    DecisionFactory(item=AgendaItemFactory(meeting=meeting))
    client.force_login(account(group, Member.Capacity.SECRETARY))
    page = client.get(meeting.get_absolute_url())
    assert page.status_code == 200
    assert 'name="protocol-number"' in page.text
    print(page.text)
