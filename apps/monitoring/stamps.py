"""Where a report stands, as dated stamps side by side: submitted, considered, transmitted, accepted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.monitoring.models import MonitoringReport
from apps.ui.dates import date_long
from apps.ui.numerals import numero
from apps.ui.parts import Stamp

Status = MonitoringReport.Status


def stamps_of(report: MonitoringReport) -> list[Stamp]:
    """The steps taken, and the next one awaited; nothing before the first step."""
    if report.submitted_on is None:
        return []
    stamps = [Stamp(_("Submitted to the working group"), [date_long(report.submitted_on)])]
    if report.considered_on:
        stamps.append(_consideration(report, date_long(report.considered_on)))
    elif report.status == Status.SUBMITTED:
        stamps.append(Stamp(_("Considered by the working group"), [_("awaited")], is_awaited=True))
    if report.transmitted_on:
        stamps.append(Stamp(_("Transmitted to the working body"), [date_long(report.transmitted_on)]))
    elif report.is_regional and report.status == Status.CONSIDERED:
        stamps.append(Stamp(_("Transmitted to the working body"), [_("awaited")], is_awaited=True))
    if report.accepted_on:
        stamps.append(Stamp(_("Accepted by the working body"), [date_long(report.accepted_on)]))
    return stamps


def _consideration(report: MonitoringReport, day: str) -> Stamp:
    lines, url = [day], ""
    if report.consideration:
        meeting = report.consideration.item.meeting
        lines.append(_("Protocol {number}").format(number=numero(meeting.protocol.number)))
        url = meeting.get_absolute_url()
    return Stamp(_("Considered by the working group"), lines, url=url, url_words=_("Open the protocol"))
