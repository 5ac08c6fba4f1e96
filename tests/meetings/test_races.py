"""Two people sign, or one signs while the other edits, on two real connections: everything happens once.

PostgreSQL only: on SQLite writers take turns anyway, and a negative control cannot be shown.
"""

import datetime
import threading
import time

import pytest
from django.db import OperationalError, connection, connections
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from apps.documents.models import IssuedDocument
from apps.groups.models import WorkingGroupQuerySet
from apps.meetings import decisions, planning, workflow
from apps.meetings.draft import MeetingDraft, take_up
from apps.meetings.models import Meeting, Protocol
from apps.meetings.workflow import protocol_workflow
from apps.workflow import audit
from apps.workflow.models import AuditChain, AuditEntry
from apps.workflow.workflow import Refused
from tests.factories.meetings import AttendanceFactory, MeetingFactory, account, full_group
from tests.factories.monitoring import ListFactory, ReportFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.servers,
]


def race(*deeds):
    """Run each deed on a connection of its own, all at once; return what each came to."""
    outcomes, start = [], threading.Barrier(len(deeds))

    def run(deed):
        try:
            start.wait(timeout=20)
            outcomes.append(deed())
        except Refused as refused:
            outcomes.append(refused.code)
        except OperationalError:
            outcomes.append("deadlock")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def held_meeting(group, *taken_up, number="1"):
    meeting = MeetingFactory(group=group, protocol__number=number)
    for seat in group.members.all():
        AttendanceFactory(meeting=meeting, member=seat)
    for position, (paper, kind) in enumerate(taken_up, 1):
        take_up(meeting, paper, decisions.kinds[kind], position)
    return meeting.protocol


@pytest.fixture
def ready():
    """A protocol that considers a report; its group has a chair and a secretary who may both sign."""
    group = full_group()
    report = ReportFactory(submitted=True, organisation=group.organisation)
    return held_meeting(group, (report, "consider_report"))


def signing(protocol, capacity="secretary"):
    actor = account(protocol.meeting.group, capacity)
    return lambda: protocol_workflow.perform(protocol, "sign", actor=actor).status


def test_two_who_sign_at_once_sign_once(ready):
    assert race(signing(ready, "secretary"), signing(ready, "chair")) == ["done", "signed"]
    assert IssuedDocument.objects.count() == 1
    assert AuditEntry.objects.filter(action="consider").count() == 1
    assert list(audit.faults(AuditChain.objects.get())) == []


class SlowDraft(MeetingDraft):
    """An edit that waits, between its check and its writing, for a signing to come in between."""

    def __init__(self, *args):
        super().__init__(*args)
        self.checked, self.signed = threading.Event(), threading.Event()

    def _store(self):
        self.checked.set()
        self.signed.wait(timeout=1)
        return super()._store()


class LocklessDraft(SlowDraft):
    """The same if it trusted the row as it read it."""

    def _lock(self):
        return Protocol.objects.select_related("meeting__group").get(pk=self.protocol.pk)


def edit_while_signing(draft_class, protocol):
    meeting = Meeting.objects.select_related("group__organisation", "protocol").get()
    actor = account(meeting.group, "secretary")
    data = QueryDict(
        "meeting-held_on=22.10.2026&meeting-form=mixed&meeting-place_kk=Басқа зал&meeting-place_ru=Другой зал"
        "&protocol-number=1&protocol-dated=22.10.2026"
    )
    draft = draft_class(meeting, [], data)
    draft.questions = []
    assert draft.is_valid(), draft.faults
    sign = signing(protocol)

    def signing_in_between():
        draft.checked.wait(timeout=20)
        try:
            return sign()
        finally:
            draft.signed.set()

    return race(lambda: f"edited: {draft.save(actor, protocol.version)}", signing_in_between)


def test_edit_never_slips_into_a_signed_protocol(ready):
    assert edit_while_signing(SlowDraft, ready) == ["edited: True", "signed"]
    assert Meeting.objects.get().place_kk == "Басқа зал"
    assert "Басқа зал" in str(IssuedDocument.objects.get().snapshot)


def test_edit_slips_into_a_signed_protocol_without_the_lock(ready):
    """Negative control: the paper says one place, the meeting another."""
    assert edit_while_signing(LocklessDraft, ready) == ["edited: True", "signed"]
    assert Meeting.objects.get().place_kk == "Басқа зал"
    assert "Басқа зал" not in str(IssuedDocument.objects.get().snapshot)


@pytest.fixture
def opposite(monkeypatch):
    """Two protocols that decide on the same two papers in opposite order, slowly."""

    def slowly(decision, actor, perform=workflow._carry_out):
        perform(decision, actor)
        time.sleep(0.5)

    monkeypatch.setattr(workflow, "_carry_out", slowly)
    group = full_group()
    body = group.organisation
    drawn_up = ListFactory(draft=True, organisation=body, year=2027)
    report = ReportFactory(submitted=True, organisation=body)
    pair = [(drawn_up, "recommend_list"), (report, "consider_report")]
    return held_meeting(group, *pair), held_meeting(group, *reversed(pair), number="2")


def test_protocols_that_share_papers_take_turns(opposite):
    """The papers are locked by id before the first of them writes its history."""
    assert race(*map(signing, opposite)) == ["decision", "signed"]
    assert list(audit.faults(AuditChain.objects.get())) == []


def test_protocols_that_share_papers_block_each_other_without_the_locks(opposite, monkeypatch):
    """Negative control: one of the two falls victim to a deadlock."""
    monkeypatch.setattr(workflow, "_lock_papers", lambda _decisions: None)
    assert "deadlock" in race(*map(signing, opposite))


def plan_twice(monkeypatch):
    """Two presses at once: each looks whether the day is free before the other has stored its meeting."""
    group = full_group()
    actor = account(group, "secretary")

    def slowly(meeting, *args, save=Meeting.save, **options):
        time.sleep(0.5)
        save(meeting, *args, **options)

    monkeypatch.setattr(Meeting, "save", slowly)
    day = datetime.date(2027, 1, 22)

    def press():
        return str(planning.plan(Meeting(group=group, held_on=day), actor).held_on)

    return race(press, press)


def test_two_presses_plan_one_meeting(monkeypatch):
    assert plan_twice(monkeypatch) == ["2027-01-22", "same_day"]
    assert Meeting.objects.count() == 1


def test_two_presses_plan_two_meetings_without_the_lock(monkeypatch):
    """Negative control: the same with the group's row merely read."""
    monkeypatch.setattr(WorkingGroupQuerySet, "select_for_update", lambda rows, **_options: rows)
    assert plan_twice(monkeypatch) == ["2027-01-22", "2027-01-22"]
    assert Meeting.objects.count() == 2


def test_signing_locks_lists_before_reports_as_publishing_does():
    """Publishing locks lists, then reports: the other way round the two would meet head on."""
    group = full_group()
    report = ReportFactory(submitted=True, organisation=group.organisation)
    paper = ListFactory(draft=True, organisation=group.organisation, year=2027)
    protocol = held_meeting(group, (report, "consider_report"), (paper, "recommend_list"))
    with CaptureQueriesContext(connection) as queries:
        signing(protocol)()
    locked = [one["sql"] for one in queries if "FOR UPDATE" in one["sql"]]
    order = [
        table
        for sql in locked
        for table in ("indicatorlist", "monitoringreport")
        if f'{table}"."id" IN' in sql
    ]
    assert order == ["indicatorlist", "monitoringreport"]
