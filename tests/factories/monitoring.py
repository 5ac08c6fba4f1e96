"""Working groups, lists in force and reports in each state, as tests need them.

States are set by SQL here: a test of one step does not walk the steps before it. What walks the whole chain
does so through the workflow.
"""

import datetime

import factory
from factory.django import DjangoModelFactory

from apps.groups.models import Member, WorkingGroup
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.monitoring.models import MonitoringReport, ReportLine
from tests.factories.people import LONG_AGO, OrganisationFactory

YEAR = 2026


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = WorkingGroup

    organisation = factory.SubFactory(OrganisationFactory)
    region = factory.SelfAttribute("organisation.region")
    name_kk = "Өңірлік жұмыс тобы"
    name_ru = "Региональная рабочая группа"


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member

    class Params:
        chair = factory.Trait(capacity=Member.Capacity.CHAIR)
        deputy = factory.Trait(capacity=Member.Capacity.DEPUTY)
        secretary = factory.Trait(capacity=Member.Capacity.SECRETARY)

    group = factory.SubFactory(GroupFactory)
    full_name = factory.Sequence(lambda n: f"Б. Мүше {n}")
    position_kk = "басқарма басшысы"
    position_ru = "руководитель управления"
    category = Member.Category.BODIES
    starts_on = LONG_AGO


class ListFactory(DjangoModelFactory):
    """A list published long before the end of the year; the trait `draft` takes it out of force."""

    class Meta:
        model = IndicatorList

    class Params:
        draft = factory.Trait(status="draft", published_on=None)

    organisation = factory.SubFactory(OrganisationFactory)
    region = factory.SelfAttribute("organisation.region")
    year = YEAR
    edition = 1
    status = "published"
    published_on = datetime.date(YEAR, 3, 1)


class ItemFactory(DjangoModelFactory):
    class Meta:
        model = IndicatorListItem

    class Params:
        measure = factory.Trait(classification=3)

    indicator_list = factory.SubFactory(ListFactory)
    position = factory.Sequence(lambda n: n + 1)
    code = factory.Sequence(lambda n: f"8.5.{n + 1}")
    regional_kk = factory.LazyAttribute(lambda row: f"{row.code} индикаторы")
    regional_ru = factory.LazyAttribute(lambda row: f"Индикатор {row.code}")
    classification = 1
    direction = "higher"
    unit_kk = "пайыз"
    unit_ru = "процент"
    responsible_kk = "Экономика басқармасы"
    responsible_ru = "Управление экономики"


class ReportFactory(DjangoModelFactory):
    """A report that is being filled in; traits put it into the other states."""

    class Meta:
        model = MonitoringReport

    class Params:
        submitted = factory.Trait(status="submitted", submitted_on=datetime.date(2027, 1, 14))
        considered = factory.Trait(
            status="considered",
            submitted_on=datetime.date(2027, 1, 14),
            considered_on=datetime.date(2027, 1, 20),
        )
        returned = factory.Trait(status="returned", submitted_on=datetime.date(2027, 1, 14))
        transmitted = factory.Trait(
            status="transmitted",
            submitted_on=datetime.date(2027, 1, 14),
            considered_on=datetime.date(2027, 1, 20),
            transmitted_on=datetime.date(2027, 1, 29),
        )
        accepted = factory.Trait(
            status="accepted",
            submitted_on=datetime.date(2027, 1, 14),
            considered_on=datetime.date(2027, 1, 20),
            transmitted_on=datetime.date(2027, 1, 29),
            accepted_on=datetime.date(2027, 2, 3),
        )

    organisation = factory.SubFactory(OrganisationFactory)
    region = factory.SelfAttribute("organisation.region")
    year = YEAR


class LineFactory(DjangoModelFactory):
    """A line that lacks nothing; the traits leave out its fact, or say when it will exist."""

    class Meta:
        model = ReportLine

    class Params:
        measure = factory.Trait(section="measures")
        empty = factory.Trait(fact="", fact_value=None)
        awaited = factory.Trait(fact="", fact_value=None, expected_on=datetime.date(2027, 4, 1))

    report = factory.SubFactory(ReportFactory)
    position = factory.Sequence(lambda n: n + 1)
    name_kk = "Жұмыссыздық деңгейі"
    name_ru = "Уровень безработицы"
    responsible_kk = "Жұмыспен қамту басқармасы"
    responsible_ru = "Управление занятости"
    data_source_kk = "ҰСБ"
    data_source_ru = "БНС"
    unit_kk = "%"
    unit_ru = "%"
    reporting_year = YEAR
    plan = "4,6"
    plan_value = "4.6"
    fact = "4,7"
    fact_value = "4.7"
