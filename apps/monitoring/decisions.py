"""What the working group may decide about a report: it is considered, or returned (point 7(4))."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.meetings import decisions
from apps.meetings.models import Decision
from apps.monitoring.models import MonitoringReport
from apps.monitoring.workflow import monitoring_report_workflow

POINT = "7(4)"


def agenda(report: MonitoringReport) -> dict[str, str]:
    """The question, as agendas put it; a district's report names its body."""
    subject = "ОДМ міндеттері мен индикаторларының іске асырылуын мониторингтеу"
    kk = f"{subject} жөніндегі {report.year} жылғы есеп туралы"
    ru = f"Об отчете по мониторингу реализации задач и индикаторов ЦУР за {report.year} год"
    if report.is_regional:
        return {"kk": kk, "ru": ru}
    return {"kk": f"{kk} ({report.organisation.name_kk})", "ru": f"{ru} ({report.organisation.name_ru})"}


def wording_of_consideration(report: MonitoringReport) -> dict[str, str]:
    kk = f"Мониторинг жөніндегі {report.year} жылғы есеп қаралды деп саналсын."
    ru = f"Отчет по мониторингу за {report.year} год считать рассмотренным."
    if not report.is_regional:
        return {"kk": kk, "ru": ru}
    return {
        "kk": f"{kk} Мониторинг нәтижелері ОДМ жөніндегі үйлестіру кеңесінің жұмыс органына берілсін.",
        "ru": f"{ru} Результаты мониторинга передать в Рабочий орган Координационного совета по ЦУР.",
    }


def wording_of_return(report: MonitoringReport) -> dict[str, str]:
    return {
        "kk": f"Мониторинг жөніндегі {report.year} жылғы есеп пысықтауға қайтарылсын.",
        "ru": f"Отчет по мониторингу за {report.year} год вернуть на доработку.",
    }


def consider(decision: Decision, actor: Any) -> None:
    monitoring_report_workflow.perform(decision.subject, "consider", actor=actor, basis=decision)


def send_back(decision: Decision, actor: Any) -> None:
    """Return the report with the decision's own words; remarks by line stand beside it."""
    monitoring_report_workflow.perform(
        decision.subject,
        "return_by_group",
        actor=actor,
        comment=decision.text_kk or decision.text_ru,
        basis=decision,
    )


def register() -> None:
    """Make both kinds known; called once, when the app loads."""
    for name, label, wording, perform in (
        ("consider_report", _("consider the report"), wording_of_consideration, consider),
        ("return_report", _("return the report for rework"), wording_of_return, send_back),
    ):
        decisions.register(
            decisions.DecisionKind(
                name=name,
                label=label,
                model=MonitoringReport,
                point=POINT,
                waiting=MonitoringReport.objects.waiting_for,
                agenda=agenda,
                wording=wording,
                perform=perform,
            )
        )
