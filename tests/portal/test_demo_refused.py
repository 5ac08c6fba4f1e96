"""Where the demonstration is not built: beside what people have entered, and in production."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from apps.portal.demo.build import is_in_use
from tests.factories.indicators import IndicatorListFactory, TypicalListFactory
from tests.factories.meetings import WorkingGroupFactory
from tests.portal.counting import rows

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.mark.parametrize("real", [WorkingGroupFactory, IndicatorListFactory, TypicalListFactory])
def test_demo_is_refused_beside_what_people_have_entered(real):
    real()
    before = rows()
    said = io.StringIO()
    with pytest.raises(SystemExit) as refused:
        call_command("demo", stderr=said)
    assert refused.value.code == 1
    assert said.getvalue().count("\n") == 1
    assert "not beside them" in said.getvalue()
    assert rows() == before


def test_demo_is_built_after_the_fixtures():
    call_command("load_fixtures")
    assert not is_in_use()


def test_demo_is_refused_in_production(settings):
    settings.PRODUCTION = True
    people = get_user_model().objects.count()
    said = io.StringIO()
    with pytest.raises(SystemExit) as refused:
        call_command("demo", stderr=said)
    assert refused.value.code == 1
    assert "password" in said.getvalue()
    assert get_user_model().objects.count() == people
