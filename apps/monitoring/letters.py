"""Whom the steps of a report tell, and in which words. Nobody is told of what he did himself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts import roles
from apps.accounts.models import Role, User
from apps.groups.models import Member
from apps.meetings.rules import MINUTES_SEATS
from apps.notifications.outbox import in_both_languages, tell_of_step
from apps.organisations.models import Organisation
from apps.ui.dates import clock, date_paper
from apps.workflow.models import Remark
from apps.workflow.workflow import Deed

KIND = "report"


def tell_group(deed: Deed) -> None:
    """Tell the secretary and the chair that a report waits for the group."""
    tell_of_step(
        deed,
        KIND,
        group_officers(deed.paper),
        lambda: _("Report for {year} has been submitted to the working group. Region: {region}").format(
            year=deed.paper.year, region=deed.paper.region.name
        ),
    )


def tell_group_of_recall(deed: Deed) -> None:
    tell_of_step(
        deed,
        KIND,
        group_officers(deed.paper),
        lambda: _("Report for {year} has been recalled. Region: {region}").format(
            year=deed.paper.year, region=deed.paper.region.name
        ),
        path="",
    )


def tell_body_of_consideration(deed: Deed) -> None:
    tell_of_step(
        deed,
        KIND,
        people_of_the_body(deed.paper),
        lambda: _("The working group has considered the report for {year}: it can be transmitted now").format(
            year=deed.paper.year
        ),
    )


def tell_body_of_return(deed: Deed) -> None:
    count = Remark.objects.of(deed.paper).open().count()

    def subject() -> str:
        counted = _("Report for {year} has been returned for rework: remarks – {count}")
        words = counted if count else _("Report for {year} has been returned for rework")
        return words.format(year=deed.paper.year, count=count)

    tell_of_step(
        deed,
        KIND,
        people_of_the_body(deed.paper),
        subject,
        body={"kk": deed.comment, "ru": deed.comment},
    )


def tell_working_body(deed: Deed) -> None:
    council = Organisation.objects.council_working_body()
    tell_of_step(
        deed,
        KIND,
        User.acting_persons(Role.WORKING_BODY, council, timezone.localdate(deed.moment)),
        lambda: _("Results of monitoring for {year} have been transmitted. Region: {region}").format(
            year=deed.paper.year, region=deed.paper.region.name
        ),
    )


def tell_body_of_receipt(deed: Deed) -> None:
    """The receipt: what was transmitted, when, under which number. The sender keeps it as well."""
    letter = deed.hand_over
    tell_of_step(
        deed,
        KIND,
        [*people_of_the_body(deed.paper), deed.actor],
        lambda: _("Report for {year} has been transmitted to the working body: {date}, {time}").format(
            year=deed.paper.year, date=date_paper(deed.moment), time=clock(deed.moment)
        ),
        own=True,
        body=in_both_languages(
            lambda: _("Outgoing number: {number}").format(number=letter.outgoing_number or "–")
        )
        if letter
        else None,
    )


def tell_body_of_acceptance(deed: Deed) -> None:
    tell_of_step(
        deed,
        KIND,
        people_of_the_body(deed.paper),
        lambda: _("The working body has accepted the report for {year}").format(year=deed.paper.year),
    )


def people_of_the_body(report: Any) -> Iterable[User]:
    """Those who act for the akimat that draws up the report."""
    return User.acting_persons(roles.REPORTERS, report.organisation, timezone.localdate())


def group_officers(report: Any) -> Iterable[User]:
    """Chair and secretary of the group that considers the report, or who stands in for them."""
    if report.group is None:
        return []
    today = timezone.localdate()
    seats = Member.objects.in_force(today).filter(group=report.group, capacity__in=MINUTES_SEATS)
    return User.acting_for(seats.values("user"), today)
