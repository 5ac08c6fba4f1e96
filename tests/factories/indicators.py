"""The typical list and the regions' lists, with traits named after states.

A trait sets what the state's steps would have left behind: a test of one step does not walk all before it.
"""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from apps.indicators.models import IndicatorList, IndicatorListItem, TypicalList, TypicalListItem
from tests.factories.meetings import AgendaItemFactory, DecisionFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.people import OrganisationFactory


class TypicalListFactory(DjangoModelFactory):
    class Meta:
        model = TypicalList

    class Params:
        published = factory.Trait(status="published")
        superseded = factory.Trait(status="superseded")
        demonstration = factory.Trait(is_demonstration=True)

    title_kk = "Үлгілік тізбе"
    title_ru = "Типовой перечень"


class RowFactory(DjangoModelFactory):
    """What rows of both lists have: everything filled in, in both languages."""

    class Meta:
        abstract = True

    position = factory.Sequence(lambda n: n + 1)
    code = factory.Sequence(lambda n: f"{n % 17 + 1}.2.{n // 17 + 1}")
    national_kk = factory.Sequence(lambda n: f"Ұлттық индикатор {n}")
    national_ru = factory.Sequence(lambda n: f"Национальный индикатор {n}")
    regional_kk = factory.Sequence(lambda n: f"Өңірге арналған индикатор {n}")
    regional_ru = factory.Sequence(lambda n: f"Индикатор для региона {n}")
    classification = 1
    unit_kk = "пайыз"
    unit_ru = "процент"
    direction = "higher"
    responsible_kk = "Экономика басқармасы"
    responsible_ru = "Управление экономики"


class TypicalListItemFactory(RowFactory):
    class Meta:
        model = TypicalListItem

    typical_list = factory.SubFactory(TypicalListFactory)


class IndicatorListFactory(DjangoModelFactory):
    """A draft of an akimat; traits put it into the other states."""

    class Meta:
        model = IndicatorList

    class Params:
        sent = factory.Trait(status="sent", sent_on=datetime.date(2026, 10, 5))
        opened = factory.Trait(sent=True, opened_at=factory.LazyFunction(timezone.now))
        returned = factory.Trait(status="returned", sent_on=datetime.date(2026, 10, 5))
        agreed = factory.Trait(
            status="agreed",
            sent_on=datetime.date(2026, 10, 5),
            agreed_on=datetime.date(2026, 10, 20),
            agreed_at=factory.LazyFunction(timezone.now),
        )
        approved = factory.Trait(
            agreed=True, status="approved", act_number="17-1/12", approved_on=datetime.date(2026, 11, 2)
        )
        published = factory.Trait(approved=True, status="published", published_on=datetime.date(2026, 11, 5))
        superseded = factory.Trait(
            published=True, status="superseded", superseded_on=datetime.date(2026, 11, 20)
        )
        recommended = factory.Trait(
            recommended_on=datetime.date(2026, 9, 18), recommended_at=factory.LazyFunction(timezone.now)
        )

    organisation = factory.SubFactory(OrganisationFactory)
    region = factory.SelfAttribute("organisation.region")
    year = 2027


class IndicatorListItemFactory(RowFactory):
    """A row that lacks nothing; the trait `own` is one the akimat thought of itself."""

    class Meta:
        model = IndicatorListItem

    class Params:
        own = factory.Trait(source="own")
        measure = factory.Trait(classification=3)

    indicator_list = factory.SubFactory(IndicatorListFactory)
    source = "typical"
    baseline = "4,2"
    baseline_value = "4.2"
    baseline_year = 2024
    target = "5,0"
    target_value = "5"
    target_year = 2030


def recommending(paper: IndicatorList):
    """A decision of the list's group to recommend it, at a meeting under protocol № 4."""
    meeting = MeetingFactory(
        group=paper.group or WorkingGroupFactory(organisation=paper.organisation),
        held_on=datetime.date(2026, 9, 18),
        protocol__number="4",
        protocol__dated=datetime.date(2026, 9, 21),
    )
    paper.__dict__.pop("group", None)
    item = AgendaItemFactory(meeting=meeting, subject=paper)
    return DecisionFactory(item=item, kind="recommend_list", text_kk="Тізбе ұсынылсын.")
