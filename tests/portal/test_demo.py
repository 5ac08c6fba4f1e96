"""The demonstration year: every state is there, and each came about through the workflow alone."""

import ast
import datetime
import io
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.documents.models import IssuedDocument, RenderedFile
from apps.goals.models import Goal
from apps.grid.numbers import parse_number
from apps.groups.models import Member
from apps.indicators.models import IndicatorList, IndicatorListItem, TypicalList
from apps.meetings.models import Protocol
from apps.monitoring.campaign import year_to_open
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.organisations.models import Region
from apps.portal import demo
from apps.portal.demo.story import Calendar
from apps.workflow.models import AuditChain, AuditEntry, Remark
from apps.workflow.workflow import workflows
from tests.portal.counting import rows

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

PAPERS = (IndicatorList, MonitoringReport, Protocol, TypicalList)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """Build the year once on a merely migrated database, for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", stdout=io.StringIO(), stderr=io.StringIO())
        yield
        transaction.set_rollback(True)


def papers() -> list[dict]:
    said = io.StringIO()
    call_command("papers", "--json", stdout=said)
    return json.loads(said.getvalue())


def test_demo_renders_no_file_and_issues_what_the_steps_issue(demonstration, settings):
    assert RenderedFile.objects.count() == 0
    assert IssuedDocument.objects.filter(kind="list").exists()
    assert IssuedDocument.objects.filter(kind="report").exists()
    assert IssuedDocument.objects.filter(kind="protocol").exists()
    drawn = [path for path in Path(settings.DATA_DIR).rglob("*") if path.suffix in {".pdf", ".docx", ".xlsx"}]
    assert drawn == []


def test_demo_brings_the_fixtures_that_it_needs(demonstration):
    assert Goal.objects.count() == 17
    assert Region.objects.reporting().count() == 20
    typical = TypicalList.objects.get()
    assert (typical.status, typical.is_demonstration) == ("published", True)
    assert typical.items.count() == 40


def number(typed: str) -> Decimal:
    return parse_number(typed).value


def test_figures_lie_where_such_figures_lie(demonstration):
    """Shares stay within a hundred, rare things rare, money large; the way leads where better is."""
    items = IndicatorListItem.objects.all()
    for item in items:
        start, end = number(item.baseline), number(item.target)
        assert start > 0
        assert end > 0
        if item.unit_ru == "процент":
            assert max(start, end) <= 100, item.code
        if item.direction in {"higher", "lower"}:
            assert (end > start) == (item.direction == "higher"), item.code
    expected = {
        "8.5.2": (4, 6),
        "3.1.1": (10, 15),
        "8.1.1": (100, 140),
        "1.5.2": (100_000, 1_000_000),
        "7.3.1": (0, 1),
        "4.2.1": (1, 10),
    }
    for code, (low, high) in expected.items():
        values = {number(item.baseline) for item in items.filter(code=code)}
        assert len(values) > 1
        assert low <= min(values)
        assert max(values) <= high
    for line in ReportLine.objects.exclude(fact="").select_related("item"):
        bounds = sorted((number(line.item.baseline), number(line.item.target)))
        assert bounds[0] <= number(line.fact) <= bounds[1]
        assert bounds[0] <= number(line.plan) <= bounds[1]


def test_what_users_write_has_its_entry_of_history(demonstration):
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"create", "add_member", "created", "plan", "edit", "remark_added"} <= actions
    for paper in IndicatorList.objects.all():
        assert AuditEntry.objects.of(paper).order_by("pk").first().action == "created"
    for seat in Member.objects.select_related("group")[:5]:
        added = AuditEntry.objects.of(seat.group).filter(action="add_member")
        assert any(f"line:{seat.pk}" in entry.changes for entry in added)
    for protocol in Protocol.objects.filter(is_retrospective=False):
        written = AuditEntry.objects.of(protocol).order_by("pk").values_list("action", flat=True)
        assert list(written[:2]) == ["plan", "edit"]


def test_no_line_of_the_demonstration_writes_what_a_user_writes_through_a_form():
    written = ("Member", "WorkingGroup", "AgendaItem", "Attendance", "Decision", "Remark", "IndicatorList")
    for path in Path(demo.__file__).parent.glob("*.py"):
        for model in written:
            for way in ("create", "bulk_create", "update", "bulk_update"):
                assert f"{model}.objects.{way}(" not in path.read_text(), (path.name, model)


def test_mark_of_the_demonstration_stands_wherever_its_data_stand(demonstration, client):
    for address in ("auditor@sdg.demo", "reviewer@sdg.demo", "officer@sdg.demo", "staff.15@sdg.demo"):
        client.force_login(User.objects.get(email=address))
        paper = IndicatorList.objects.get(region="150000000", status="published")
        report = MonitoringReport.objects.filter(region="150000000", status="transmitted").first()
        pages = [
            paper.get_absolute_url(),
            report.get_absolute_url(),
            report.letters_url,
            reverse("indicators:indicatorlist_list"),
            reverse("monitoring:monitoringreport_list"),
            reverse("portal:region_detail", args=["150000000"]),
            reverse("portal:search") + "?q=3.1.1",
            reverse("portal:search") + "?q=Материнская",
        ]
        if "staff" not in address:
            pages.append(reverse("portal:regions"))
        for page in pages:
            shown = client.get(page.replace("/kk/", "/ru/"), follow=True)
            assert shown.status_code == 200, page
            assert "демонстрационный (неофициальный)" in shown.content.decode(), (address, page)


def test_there_is_always_a_year_to_walk():
    for month in range(1, 13):
        calendar = Calendar(datetime.date(2027, month, 10))
        assert calendar.running == calendar.closed + 1
        assert calendar.running >= year_to_open(calendar.today)


def test_demo_has_lists_in_every_state(demonstration):
    assert set(IndicatorList.objects.values_list("status", flat=True)) == {
        "draft",
        "sent",
        "returned",
        "agreed",
        "approved",
        "published",
    }
    drafts = IndicatorList.objects.filter(status="draft")
    assert drafts.filter(recommended_at=None).exists()
    assert drafts.exclude(recommended_at=None).exists()
    returned = IndicatorList.objects.filter(status="returned")
    assert all(Remark.objects.of(paper).open().exists() for paper in returned)
    without = set(Region.objects.reporting()) - {
        paper.region for paper in IndicatorList.objects.select_related("region")
    }
    assert [region.pk for region in without] == ["620000000"]


def workflow_remarks(paper: IndicatorList) -> int:
    from apps.workflow.models import Remark  # noqa: PLC0415

    return Remark.objects.of(paper).open().count()


def test_demo_has_reports_in_every_state(demonstration):
    reports = MonitoringReport.objects.with_completion()
    states = {report.status for report in reports}
    assert states == {"draft", "submitted", "considered", "returned", "transmitted", "accepted"}
    drafts = [report for report in reports if report.status == "draft"]
    assert any(report.filled_count == 0 for report in drafts)
    assert any(0 < report.filled_count < report.line_count for report in drafts)
    marks = Counter(code for report in reports for code in report.mark_codes)
    assert {"late", "without_consideration"} <= set(marks)
    assert {report.status for report in reports if "late" in report.mark_codes} == {
        "submitted",
        "transmitted",
    }


def test_demo_has_protocols_drafted_signed_and_entered_afterwards(demonstration):
    states = set(Protocol.objects.values_list("status", "is_retrospective"))
    assert states == {("draft", False), ("signed", False), ("signed", True)}


def test_every_status_is_the_last_step_of_the_papers_history(demonstration):
    """Only `Workflow.perform` changes a state, and it leaves an entry: the entries lead to each state."""
    transitions = 0
    for model in PAPERS:
        known = set(workflows[model._meta.label_lower].transitions)
        for paper in model.objects.all():
            state = "draft"
            for entry in AuditEntry.objects.of(paper).order_by("pk"):
                if entry.from_state == entry.to_state or not entry.from_state:
                    continue
                assert entry.action in known
                assert entry.from_state == state, (paper, entry.action)
                state = entry.to_state
                transitions += 1
            assert paper.status == state, (paper, paper.status)
    assert transitions > 100


def test_no_line_of_the_demonstration_writes_a_status():
    for path in Path(demo.__file__).parent.glob("*.py"):
        assert list(writes_of_status(ast.parse(path.read_text()))) == [], path.name


def writes_of_status(tree: ast.AST):
    """Yield the lines that assign to `.status` or hand `status` to anything that stores."""
    storing = {"create", "update", "bulk_update", "get_or_create", "update_or_create", "setattr", "save"}
    for node in ast.walk(tree):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) and any(
            isinstance(target, ast.Attribute) and target.attr.startswith("status") for target in targets
        ):
            yield node.lineno
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            models = {model.__name__ for model in PAPERS}
            words = {keyword.arg for keyword in node.keywords}
            constants = {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
            if name in storing | models and "status" in words | constants:
                yield node.lineno


@pytest.mark.parametrize(
    "line", ["paper.status = 'sent'", "lists.update(status='sent')", "setattr(paper, 'status', 'sent')"]
)
def test_the_search_for_writes_of_a_status_finds_them(line):
    assert list(writes_of_status(ast.parse(line))) == [1]


def test_history_of_the_demonstration_is_whole(demonstration):
    said = io.StringIO()
    call_command("verify_audit", "--json", stdout=said)
    found = json.loads(said.getvalue())
    assert found["faults"] == []
    assert found["entries"] == AuditEntry.objects.count() > 300
    assert found["chains"] == AuditChain.objects.count() == 21


def test_a_second_demo_is_refused_and_changes_nothing(demonstration):
    before = rows()
    refused = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("demo", stdout=io.StringIO(), stderr=refused)
    assert left.value.code == 1
    assert "already there" in refused.getvalue()
    assert rows() == before


def test_papers_lists_what_the_demonstration_shows(demonstration):
    listed = papers()
    states = {(row["kind"], row["state"]) for row in listed}
    assert {
        ("list", "draft"),
        ("list", "approved"),
        ("list", "published"),
        ("report", "transmitted"),
    } <= states
    assert {row["kind"] for row in listed} == {"list", "report", "protocol"}
    for kind, model in (("list", IndicatorList), ("report", MonitoringReport), ("protocol", Protocol)):
        stored = dict(model.objects.values_list("pk", "status"))
        assert {row["id"]: row["state"] for row in listed if row["kind"] == kind} == stored
    reporting = set(Region.objects.reporting().values_list("pk", flat=True))
    assert {row["region"] for row in listed} <= reporting


def test_signatory_of_a_letter_is_of_one_body_in_one_sentence(demonstration):
    approver = User.objects.get(email="approver.15@sdg.demo")
    assert approver.position_kk == "Ақтөбе облысы әкімінің орынбасары"
    assert approver.position_ru == "заместитель акима Актюбинской области"


def test_what_a_department_did_is_known_to_the_department(demonstration):
    sources = ReportLine.objects.exclude(data_source_ru="").values_list("section", "data_source_ru")
    assert {said for section, said in sources if section == "indicators"} == {"Бюро национальной статистики"}
    measures = {said for section, said in sources if section == "measures"}
    assert measures
    assert all(said.startswith("Управление") for said in measures)


def test_opening_the_years_again_finds_the_demonstration_as_it_is(demonstration):
    before = papers()
    for year in sorted({int(row["period"]) for row in before if row["kind"] == "report"}):
        said = io.StringIO()
        call_command("open_year", str(year), stdout=said)
        assert said.getvalue() == "reports 0 deadlines 0 followed 0\n"
    assert papers() == before
    assert {row["period"] for row in before if row["kind"] == "report"} >= {
        str(year_to_open(timezone.localdate()))
    }


def test_accounts_of_the_demonstration_can_sign_in(demonstration):
    said = io.StringIO()
    call_command("demo", "--accounts", "--json", stdout=said)
    for account in json.loads(said.getvalue()):
        assert User.objects.get(email=account["email"]).check_password(account["password"])
