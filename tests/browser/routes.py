"""Every route of the portal, and how to come to it in the demonstration year: one not named here fails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from apps.groups.models import Member, WorkingGroup
from apps.indicators.models import IndicatorList, IndicatorListItem, TypicalList
from apps.meetings.models import Meeting
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.workflow.models import HandOver, Remark

type Place = tuple[str, dict[str, Any]]

REVIEWER, AUDITOR, OFFICER = "reviewer@sdg.demo", "auditor@sdg.demo", "officer@sdg.demo"


def staff(paper: Any, who: str = "staff") -> str:
    """The address of the demonstration person of the paper's region."""
    return f"{who}.{paper.region_id[:2]}@sdg.demo"


def of_list(status: str, by: str = "", **more: Any) -> Callable[[], Place]:
    def place() -> Place:
        paper = IndicatorList.objects.filter(status=status).latest("pk")
        return by or staff(paper), {"pk": paper.pk, **more}

    return place


def of_list_from_paper() -> Place:
    """A list that came from paper in one language; that of the demonstration has both, so a text goes."""
    paper = IndicatorList.objects.filter(is_retrospective=True).latest("pk")
    paper.items.filter(pk=paper.items.earliest("pk").pk).update(regional_kk="")
    return staff(paper), {"pk": paper.pk}


def of_row() -> Place:
    row = IndicatorListItem.objects.filter(indicator_list__status="returned").earliest("pk")
    return staff(row.indicator_list), {"pk": row.indicator_list_id, "item": row.pk}


def of_report(status: str, by: str = "", **more: Any) -> Callable[[], Place]:
    def place() -> Place:
        paper = MonitoringReport.objects.filter(status=status, lines__isnull=False).latest("pk")
        return by or staff(paper), {"pk": paper.pk, **more}

    return place


def of_line() -> Place:
    line = ReportLine.objects.filter(report__status="draft").latest("pk")
    return staff(line.report), {"pk": line.report_id, "line": line.pk}


def of_free_line() -> Place:
    """A line that no list has brought; the demonstration has none, so one is copied."""
    line = ReportLine.objects.filter(report__status="draft").latest("pk")
    line.pk, line.item, line.position = None, None, line.position + 1
    line.save()
    return staff(line.report), {"pk": line.report_id, "line": line.pk}


def of_group(**more: Any) -> Callable[[], Place]:
    def place() -> Place:
        group = WorkingGroup.objects.earliest("pk")
        return staff(group), {"pk": group.pk, **more}

    return place


def of_seat() -> Place:
    seat = Member.objects.earliest("pk")
    return staff(seat.group), {"group": seat.group_id, "pk": seat.pk}


def in_group() -> Place:
    group = WorkingGroup.objects.earliest("pk")
    return staff(group), {"group": group.pk}


def of_meeting(status: str | None) -> Callable[[], Place]:
    def place() -> Place:
        held = (
            Meeting.objects.filter(protocol__status=status)
            if status
            else Meeting.objects.filter(held_on=None)
        )
        meeting = held.latest("pk")
        return staff(meeting.group, "secretary"), {"pk": meeting.pk}

    return place


def of_remark() -> Place:
    remark = Remark.objects.filter(resolved_at=None).earliest("pk")
    return staff(IndicatorList.objects.get(pk=remark.object_id)), {"pk": remark.pk}


def of_letter() -> Place:
    letter = HandOver.objects.filter(content_type__model="indicatorlist").latest("pk")
    return staff(IndicatorList.objects.get(pk=letter.object_id)), {"pk": letter.pk}


def a_region() -> Place:
    return REVIEWER, {"pk": "150000000"}


def by(email: str) -> Callable[[], Place]:
    return lambda: (email, {})


@dataclass(frozen=True)
class Visit:
    """A page to look at: as whom and with which arguments, found in the demonstration year."""

    place: Callable[[], Place]
    query: str = ""
    sign: str = ""  # tells several visits of one route apart in the names of pictures


LIST, REPORT = "indicators.indicatorlist", "monitoring.monitoringreport"
NOBODY, STAFF, SECRETARY = by(""), by("staff.15@sdg.demo"), by("secretary.15@sdg.demo")

# Routes without a page of their own, each with the reason.
NO_PAGE = {
    "favicon": "a picture",
    "root": "leads on to Today",
    "accounts:theme_set": "POST alone",
    "account_set_password": "leads on: everybody here has a password",
    "account_reset_password_from_key": "looked at with a real key in test_sign_in",
    "mfa_authenticate": "the second step, looked at in test_sign_in",
    "mfa_activate_totp": "asks for the password first, looked at in test_sign_in",
    "mfa_deactivate_totp": "only where it is turned on, looked at in test_sign_in",
    "mfa_reauthenticate": "only where a code is turned on, looked at in test_sign_in",
    "mfa_view_recovery_codes": "only where a code is turned on, looked at in test_sign_in",
    "mfa_generate_recovery_codes": "asks for the password first, looked at in test_sign_in",
    "mfa_download_recovery_codes": "a file",
    "portal:regions_csv": "a file",
    "attachments:attachment_download": "a file",
    "documents:issued_file": "a file",
    "documents:paper_file": "a file",
    "indicators:indicatorlist_cells": "answers the sheet's script",
    "monitoring:monitoringreport_cells": "answers the sheet's script",
    "notifications:notification_open": "POST alone",
    "notifications:notification_read_all": "POST alone",
    "workflow:remark_resolve": "POST alone",
}

