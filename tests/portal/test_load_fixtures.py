"""`load_fixtures` brings the reference data of the project, and puts no demonstration list in force."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from apps.goals.models import Goal
from apps.indicators.models import TypicalList
from apps.monitoring.campaign import open_year
from apps.organisations.models import Organisation, Region
from apps.workflow.models import AuditEntry
from tests.factories.people import OrganisationFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_demonstration_list_comes_once_as_a_draft_even_where_an_administrator_works():
    call_command("load_fixtures")
    ministry = TypicalList.objects.get()
    person("ministry_administrator", Organisation.objects.ministry())
    call_command("load_fixtures")
    listed = TypicalList.objects.get()
    assert listed == ministry
    assert (listed.status, listed.is_demonstration, listed.items.count()) == ("draft", True, 40)
    assert (Region.objects.reporting().count(), Goal.objects.count()) == (20, 17)


def test_demonstration_list_can_be_left_out():
    call_command("load_fixtures", without_demonstration=True)
    assert Goal.objects.count() == 17
    assert not TypicalList.objects.exists()


def test_operator_who_loads_stands_in_the_history():
    operator = person("operator", OrganisationFactory())
    call_command("load_fixtures", actor=operator.email)
    assert AuditEntry.objects.of(TypicalList.objects.get()).get().actor == operator
    with translation.override("en"), pytest.raises(CommandError, match="There is no account"):
        call_command("load_fixtures", actor="nobody@example.kz")


def test_opening_a_year_brings_no_typical_list():
    open_year(2026)
    assert not TypicalList.objects.exists()
