"""A region whose every text carries a canary, and the address of each of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from apps.accounts.models import Role
from apps.attachments.models import Attachment
from apps.documents.models import IssuedDocument
from apps.notifications.models import Notification
from apps.workflow import audit
from apps.workflow.models import AuditEntry, HandOver, Remark
from apps.workflow.workflow import workflow_of
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.factories.meetings import (
    AgendaItemFactory,
    DecisionFactory,
    MeetingFactory,
    MemberFactory,
    account,
    full_group,
)
from tests.factories.monitoring import LineFactory, ReportFactory
from tests.factories.people import OrganisationFactory, RegionFactory, person

CANARY = "Қанарей-канарейка"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
HUGE = 10**25


@dataclass
class World:
    """A region with its people and its papers in the states that others might want to see."""

    people: dict[str, Any]
    group: Any
    lists: list[Any]
    reports: list[Any]
    meetings: list[Any]

    @property
    def papers(self) -> list[Any]:
        return [*self.lists, *self.reports, *(meeting.protocol for meeting in self.meetings)]


def world(canary: str) -> World:
    """Build a region; with a canary, it stands in all that its people have typed."""
    akimat = OrganisationFactory()
    group = full_group(organisation=akimat, name_ru=f"Группа {canary}", name_kk=f"Топ {canary}")
    group.members.update(full_name=f"А. {canary}")
    department = OrganisationFactory(department=True, region=akimat.region, parent=akimat)
    district = OrganisationFactory(region=RegionFactory(district=True, parent=akimat.region))
    people = {
        "staff": person(Role.AKIMAT_STAFF, akimat),
        "approver": person(Role.AKIMAT_APPROVER, akimat),
        "department": person(Role.DEPARTMENT_EXECUTOR, department),
        "district": person(Role.DISTRICT_STAFF, district),
        "secretary": account(group, "secretary"),
        "member": MemberFactory(group=group, signs_in=True, full_name=f"Б. {canary}").user,
    }
    words = {"regional_ru": f"Индикатор {canary}", "regional_kk": f"Индикатор {canary}"}
    lists = [
        IndicatorListFactory(organisation=akimat, year=2026, published=True),
        IndicatorListFactory(organisation=akimat, year=2027),
    ]
    for paper in lists:
        IndicatorListItemFactory(indicator_list=paper, **words)
    reports = [
        ReportFactory(organisation=akimat, year=2025, submitted=True),
        ReportFactory(organisation=akimat, year=2026),
    ]
    for report in reports:
        LineFactory(report=report, name_ru=f"Строка {canary}", name_kk=f"Жол {canary}", fact=f"4,7 {canary}")
    meetings = [_meeting(group, status, canary) for status in ("draft", "signed")]
    built = World(people, group, lists, reports, meetings)
    for paper in built.papers:
        _surround(paper, people["staff"], canary)
    return built


def _meeting(group: Any, status: str, canary: str) -> Any:
    meeting = MeetingFactory(group=group, place_ru=f"Зал {canary}", place_kk=f"Зал {canary}")
    type(meeting.protocol).objects.filter(meeting=meeting).update(status=status, number=canary[:20])
    item = AgendaItemFactory(meeting=meeting, title_ru=f"О {canary}", title_kk=f"{canary} туралы")
    DecisionFactory(item=item, text_ru=f"Решили {canary}", text_kk=f"Шешім {canary}")
    meeting.protocol.refresh_from_db()
    return meeting


def _surround(paper: Any, user: Any, canary: str) -> None:
    """What belongs to a paper: a scan, a letter, a remark, an issue, history, a message."""
    step = next(iter(workflow_of(paper).transitions))
    Attachment.objects.attach(paper, ContentFile(PDF, f"{canary}.pdf"), purpose=step, user=user)
    letter = {"outgoing_number": canary[:20], "signatory_name": canary}
    HandOver.objects.create(paper=paper, transition=step, entered_by=user, **letter)
    Remark.objects.create(paper=paper, author=user, text=f"Ескерту {canary}")
    with transaction.atomic():
        audit.record(paper, user, "edit", comment=f"Түсінік {canary}")
    kind = {"indicatorlist": "list", "monitoringreport": "report", "protocol": "protocol"}
    IssuedDocument.objects.issue(paper, kind[paper._meta.model_name])
    Notification.objects.create(
        recipient=user,
        language="ru",
        kind="told",
        key=f"{paper._meta.label}:{paper.pk}",
        subject_kk=canary,
        subject_ru=canary,
        paper=paper,
    )


def state_of(one: World) -> list[Any]:
    """Every row that a stranger must not have changed."""
    items = [row for paper in one.lists for row in paper.items.order_by("pk").values()]
    lines = [row for report in one.reports for row in report.lines.order_by("pk").values()]
    papers = [type(paper).objects.filter(pk=paper.pk).values().get() for paper in one.papers]
    around = [
        list(model.objects.of(paper).order_by("pk").values())
        for paper in one.papers
        for model in (Attachment, HandOver, Remark, AuditEntry)
    ]
    seats = list(one.group.members.order_by("pk").values())
    read = list(Notification.objects.filter(recipient=one.people["staff"]).order_by("pk").values("read_at"))
    return [items, lines, papers, around, seats, read]


def places_of(one: World) -> dict[str, list[dict[str, Any]]]:
    """The arguments of each route that names something of the region."""
    seat = one.group.members.earliest("pk")
    lists = [{"pk": paper.pk} for paper in one.lists]
    reports = [{"pk": report.pk} for report in one.reports]
    meetings = [{"pk": meeting.pk} for meeting in one.meetings]
    rows = [{"pk": paper.pk, "item": paper.items.get().pk} for paper in one.lists]
    lines = [{"pk": report.pk, "line": report.lines.get().pk} for report in one.reports]
    papers = [{"model": paper._meta.label_lower, "pk": paper.pk} for paper in one.papers]
    steps = [
        {**place, "name": name}
        for place, paper in zip(papers, one.papers, strict=True)
        for name in workflow_of(paper).transitions
    ]
    kinds = {"indicatorlist": "list", "monitoringreport": "report", "protocol": "protocol"}
    form = {"language": "ru", "format": "xlsx"}
    files = [{"kind": kinds[paper._meta.model_name], "pk": paper.pk, **form} for paper in one.papers]

    def around(model: Any) -> list[dict[str, Any]]:
        return [{"pk": row.pk} for paper in one.papers for row in model.objects.of(paper)]

    told = Notification.objects.filter(recipient=one.people["staff"])
    return {
        "attachments:attachment_download": around(Attachment),
        "documents:issued_file": [{**row, **form} for row in around(IssuedDocument)],
        "documents:paper_file": files,
        "groups:workinggroup_detail": [{"pk": one.group.pk}],
        "groups:workinggroup_update": [{"pk": one.group.pk}],
        "groups:member_create": [{"group": one.group.pk}],
        "groups:member_update": [{"group": one.group.pk, "pk": seat.pk}],
        "indicators:indicatorlist_detail": lists,
        "indicators:indicatorlist_cells": lists,
        "indicators:indicatorlist_add": lists,
        "indicators:indicatorlist_paste": lists,
        "indicators:indicatorlistitem_update": rows,
        "meetings:meeting_detail": meetings,
        "meetings:meeting_cancel": meetings,
        "meetings:protocol_attach": meetings,
        "monitoring:monitoringreport_detail": reports,
        "monitoring:monitoringreport_cells": reports,
        "monitoring:monitoringreport_letters": reports,
        "monitoring:monitoringreport_paste": reports,
        "monitoring:reportline_update": lines,
        "monitoring:reportline_delete": lines,
        "notifications:notification_open": [{"pk": one.pk} for one in told],
        "workflow:paper_transition": steps,
        "workflow:paper_history": papers,
        "workflow:remark_create": papers,
        "workflow:remark_answer": around(Remark),
        "workflow:remark_resolve": around(Remark),
        "workflow:handover_edit": around(HandOver),
    }


# Routes whose arguments name nothing of a region's own; the pages open, and show nothing of it.
COMMON = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "a-b"},
    "indicators:typicallist_detail": {"pk": 1},
    "portal:regions_csv": {"year": 2026},
    "portal:region_detail": {"pk": ""},
}


def routes() -> Iterator[tuple[str, bool]]:
    """Every named route besides the operators' pages, and whether it takes arguments."""
    yield from _routes(get_resolver().url_patterns, "")


def _routes(patterns: list[Any], space: str) -> Iterator[tuple[str, bool]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from _routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", bool(pattern.pattern.regex.groups)
