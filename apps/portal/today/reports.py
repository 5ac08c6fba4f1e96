"""Tasks that reports make: fill, submit, consider, transmit, accept (point 27)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts import roles
from apps.accounts.models import Role, User
from apps.deadlines.models import Deadline
from apps.monitoring import terms
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.portal.today.tasks import Task
from apps.ui.localised import localised

Status = MonitoringReport.Status
OWED = {
    terms.SUBMISSION: MonitoringReport.EDITABLE,
    terms.TRANSMISSION: (Status.SUBMITTED, Status.CONSIDERED),
}


def reports_of(user: User, regions: Iterable[str], today: datetime.date) -> list[MonitoringReport]:
    """Reports under way or lately closed, each with its dates, its filling and its first empty line."""
    empty = ReportLine.objects.filter(report=OuterRef("pk")).empty().in_order()
    words = JSONObject(pk="pk", number="position", name_kk="name_kk", name_ru="name_ru")
    return list(
        MonitoringReport.objects.visible_to(user)
        .filter(region__in=regions, year__gte=today.year - 1)
        .exclude(status=Status.ACCEPTED, year__lt=today.year - 1)
        .with_completion()
        .annotate(
            submission_due=_due_on(terms.SUBMISSION),
            transmission_due=_due_on(terms.TRANSMISSION),
            first_empty=Subquery(empty.values(line=words)[:1]),
        )
        .select_related("region")
        .order_by("-year", "region")
    )


def _due_on(kind: str) -> Subquery:
    """The date of a report's duty, as a column beside the report."""
    key = Cast(OuterRef("pk"), CharField())
    of_report = ContentType.objects.get_for_model(MonitoringReport)
    dates = Deadline.objects.filter(kind=kind, content_type=of_report, object_id=key)
    return Subquery(dates.values("due_on")[:1])


def nearest_due(reports: Iterable[Any]) -> datetime.date | None:
    """The nearest date of what is still owed."""
    dates = {terms.SUBMISSION: "submission_due", terms.TRANSMISSION: "transmission_due"}
    owed = (
        getattr(report, dates[kind])
        for report in reports
        for kind, states in OWED.items()
        if report.status in states
    )
    return min(filter(None, owed), default=None)


def report_tasks(user: User, report: Any, recorded: set[str]) -> Iterator[Task]:
    status, url = report.status, report.get_absolute_url()
    transmission = report.transmission_due
    if report.is_editable:
        staff = user.has_role(*roles.REPORTERS, region=report.region_id)
        filling = _filling(report, url, mine=staff)
        yield filling
        if filling.value != filling.total or not filling.total:
            yield _ahead(
                _("Submit the report to the working group"),
                url,
                _("not begun"),
                holder=_("akimat staff"),
                due=report.submission_due,
                mine=staff,
            )
    elif status == Status.SUBMITTED:
        yield Task(
            title=_("Consider the report at a meeting"),
            url=reverse("meetings:meeting_list"),
            words=_("submitted to the working group"),
            icon="doing",
            tone="doing",
            holder=_("secretary of the group"),
            due=transmission,
            since=report.submitted_on,
            mine=report.region_id in recorded,
            sentence=_(
                "The report for {year} waits for the meeting of the working group and its protocol."
            ).format(year=report.year),
            action=_("To the meetings"),
        )
    elif status == Status.CONSIDERED:
        yield Task(
            title=_("Transmit the results to the working body"),
            url=url,
            words=_("considered by the working group"),
            icon="doing",
            tone="doing",
            holder=_("approving person of the akimat"),
            due=transmission,
            since=report.considered_on,
            mine=user.has_role(Role.AKIMAT_APPROVER, region=report.region_id),
            sentence=_(
                "The group has considered the report for {year}: transmit it to the working body."
            ).format(year=report.year),
            action=_("Open the report"),
        )
    else:
        yield Task(
            title=_("Report for {year}").format(year=report.year),
            url=url,
            words=report.get_status_display(),
            icon="done",
            tone="done",
            since=report.accepted_on or report.transmitted_on,
        )
    if report.is_regional and (report.is_editable or status == Status.SUBMITTED):
        yield _ahead(
            _("Transmit the results to the working body"),
            url,
            _("after the group’s consideration"),
            holder=_("approving person of the akimat"),
            due=transmission,
        )


def _ahead(
    title: str, url: str, words: str, *, holder: str, due: datetime.date | None, mine: bool = False
) -> Task:
    """A step that follows the one under way."""
    return Task(title=title, url=url, words=words, holder=holder, due=due, mine=mine)


def _filling(report: Any, url: str, *, mine: bool) -> Task:
    total, filled = report.line_count, report.filled_count
    returned = report.status == Status.RETURNED
    words = _("{filled} of {total}, not submitted").format(filled=filled, total=total)
    task = Task(
        title=_("Enter the facts"),
        url=url,
        words=_("returned for rework, {words}").format(words=words) if returned else words,
        icon="back" if returned else "doing" if filled else "idle",
        tone="late" if returned else "doing" if filled else "",
        holder=_("akimat staff"),
        due=report.submission_due,
        mine=mine,
        value=filled,
        total=total,
    )
    if not total:
        return replace(
            task,
            title=_("Add the lines of the report"),
            sentence=_("The report for {year} has no lines yet: no list is in force.").format(
                year=report.year
            ),
            action=_("Add lines"),
        )
    if filled == total:
        return replace(
            task,
            title=_("Submit the report to the working group"),
            sentence=_("The report for {year} is filled, but not submitted.").format(year=report.year),
            action=_("Check and submit"),
        )
    line = SimpleNamespace(**report.first_empty)
    return replace(
        task,
        sentence=" ".join(
            (
                _("Report for {year}: facts stand in {filled} of {total} lines.").format(
                    year=report.year, filled=filled, total=total
                ),
                _("Next: line {number}, “{name}”.").format(number=line.number, name=localised(line, "name")),
            )
        ),
        action=(_("Go on from line {number}") if filled else _("Begin with line {number}")).format(
            number=line.number
        ),
        action_url=f"{url}#line-{line.pk}-fact",
        also=_("Show the empty lines: {count}").format(count=total - filled),
        also_url=f"{url}?show=empty",
    )


def reports_to_accept(user: User) -> Iterator[Task]:
    waiting = (
        MonitoringReport.objects.visible_to(user)
        .filter(status=MonitoringReport.Status.TRANSMITTED)
        .select_related("region")
        .order_by("transmitted_on")
    )
    for paper in waiting:
        yield Task(
            title=f"{paper.region.name}, {paper.year}",
            url=paper.get_absolute_url(),
            words=_("waits for acceptance"),
            icon="doing",
            tone="doing",
            since=paper.transmitted_on,
            mine=True,
            sentence=_("Results of monitoring wait for acceptance. First: {region}.").format(
                region=paper.region.name
            ),
            action=_("Open the report"),
        )
