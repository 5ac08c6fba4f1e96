"""Tasks that reports make: fill, submit, consider, transmit, accept (point 27)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts import roles
from apps.accounts.models import Role, User
from apps.deadlines.models import Deadline
from apps.monitoring import terms
from apps.monitoring.models import MonitoringReport
from apps.portal.today.tasks import Task

type Deadlines = dict[int, list[Deadline]]


def reports_of(
    user: User, regions: Iterable[str], today: datetime.date
) -> tuple[list[MonitoringReport], Deadlines]:
    reports: list[Any] = list(
        MonitoringReport.objects.visible_to(user)
        .filter(region__in=regions, year__gte=today.year - 1)
        .exclude(status=MonitoringReport.Status.ACCEPTED, year__lt=today.year - 1)
        .with_completion()
        .order_by("-year", "region")
    )
    deadlines: Deadlines = {report.pk: [] for report in reports}
    kind = ContentType.objects.get_for_model(MonitoringReport)
    keys = [str(report.pk) for report in reports]
    for deadline in Deadline.objects.filter(content_type=kind, object_id__in=keys):
        deadlines[int(deadline.object_id)].append(deadline)
    return reports, deadlines


def _due(deadlines: list[Deadline], kind: str) -> datetime.date | None:
    return next((deadline.due_on for deadline in deadlines if deadline.kind == kind), None)


def report_tasks(
    user: User, report: MonitoringReport, deadlines: Deadlines, recorded: set[str]
) -> Iterator[Task]:
    status, url = report.status, report.get_absolute_url()
    submission = _due(deadlines[report.pk], terms.SUBMISSION)
    transmission = _due(deadlines[report.pk], terms.TRANSMISSION)
    if report.is_editable:
        staff = user.has_role(*roles.REPORTERS, region=report.region_id)
        yield _filling(report, url, submission, mine=staff)
    elif status == report.Status.SUBMITTED:
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
    elif status == report.Status.CONSIDERED:
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


def _filling(report: Any, url: str, due: datetime.date | None, *, mine: bool) -> Task:
    total, filled = report.line_count, report.filled_count
    returned = report.status == report.Status.RETURNED
    whole = total > 0 and filled == total
    sentence = _("Report for {year}: facts stand in {filled} of {total} lines.").format(
        year=report.year, filled=filled, total=total
    )
    if whole:
        sentence = _("The report for {year} is filled, but not submitted.").format(year=report.year)
    words = _("{filled} of {total}, not submitted").format(filled=filled, total=total)
    return Task(
        title=_("Submit the report to the working group") if whole else _("Enter the facts"),
        url=url,
        words=_("returned for rework, {words}").format(words=words) if returned else words,
        icon="back" if returned else "doing" if filled else "idle",
        tone="late" if returned else "doing" if filled else "",
        holder=_("akimat staff"),
        due=due,
        mine=mine,
        sentence=sentence,
        action=_("Continue the report") if not whole else _("Check and submit"),
        value=filled,
        total=total,
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
