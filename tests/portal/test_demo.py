"""The demonstration year: every state is there, and each came about through the workflow alone."""

import ast
import io
import json
import time
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps as installed
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.documents.models import IssuedDocument, RenderedFile
from apps.goals.models import Goal
from apps.indicators.models import IndicatorList, TypicalList
from apps.meetings.models import Protocol
from apps.monitoring.campaign import year_to_open
from apps.monitoring.models import MonitoringReport
from apps.organisations.models import Region
from apps.portal import demo
from apps.workflow.models import AuditChain, AuditEntry, Remark
from apps.workflow.workflow import workflows

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

SECONDS = 60
PAPERS = (IndicatorList, MonitoringReport, Protocol, TypicalList)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """Build the year once on a merely migrated database, for all tests of this file; say how long it took.

    The time is that of this process alone: what else the machine does is not the demonstration's.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        started = time.process_time()
        call_command("demo", stdout=io.StringIO(), stderr=io.StringIO())
        yield time.process_time() - started
        transaction.set_rollback(True)


def rows() -> dict[str, int]:
    """Count the rows of every table of the portal."""
    return {model._meta.label: model._base_manager.count() for model in installed.get_models()}


def papers() -> list[dict]:
    said = io.StringIO()
    call_command("papers", "--json", stdout=said)
    return json.loads(said.getvalue())


def test_demo_takes_less_than_a_minute(demonstration):
    assert demonstration < SECONDS


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


def test_demo_is_refused_in_production(db, settings):
    settings.PRODUCTION = True
    people = get_user_model().objects.count()
    said = io.StringIO()
    with pytest.raises(SystemExit) as refused:
        call_command("demo", stderr=said)
    assert refused.value.code == 1
    assert "password" in said.getvalue()
    assert get_user_model().objects.count() == people
