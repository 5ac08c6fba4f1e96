"""A report's steps: submitted by 15 January, considered, transmitted by 1 February (point 27)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.attachments.effects import keep_scan
from apps.deadlines.models import Deadline
from apps.documents.effects import issue_papers, reissue_papers
from apps.monitoring import letters, terms
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.monitoring.table import ReportTable
from apps.workflow.workflow import Deed, Gap, Transition, Workflow

if TYPE_CHECKING:
    from apps.grid.tables import Concern

Status = MonitoringReport.Status


# Checks: everything at once, each gap at its line. The order recommends, so nothing here stops a report.


def gaps_of_submission(report: MonitoringReport, actor: Any) -> Sequence[Gap]:
    """List the lines without a fact, without a translation, or with a value that looks like a slip."""
    table = ReportTable(report, actor)
    lines = list(table.lines())
    if not lines:
        return [Gap("no_lines", _("The report has no lines"), level="warning", mark="incomplete")]
    return [gap for line in lines for gap in _gaps_of_line(line, table.concerns(line))]


def _gaps_of_line(line: ReportLine, concerns: Iterable[Concern]) -> Iterator[Gap]:
    if not line.is_filled:
        yield _gap(line, "no_fact", "fact", _("no fact and no word of when data are expected"), "incomplete")
    for concern in concerns:
        if concern.code == "untranslated":
            yield _gap(line, concern.code, concern.field, str(concern.message), "untranslated")
        elif concern.level == "warning":
            yield _gap(line, concern.code, concern.field, str(concern.message), "")


def _gap(line: ReportLine, code: str, field: str, words: str, mark: str) -> Gap:
    number = _("line {number}").format(number=line.position)
    place = f"{line.get_section_display()}, {number}"
    cell = f"-{field}" if field in {"plan", "fact"} else ""
    return Gap(code, f"{place}: {words}", level="warning", anchor=f"line-{line.pk}{cell}", mark=mark)


def gaps_of_transmission(report: MonitoringReport, _actor: Any) -> Sequence[Gap]:
    """The results go on the basis of the group's consideration; without it a reason is asked for."""
    if report.status == Status.CONSIDERED:
        return []
    message = _("The working group has not considered the report yet")
    return [Gap("without_consideration", message, level="warning", mark="without_consideration")]


# Effects: rows, and nothing else.


def stamp_submission(deed: Deed) -> None:
    """Write the date down; marks of an earlier round fall, those of this submission stay."""
    current = {(gap.mark, deed.transition.name) for gap in deed.gaps}
    deed.paper.marks = [mark for mark in deed.paper.marks if (mark["code"], mark.get("step")) in current]
    deed.paper.submitted_on = deed.dated
    deed.paper.considered_on = deed.paper.consideration = None


def stamp_consideration(deed: Deed) -> None:
    decision: Any = deed.basis
    protocol = decision.item.meeting.protocol if decision else None
    deed.paper.consideration = decision
    deed.paper.considered_on = (protocol and protocol.dated) or deed.dated


def stamp_transmission(deed: Deed) -> None:
    deed.paper.transmitted_on = deed.dated


def stamp_acceptance(deed: Deed) -> None:
    letter = deed.hand_over
    deed.paper.accepted_on = (letter and letter.incoming_date) or deed.dated


def wipe_submission(deed: Deed) -> None:
    deed.paper.submitted_on, deed.paper.marks = None, []


def close_submission(deed: Deed) -> None:
    Deadline.objects.close(deed.paper, terms.SUBMISSION, deed.dated)


def close_transmission(deed: Deed) -> None:
    Deadline.objects.close(deed.paper, terms.TRANSMISSION, deed.dated)


def redate_submission(deed: Deed) -> None:
    """Follow a letter that was dated later; a report that was recalled meanwhile is not submitted again."""
    if deed.paper.submitted_on:
        deed.paper.submitted_on = deed.dated
        Deadline.objects.redate(deed.paper, terms.SUBMISSION, deed.dated)


def redate_transmission(deed: Deed) -> None:
    deed.paper.transmitted_on = deed.dated
    Deadline.objects.redate(deed.paper, terms.TRANSMISSION, deed.dated)


def reopen_submission(deed: Deed) -> None:
    Deadline.objects.reopen(deed.paper, terms.SUBMISSION)