VISITS: dict[str, tuple[Visit, ...]] = {
    "account_login": (Visit(NOBODY),),
    "account_inactive": (Visit(NOBODY),),
    "account_reset_password": (Visit(NOBODY),),
    "account_reset_password_done": (Visit(NOBODY),),
    "account_reset_password_from_key_done": (Visit(NOBODY),),
    "account_logout": (Visit(STAFF),),
    "account_change_password": (Visit(STAFF),),
    "account_reauthenticate": (Visit(STAFF),),
    "mfa_index": (Visit(STAFF),),
    "usersessions_list": (Visit(STAFF),),
    "accounts:profile_edit": (Visit(STAFF),),
    "portal:today": (
        Visit(STAFF),
        Visit(by(REVIEWER), sign="reviewer"),
        Visit(SECRETARY, sign="secretary"),
        Visit(by("operator@sdg.demo"), sign="operator"),
    ),
    "portal:regions": (Visit(by(REVIEWER)), Visit(by(REVIEWER), "?stage=listed", "listed")),
    "portal:region_detail": (Visit(a_region),),
    "portal:search": (Visit(STAFF, "?q=халық"), Visit(STAFF, "?q=zzz", "nothing")),
    "notifications:notification_list": (Visit(by(REVIEWER)),),
    "groups:workinggroup_list": (Visit(by(AUDITOR)),),
    "groups:workinggroup_create": (Visit(by("staff.15@sdg.demo")),),
    "groups:workinggroup_detail": (Visit(of_group()),),
    "groups:workinggroup_update": (Visit(of_group()),),
    "groups:member_create": (Visit(in_group),),
    "groups:member_update": (Visit(of_seat),),
    "meetings:meeting_list": (Visit(SECRETARY),),
    "meetings:meeting_create": (Visit(SECRETARY),),
    "meetings:meeting_detail": (
        Visit(of_meeting("signed"), sign="signed"),
        Visit(of_meeting("draft"), sign="draft"),
    ),
    "meetings:meeting_cancel": (Visit(of_meeting("draft")),),
    "meetings:protocol_attach": (Visit(of_meeting("signed")),),
    "meetings:protocol_on_paper": (Visit(SECRETARY),),
    "indicators:indicatorlist_list": (Visit(STAFF), Visit(by(REVIEWER), sign="reviewer")),
    "indicators:indicatorlist_create": (Visit(STAFF),),
    "indicators:indicatorlist_on_paper": (Visit(STAFF),),
    "indicators:indicatorlist_translation": (Visit(of_list_from_paper),),
    "indicators:indicatorlist_detail": (
        Visit(of_list("draft"), sign="draft"),
        Visit(of_list("returned"), sign="returned"),
        Visit(of_list("sent", REVIEWER), sign="sent"),
        Visit(of_list("published", AUDITOR), sign="published"),
    ),
    "indicators:indicatorlist_add": (Visit(of_list("draft")),),
    "indicators:indicatorlist_paste": (Visit(of_list("draft")),),
    "indicators:indicatorlistitem_update": (Visit(of_row),),
    "indicators:typicallist_detail": (
        Visit(lambda: (REVIEWER, {"pk": TypicalList.objects.latest("pk").pk})),
    ),
    "monitoring:monitoringreport_list": (Visit(STAFF), Visit(by(OFFICER), sign="officer")),
    "monitoring:monitoringreport_detail": (
        Visit(of_report("draft"), sign="draft"),
        Visit(of_report("transmitted", OFFICER), sign="transmitted"),
    ),
    "monitoring:monitoringreport_letters": (Visit(of_report("transmitted", OFFICER)),),
    "monitoring:monitoringreport_paste": (Visit(of_report("draft")),),
    "monitoring:reportline_update": (Visit(of_line),),
    "monitoring:reportline_delete": (Visit(of_free_line),),
    "workflow:paper_transition": (
        Visit(of_list("returned", model=LIST, name="send"), sign="send"),
        Visit(of_list("sent", REVIEWER, model=LIST, name="return_for_rework"), sign="return"),
        Visit(of_report("draft", model=REPORT, name="submit"), sign="submit"),
    ),
    "workflow:paper_history": (
        Visit(of_list("published", AUDITOR, model=LIST), sign="list"),
        Visit(of_report("transmitted", AUDITOR, model=REPORT), sign="report"),
    ),
    "workflow:remark_create": (Visit(of_list("sent", REVIEWER, model=LIST)),),
    "workflow:remark_answer": (Visit(of_remark),),
    "workflow:handover_edit": (Visit(of_letter),),
    "workflow:handover_attach": (Visit(of_letter),),
}


def named_routes() -> Iterator[str]:
    """The names of all routes but the operators' pages, which are Django's own."""
    yield from _names(get_resolver().url_patterns, "")


def _names(patterns: list[Any], space: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
