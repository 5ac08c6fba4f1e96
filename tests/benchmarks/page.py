"""The report's page with 250 lines, against a bare Django template of the same table with the same inputs.

Both read the same rows (the lines, last year's facts, the official figures) and both go from the request to
the bytes. The floor has the nine columns, last year's fact, the last official figure and its year, and every
input with its name, label and value; it has no frame, no drawing, no judgement, no files, no permissions.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path, reverse

from apps.accounts.models import Role, RoleAssignment, User
from apps.goals.models import Goal, Indicator, Observation, Series, Target
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.organisations import fixtures
from apps.organisations.models import Region
from sdgportal.urls import urlpatterns as portal
from tests.benchmarks.measure import Ratio
from tests.factories.people import body_of

LINES, INDICATORS, YEAR = 250, 50, 2026
GOAL = 2.0
COLUMNS = (
    "position",
    "name_kk",
    "responsible_kk",
    "data_source_kk",
    "unit_kk",
    "reporting_year",
    "plan",
    "fact",
    "comment_kk",
)

FLOOR = """<!doctype html><html lang="kk"><title>Есеп</title><form method="post">{% csrf_token %}<table>
<thead><tr>{% for heading in headings %}<th>{{ heading }}</th>{% endfor %}</tr></thead>
<tbody>{% for line in lines %}<tr id="line-{{ line.pk }}"><td>{{ line.position }}.
<input type="hidden" name="line-{{ line.pk }}-version" value="{{ line.version }}"></td>
<td>{{ line.name_kk }}</td><td>{{ line.responsible_kk }}</td><td>{{ line.data_source_kk }}</td>
<td>{{ line.unit_kk }}</td><td>{{ line.reporting_year }}</td>
<td><input id="line-{{ line.pk }}-plan" name="line-{{ line.pk }}-plan"
 aria-labelledby="n-{{ line.pk }} c-plan" inputmode="decimal" maxlength="120" value="{{ line.plan }}"></td>
<td><input id="line-{{ line.pk }}-fact" name="line-{{ line.pk }}-fact"
 aria-labelledby="n-{{ line.pk }} c-fact" inputmode="decimal" maxlength="120" value="{{ line.fact }}">
{{ last_year }}: {{ line.before }}</td>
<td><textarea id="line-{{ line.pk }}-comment_kk" name="line-{{ line.pk }}-comment_kk"
 aria-labelledby="n-{{ line.pk }} c-comment" rows="1">{{ line.comment_kk }}</textarea></td>
<td>{{ line.official }} <select id="line-{{ line.pk }}-fact_status" name="line-{{ line.pk }}-fact_status"
 aria-labelledby="n-{{ line.pk }} c-fact_status"><option value="">{{ status }}</option>
{% for value, words in kinds %}<option value="{{ value }}"
{% if value == line.fact_status %} selected{% endif %}>{{ words }}</option>{% endfor %}</select></td>
</tr>{% endfor %}</tbody></table></form></html>"""


def benches() -> Iterator[Ratio]:
    report = prepare()
    client = Client()
    client.force_login(User.objects.get(email="bench@example.kz"))
    page = reverse("monitoring:monitoringreport_detail", kwargs={"pk": report.pk})
    template = engines["django"].from_string(FLOOR)

    def bare(request: Any) -> HttpResponse:
        return HttpResponse(template.render(bare_context(report), request))

    urls = type("urls", (), {"urlpatterns": [path("floor", bare), *portal]})
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with override_settings(ROOT_URLCONF=urls, STORAGES=storages):
        yield Ratio(
            f"report page with {LINES} lines / bare template with the same inputs",
            lambda: taken(client, page),
            lambda: taken(client, "/floor"),
            GOAL,
        )


def taken(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200 or answer.content.count(b'-fact"') < 2 * LINES:
        raise RuntimeError(f"{address} is not the table")


def bare_context(report: MonitoringReport) -> dict[str, Any]:
    lines = list(report.lines.select_related("item"))
    earlier = ReportLine.objects.filter(report__region=report.region, report__year=report.year - 1)
    facts = dict(earlier.values_list("item__key", "fact"))
    figures = Observation.objects.official_for(report.region, {line.item.code for line in lines})
    official = {
        code: f"{value}, {year}"
        for code, year, value in figures.values_list("series__indicator__code", "year", "value")
    }
    for line in lines:
        line.before, line.official = facts[line.item.key], official[line.item.code]
    # Put into words once: a lazy label would be looked up in the catalogue again in each line.
    label = {field.name: str(field.verbose_name) for field in ReportLine._meta.concrete_fields}
    return {
        "lines": lines,
        "headings": [label[name] for name in COLUMNS],
        "kinds": [(value, str(words)) for value, words in ReportLine.FactStatus.choices],
        "status": label["fact_status"],
        "last_year": report.year - 1,
    }


def prepare() -> MonitoringReport:
    """A report of 250 lines with last year's facts and ten years of official figures beside each."""
    fixtures.load()
    region = Region.objects.get(pk="150000000")
    akimat = body_of(region)
    staff = User.objects.create_user("bench@example.kz", full_name="Орындаушы")
    RoleAssignment.objects.create(
        user=staff, role=Role.AKIMAT_STAFF, organisation=akimat, starts_on=datetime.date(2020, 1, 1)
    )
    goal = Goal.objects.create(number=8, title_kk="8-мақсат", short_kk="8")
    target = Target.objects.create(code="8.5", goal=goal)
    for number in range(INDICATORS):
        indicator = Indicator.objects.create(code=f"8.5.{number}", target=target)
        series = Series.objects.create(indicator=indicator, is_primary=True)
        Observation.objects.bulk_create(
            Observation(
                series=series, region=region, area_code="KZAKT", year=year, value=Decimal(number + year % 7)
            )
            for year in range(2014, 2024)
        )
    listed = IndicatorList.objects.create(
        region=region,
        organisation=akimat,
        year=YEAR,
        status="published",
        published_on=datetime.date(YEAR, 3, 1),
    )
    items = IndicatorListItem.objects.bulk_create(
        IndicatorListItem(
            indicator_list=listed,
            position=number,
            code=f"8.5.{number % INDICATORS}",
            classification=1,
            direction="higher",
            baseline_value=Decimal(40),
            target_value=Decimal(60),
        )
        for number in range(1, LINES + 1)
    )
    report, last = (
        MonitoringReport.objects.create(region=region, organisation=akimat, year=year, indicator_list=listed)
        for year in (YEAR, YEAR - 1)
    )
    for paper, fact in ((report, "45,5"), (last, "44,1")):
        ReportLine.objects.bulk_create(line_of(paper, item, fact) for item in items)
    return report


def line_of(paper: MonitoringReport, item: IndicatorListItem, fact: str) -> ReportLine:
    explained = item.position % 5 == 0
    return ReportLine(
        report=paper,
        item=item,
        position=item.position,
        name_kk="Оқумен, жұмыспен және кәсіптік даярлықпен қамтылмаған 15–24 жастағы жастардың үлесі",
        name_ru="Доля молодежи 15–24 лет, которая не учится, не работает",
        responsible_kk="Жұмыспен қамту басқармасы",
        responsible_ru="Управление занятости",
        data_source_kk="Ұлттық статистика бюросы",
        data_source_ru="Бюро национальной статистики",
        unit_kk="пайыз",
        unit_ru="процент",
        reporting_year=paper.year,
        plan="46,0",
        plan_value=Decimal(46),
        fact=fact,
        fact_value=Decimal(fact.replace(",", ".")),
        comment_kk="Баға өсті" if explained else "",
        comment_ru="Рост цен" if explained else "",
    )
