"""Two real connections race for one paper: one wins, whoever it is, and everything happens once.

SQLite has no row locks; its transactions are IMMEDIATE, so that writers take turns, and a negative control
cannot be shown on it. These tests run on PostgreSQL.
"""

import threading
from contextlib import suppress

import pytest
from django.db import connections

from apps.workflow import audit, remarks
from apps.workflow.models import AuditChain, AuditEntry, Remark
from apps.workflow.workflow import Gap, Refused, Transition, Workflow, workflows
from tests.workflow.paperapp.models import Memo, Note
from tests.workflow.paperapp.workflow import STEPS, memo_workflow, write_note

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.servers,
]
RACES = 50


class LocklessWorkflow(Workflow):
    """What the kernel would be if it trusted the row as it read it."""

    def lock(self, paper):
        return self.model._default_manager.get(pk=paper.pk)


class Meeting:
    """A check at which the racers wait for each other, so that a race that can happen does happen."""

    def __init__(self, racers=2, seconds=0.5):
        self.barrier, self.seconds = threading.Barrier(racers), seconds

    def __call__(self, _paper, _actor) -> list[Gap]:
        with suppress(threading.BrokenBarrierError):
            self.barrier.wait(timeout=self.seconds)
        return []


@pytest.fixture
def make_workflow():
    """Workflows of one step whose check is a meeting; the memo's own is registered again afterwards."""

    def make(kind, check):
        step = Transition(
            "send", "Send", ("draft",), "sent", "paperapp.send_memo", check=check, effects=(write_note,)
        )
        return kind(Memo, (step,), states=Memo.Status)

    yield make
    workflows["paperapp.memo"] = memo_workflow


def race(*deeds):
    """Run each deed on a connection of its own, all at once; return what each came to."""
    outcomes, start = [], threading.Barrier(len(deeds))

    def run(deed):
        try:
            start.wait(timeout=20)
            outcomes.append(deed().status)
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_double_submit_takes_the_step_once(memo, writer, make_workflow):
    flow = make_workflow(Workflow, Meeting())
    outcomes = race(*[lambda: flow.perform(memo, "send", actor=writer)] * 2)
    assert outcomes == ["done", "sent"]
    assert (Note.objects.count(), AuditEntry.objects.count()) == (1, 1)
    memo.refresh_from_db()
    assert (memo.status, memo.version) == ("sent", 2)


def test_double_submit_takes_the_step_twice_without_the_lock(memo, writer, make_workflow):
    """Negative control: the same race over a kernel that does not lock the row."""
    flow = make_workflow(LocklessWorkflow, Meeting(seconds=20))
    outcomes = race(*[lambda: flow.perform(memo, "send", actor=writer)] * 2)
    assert outcomes == ["sent", "sent"]
    assert (Note.objects.count(), AuditEntry.objects.count()) == (2, 2)


def test_many_races_have_one_winner_each(writer, akimat):
    for _turn in range(RACES):
        memo = Memo.objects.create(region_id="110000000", text="A race")
        outcomes = race(*[lambda memo=memo: memo_workflow.perform(memo, "send", actor=writer)] * 4)
        assert outcomes == ["done", "done", "done", "sent"]
    assert (Note.objects.count(), AuditEntry.objects.count()) == (RACES, RACES)
    assert list(audit.faults(AuditChain.objects.get())) == []


def test_opposite_steps_have_one_winner(memo, writer, reviewer):
    for _turn in range(RACES):
        memo = Memo.objects.create(region_id="110000000", text="A race")
        memo = memo_workflow.perform(memo, "send", actor=writer)
        outcomes = race(
            lambda memo=memo: memo_workflow.perform(memo, "recall", actor=writer),
            lambda memo=memo: memo_workflow.perform(memo, "return", actor=reviewer, comment="Mend it"),
        )
        assert outcomes in (["draft", "state"], ["returned", "state"])


def test_deeds_on_different_papers_of_one_chain_do_not_fail(writer, akimat):
    memos = [Memo.objects.create(region_id="110000000", text="A race") for _ in range(8)]
    outcomes = race(*[lambda memo=memo: memo_workflow.perform(memo, "send", actor=writer) for memo in memos])
    assert outcomes == ["sent"] * 8
    assert list(audit.faults(AuditChain.objects.get())) == []


def remark_while_agreeing(kind, memo, writer, reviewer, monkeypatch):
    """Write a remark that waits, between its judgement and its row, for the paper to be agreed meanwhile."""
    flow = kind(Memo, STEPS, states=Memo.Status)
    memo = flow.perform(memo, "send", actor=writer)
    judged, agreed = threading.Event(), threading.Event()

    def wait(_paper):
        judged.set()
        agreed.wait(timeout=1)
        return 1

    monkeypatch.setattr(type(Remark.objects.all()), "round_of", lambda _rows, paper: wait(paper))
    monkeypatch.setattr(Memo, "remark_states", ("sent",))

    def agree():
        judged.wait(timeout=20)
        try:
            return memo_workflow.perform(memo, "return", actor=reviewer, comment="Mend it")
        finally:
            agreed.set()

    outcomes = race(lambda: remarks.write(Remark(text="?"), memo, reviewer).paper, agree)
    entries = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    return outcomes, list(entries)


def test_remark_never_lands_on_a_paper_that_moved_on(memo, writer, reviewer, make_workflow, monkeypatch):
    outcomes, entries = remark_while_agreeing(Workflow, memo, writer, reviewer, monkeypatch)
    assert outcomes == ["returned", "sent"]
    assert entries == ["send", "remark_added", "return"]


def test_remark_lands_too_late_without_the_lock(memo, writer, reviewer, make_workflow, monkeypatch):
    """Negative control: the paper is back already when the remark is written."""
    _outcomes, entries = remark_while_agreeing(LocklessWorkflow, memo, writer, reviewer, monkeypatch)
    assert entries == ["send", "return", "remark_added"]
