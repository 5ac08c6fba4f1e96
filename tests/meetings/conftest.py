"""A group with its people, a meeting that was held, and those who only look on."""

import pytest


@pytest.fixture
def group(db):
    from tests.factories.meetings import full_group

    return full_group()


@pytest.fixture
def secretary(group):
    from tests.factories.meetings import account

    return account(group, "secretary")


@pytest.fixture
def chair(group):
    from tests.factories.meetings import account

    return account(group, "chair")


@pytest.fixture
def meeting(group):
    from tests.factories.meetings import MeetingFactory

    return MeetingFactory(group=group)


@pytest.fixture
def protocol(meeting):
    return meeting.protocol
