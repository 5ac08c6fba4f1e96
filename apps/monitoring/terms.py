"""The two recommended dates of a report (point 27), who has to keep them, and the letters about them.

Both days belong to the term, to 23:59:59 in Asia/Almaty. A date that falls on a day off stays where it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.accounts.models import Role
from apps.deadlines import kinds
from apps.deadlines.calendar import is_working_day
from apps.deadlines.models import Deadline
from apps.notifications.outbox import in_both_languages
from apps.ui.dates import date_paper

SUBMISSION, TRANSMISSION = "report_submission", "report_transmission"
DATES = {SUBMISSION: (1, 15), TRANSMISSION: (2, 1)}
POINT = "27"


def recommended_on(kind: str, year: int) -> datetime.date:
    """Return the order's date for the report of a reporting year: it lies in the year after it."""
    month, day = DATES[kind]
    return datetime.date(year + 1, month, day)


def due_on(kind: str, report: Any) -> datetime.date:
    """Return the date set for this report, by default the order's."""
    known = Deadline.objects.of(report).filter(kind=kind).values_list("due_on", flat=True).first()
    return known or recommended_on(kind, report.year)


def dates_set(year: int, regions: Iterable[str]) -> Iterable[tuple[str, str, datetime.date]]:
    """Region, kind and date of each that stands for the akimats of these regions; one query."""
    dates = Deadline.objects.filter(kind__in=DATES, year=year, organisation__region__in=regions)
    return dates.values_list("organisation__region_id", "kind", "due_on")


def submission_term(report: Any) -> datetime.date:
    return due_on(SUBMISSION, report)


def end_of_the_year(report: Any) -> datetime.date:
    """A report is written when its year is over."""
    return datetime.date(report.year, 12, 31)


def consideration(report: Any) -> datetime.date | None:
    """Results are transmitted after the group has considered them, or at least has had them."""
    day: datetime.date | None = report.considered_on or report.submitted_on
    return day


def transmission_term(report: Any) -> datetime.date:
    return due_on(TRANSMISSION, report)


def page(deadline: Deadline) -> str:
    return reverse("monitoring:monitoringreport_detail", kwargs={"pk": deadline.object_id})


def submission_subject(deadline: Deadline, days: int) -> dict[str, str]:
    return in_both_languages(lambda: _submission_subject(days).format(year=deadline.year, days=days))


def transmission_subject(deadline: Deadline, days: int) -> dict[str, str]:
    return in_both_languages(lambda: _transmission_subject(days).format(year=deadline.year, days=days))


def _submission_subject(days: int) -> str:
    if days < 0:
        return _("Report for {year} has not been submitted: the recommended date has passed")
    if days == 0:
        return _("Report for {year}: submission to the working group is due today")
    if days == 1:
        return _("Report for {year}: submission to the working group is due tomorrow")
    return ngettext(
        "Report for {year}: {days} day left to submit it to the working group",
        "Report for {year}: {days} days left to submit it to the working group",
        days,
    )


def _transmission_subject(days: int) -> str:
    if days < 0:
        return _("Report for {year} has not been transmitted: the recommended date has passed")
    if days == 0:
        return _("Report for {year}: transmission to the working body is due today")
    if days == 1:
        return _("Report for {year}: transmission to the working body is due tomorrow")
    return ngettext(
        "Report for {year}: {days} day left to transmit it to the working body",
        "Report for {year}: {days} days left to transmit it to the working body",
        days,
    )


def submission_body(deadline: Deadline, _days: int) -> dict[str, str]:
    return _body(
        deadline,
        gettext_lazy(
            "The recommended date for submitting the monitoring report for {year} to the Regional working "
            "group is {date} (point 27)."
        ),
    )


def transmission_body(deadline: Deadline, _days: int) -> dict[str, str]:
    return _body(
        deadline,
        gettext_lazy(
            "The recommended date for transmitting the results of monitoring for {year} to the working body "
            "of the Coordination Council, on the basis of the Regional working group’s consideration, is "
            "{date} (point 27)."
        ),
    )


def _body(deadline: Deadline, sentence: Any) -> dict[str, str]:
    """Say the date and its source, the working day before where it is a day off, and whose duty it is."""

    def words() -> str:
        said = [str(sentence).format(year=deadline.year, date=date_paper(deadline.due_on))]
        if not is_working_day(deadline.due_on):
            said.append(_("Working day before: {date}.").format(date=date_paper(deadline.working_day)))
        said.append(_("Body: {name}.").format(name=deadline.organisation.name))
        return "\n".join(said)

    return in_both_languages(words)


def register() -> None:
    """Make both dates known to the planner; called once, when the app loads."""
    kinds.register(
        kinds.DeadlineKind(
            name=SUBMISSION,
            step="submit",
            label=gettext_lazy("Submit the report to the working group"),
            point=POINT,
            persons=kinds.acting(Role.AKIMAT_STAFF, Role.DISTRICT_STAFF, Role.AKIMAT_APPROVER),
            page=page,
            subject=submission_subject,
            body=submission_body,
        )
    )
    kinds.register(
        kinds.DeadlineKind(
            name=TRANSMISSION,
            step="transmit",
            label=gettext_lazy("Transmit the results to the Council’s working body"),
            point=POINT,
            persons=kinds.acting(Role.AKIMAT_APPROVER, Role.AKIMAT_STAFF),
            page=page,
            subject=transmission_subject,
            body=transmission_body,
        )
    )