def reopen_both(deed: Deed) -> None:
    Deadline.objects.reopen(deed.paper, terms.SUBMISSION, terms.TRANSMISSION)


monitoring_report_workflow = Workflow(
    MonitoringReport,
    (
        Transition(
            "submit",
            gettext_lazy("Submit to the working group"),
            sources=(Status.DRAFT, Status.RETURNED),
            target=Status.SUBMITTED,
            permission="monitoring.submit_report",
            hand_over=True,
            receiver="monitoring.consider_report",
            check=gaps_of_submission,
            term=terms.submission_term,
            earliest=terms.end_of_the_year,
            effects=(stamp_submission, close_submission, keep_scan, issue_papers, letters.tell_group),
            redated=(redate_submission,),
            explanation=gettext_lazy(
                "The report goes to the Regional working group (point 27). It can be recalled until the "
                "group has considered it."
            ),
            confirm=gettext_lazy("Submit the report to the working group?"),
            done=pgettext_lazy("done", "submitted to the working group"),
        ),
        Transition(
            "recall",
            gettext_lazy("Recall"),
            sources=(Status.SUBMITTED,),
            target=Status.DRAFT,
            permission="monitoring.submit_report",
            effects=(wipe_submission, reopen_submission, letters.tell_group_of_recall),
            explanation=gettext_lazy("The report can be filled in again; the group no longer sees it."),
            confirm=gettext_lazy("Recall the report from the working group?"),
            done=pgettext_lazy("done", "recalled"),
        ),
        Transition(
            "consider",
            gettext_lazy("Consider"),
            sources=(Status.SUBMITTED,),
            target=Status.CONSIDERED,
            permission="monitoring.consider_report",
            decision=True,
            effects=(stamp_consideration, letters.tell_body_of_consideration),
            done=pgettext_lazy("done", "considered by the working group"),
        ),
        Transition(
            "return_by_group",
            gettext_lazy("Return for rework"),
            sources=(Status.SUBMITTED,),
            target=Status.RETURNED,
            permission="monitoring.consider_report",
            comment=True,
            decision=True,
            effects=(reopen_submission, letters.tell_body_of_return),
            done=pgettext_lazy("done", "returned for rework by the working group"),
        ),
        Transition(
            "transmit",
            gettext_lazy("Transmit to the working body"),
            sources=(Status.SUBMITTED, Status.CONSIDERED),
            target=Status.TRANSMITTED,
            permission="monitoring.transmit_report",
            hand_over=True,
            receiver="monitoring.accept_report",
            check=gaps_of_transmission,
            term=terms.transmission_term,
            earliest=terms.consideration,
            effects=(
                stamp_transmission,
                close_transmission,
                keep_scan,
                issue_papers,
                letters.tell_working_body,
                letters.tell_body_of_receipt,
            ),
            redated=(redate_transmission, reissue_papers),
            explanation=gettext_lazy(
                "The results go to the working body of the Coordination Council on the basis of the group’s "
                "consideration (point 27). Nothing can be edited afterwards."
            ),
            confirm=gettext_lazy("Transmit the results to the working body?"),
            done=pgettext_lazy("done", "transmitted to the working body"),
        ),
        Transition(
            "accept",
            gettext_lazy("Accept"),
            sources=(Status.TRANSMITTED,),
            target=Status.ACCEPTED,
            permission="monitoring.accept_report",
            receives=True,
            effects=(stamp_acceptance, letters.tell_body_of_acceptance),
            redated=(stamp_acceptance,),
            explanation=gettext_lazy(
                "The working body has registered the results and takes them into account."
            ),
            confirm=gettext_lazy("Accept the results?"),
            done=pgettext_lazy("done", "accepted by the working body"),
        ),
        Transition(
            "return_by_body",
            gettext_lazy("Return for rework"),
            sources=(Status.TRANSMITTED,),
            target=Status.RETURNED,
            permission="monitoring.accept_report",
            comment=True,
            effects=(reopen_both, letters.tell_body_of_return),
            explanation=gettext_lazy(
                "The akimat mends the report and submits it to its working group again."
            ),
            confirm=gettext_lazy("Return the report to the akimat?"),
            done=pgettext_lazy("done", "returned for rework by the working body"),
        ),
    ),
    states=Status,
)
