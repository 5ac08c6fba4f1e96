"""Lists in force and reports in each state, as tests need them.

States are set by SQL here: a test of one step does not walk the steps before it. What walks the whole chain
does so through the workflow.
"""

import datetime

import factory
from factory.django import DjangoModelFactory

from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.meetings.models import Decision
from apps.monitoring.models import MonitoringReport, ReportLine
from tests.factories.meetings import (
    AgendaItemFactory,
    DecisionFactory,
    MeetingFactory,
    WorkingGroupFactory,
)
from tests.factories.people import OrganisationFactory

YEAR = 2026


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


def decision_on(report: MonitoringReport, kind: str = "consider_report") -> Decision:
    """What the report's group decided on it at a meeting in January, under protocol № 4."""
    meeting = MeetingFactory(
        group=report.group or WorkingGroupFactory(organisation=report.organisation),
        held_on=datetime.date(2027, 1, 20),
        protocol__number="4",
        protocol__dated=datetime.date(2027, 1, 21),
    )
    return DecisionFactory(
        item=AgendaItemFactory(meeting=meeting, subject=report),
        kind=kind,
        text_kk="Есеп қаралды деп саналсын.",
    )
