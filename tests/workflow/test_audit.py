"""Whatever is done to the history behind the portal's back is found."""

import json
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from apps.workflow import audit
from apps.workflow.models import AuditChain, AuditEntry
from tests.workflow.paperapp.models import Memo
from tests.workflow.paperapp.workflow import memo_workflow

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def change(what, sequence, chain):
    where = f"chain_id = {chain.pk} AND sequence = {sequence}"
    sql(f"UPDATE workflow_auditentry SET {what} WHERE {where}")  # noqa: S608 - what an intruder would do


def verify(*arguments):
    """Run the command; return its exit code and the faults that it names."""
    out, code = StringIO(), 0
    try:
        call_command("verify_audit", "--json", *arguments, stdout=out)
    except SystemExit as end:
        code = end.code
    found = json.loads(out.getvalue())["faults"]
    return code, [(fault["chain"], fault["sequence"], fault["kind"]) for fault in found]


@pytest.fixture
def history(memo, writer):
    """Five entries of one chain and one of another."""
    other = Memo.objects.create(region_id="150000000", text="Elsewhere")
    with transaction.atomic():
        for turn in range(1, 6):
            audit.record(memo, writer, "edit", comment=f"turn {turn}", changes={"text": [None, turn * 0.5]})
        audit.record(other, writer, "edit")
    return AuditChain.objects.get(name="110000000")


def test_untouched_history_is_intact(history):
    assert verify() == (0, [])


def test_lines_name_the_chain_the_place_and_the_kind(history):
    sql("UPDATE workflow_auditentry SET comment = 'nothing' WHERE chain_id = %s AND sequence = 3", history.pk)
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit", stdout=out)
    assert end.value.code == 1
    assert out.getvalue().splitlines() == ["110000000 3 changed", "chains 2 entries 6 faults 1"]


@pytest.mark.parametrize(
    "column",
    ["comment", "action", "actor_name", "capacity", "object_id", "from_state", "to_state", "basis_id"],
)
def test_changed_words_are_found(history, memo, column):
    change(f"{column} = '9'", 3, history)
    astray = [(f"110000000 paperapp.memo {memo.pk}", 0, "state")] if column == "to_state" else []
    assert verify() == (1, [("110000000", 3, "changed"), *astray])


def test_changed_moment_person_and_values_are_found(history, stranger):
    change("moment = '2026-01-01 00:00:00+00:00'", 1, history)
    change(f"actor_id = {stranger.pk}", 2, history)
    change("changes = '{}'", 4, history)
    assert verify() == (1, [("110000000", place, "changed") for place in (1, 2, 4)])


def test_entry_changed_together_with_its_hash_is_found_by_the_next(history):
    entry = history.entries.get(sequence=3)
    entry.comment = "rewritten"
    sql(
        "UPDATE workflow_auditentry SET comment = %s, hash = %s WHERE id = %s",
        entry.comment,
        audit.fingerprint(entry),
        entry.pk,
    )
    assert verify() == (1, [("110000000", 4, "moved")])


def test_last_entry_changed_together_with_its_hash_is_found_by_the_head(history):
    entry = history.entries.get(sequence=5)
    entry.comment = "rewritten"
    sql(
        "UPDATE workflow_auditentry SET comment = %s, hash = %s WHERE id = %s",
        entry.comment,
        audit.fingerprint(entry),
        entry.pk,
    )
    assert verify() == (1, [("110000000", 5, "changed")])


def test_removed_entry_is_found(history):
    sql("DELETE FROM workflow_auditentry WHERE chain_id = %s AND sequence = 3", history.pk)
    assert verify() == (1, [("110000000", 3, "missing")])


def test_removed_entry_is_found_when_the_later_ones_move_up(history):
    sql("DELETE FROM workflow_auditentry WHERE chain_id = %s AND sequence = 3", history.pk)
    for place in (4, 5):
        sql(
            "UPDATE workflow_auditentry SET sequence = %s WHERE chain_id = %s AND sequence = %s",
            place - 1,
            history.pk,
            place,
        )
    assert verify() == (
        1,
        [
            ("110000000", 3, "moved"),
            ("110000000", 3, "changed"),
            ("110000000", 4, "changed"),
            ("110000000", 5, "cut"),
        ],
    )


def test_swapped_entries_are_found(history):
    for old, new in ((2, 99), (4, 2), (99, 4)):
        sql(
            "UPDATE workflow_auditentry SET sequence = %s WHERE chain_id = %s AND sequence = %s",
            new,
            history.pk,
            old,
        )
    code, found = verify()
    assert code == 1
    assert {(sequence, kind) for _chain, sequence, kind in found} >= {
        (2, "changed"),
        (4, "changed"),
        (2, "moved"),
    }


def test_inserted_entry_is_found_at_the_end_and_in_between(history):
    forged = history.entries.get(sequence=5)
    forged.pk, forged.sequence, forged.previous_hash = None, 6, forged.hash
    forged.hash = audit.fingerprint(forged)
    forged.save()
    assert verify() == (1, [("110000000", 6, "inserted")])
    sql("UPDATE workflow_auditchain SET length = 6 WHERE id = %s", history.pk)
    assert verify() == (1, [("110000000", 6, "changed")])


def test_entry_carried_over_from_another_chain_is_found(history):
    sql(
        "UPDATE workflow_auditentry SET chain_id = %s, sequence = 6 WHERE chain_id != %s",
        history.pk,
        history.pk,
    )
    assert verify() == (1, [("110000000", 6, "inserted"), ("150000000", 1, "cut")])


def test_cut_tail_is_found(history):
    sql("DELETE FROM workflow_auditentry WHERE chain_id = %s AND sequence = 5", history.pk)
    assert verify() == (1, [("110000000", 5, "cut")])


def test_tail_cut_together_with_its_head_is_found_by_the_anchor_alone(history, tmp_path):
    anchor = tmp_path / "heads.txt"
    assert verify("--anchor", str(anchor)) == (0, [])
    assert verify("--anchor", str(anchor)) == (0, [])
    assert len(anchor.read_text().splitlines()) == 2
    fourth = history.entries.get(sequence=4)
    sql("DELETE FROM workflow_auditentry WHERE chain_id = %s AND sequence = 5", history.pk)
    sql("UPDATE workflow_auditchain SET head = %s, length = 4 WHERE id = %s", fourth.hash, history.pk)
    assert verify() == (0, [])
    assert verify("--anchor", str(anchor)) == (1, [("110000000", 5, "unanchored")])
    assert len(anchor.read_text().splitlines()) == 2


def test_forged_anchor_is_found(history, tmp_path):
    anchor = tmp_path / "heads.txt"
    verify("--anchor", str(anchor))
    anchor.write_text(anchor.read_text().replace('[5, "', '[4, "'))
    assert verify("--anchor", str(anchor)) == (1, [(str(anchor), 1, "unanchored")])


def test_anchor_in_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="There is no folder") as refused:
        verify("--anchor", str(tmp_path / "nowhere" / "heads.txt"))
    assert refused.value.returncode == 1


def test_chain_removed_with_all_its_entries_is_found_by_its_papers(history, memo, capsys):
    """Whoever removes a chain whole leaves no broken link: its papers are there without a past."""
    assert list(audit.without_history(Memo.objects.all())) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM workflow_auditentry")
        cursor.execute("DELETE FROM workflow_auditchain")
    lost = audit.Fault(f"110000000 paperapp.memo {memo.pk}", 0, "lost")
    assert lost in audit.without_history(Memo.objects.all())
    with pytest.raises(SystemExit) as left:
        call_command("verify_audit")
    assert left.value.code == 1
    assert f"paperapp.memo {memo.pk} 0 lost" in capsys.readouterr().out


def test_state_written_past_the_workflow_is_found(memo, writer):
    memo_workflow.perform(memo, "send", actor=writer)
    assert list(audit.out_of_state(Memo.objects.all())) == []
    Memo.objects.filter(pk=memo.pk).update(status=Memo.Status.AGREED)
    assert list(audit.out_of_state(Memo.objects.all())) == [
        audit.Fault(f"110000000 paperapp.memo {memo.pk}", 0, "state")
    ]
    assert verify() == (1, [(f"110000000 paperapp.memo {memo.pk}", 0, "state")])


def test_state_of_a_paper_that_took_no_step_is_its_first_one(history, memo):
    assert verify() == (0, [])
    Memo.objects.filter(pk=memo.pk).update(status=Memo.Status.SENT)
    assert verify() == (1, [(f"110000000 paperapp.memo {memo.pk}", 0, "state")])


def test_chains_that_exchanged_their_names_are_found(history):
    other = AuditChain.objects.exclude(pk=history.pk).get()
    for name, chain in (("between", history), (history.name, other), (other.name, history)):
        sql("UPDATE workflow_auditchain SET name = %s WHERE id = %s", name, chain.pk)
    status, found = verify()
    assert status == 1
    assert {(chain, kind) for chain, _sequence, kind in found} >= {
        (history.name, "changed"),
        (other.name, "changed"),
    }


def test_history_is_append_only_in_code(history):
    entry = history.entries.first()
    for attempt in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(TypeError):
            attempt()
    with pytest.raises(TypeError):
        AuditEntry.objects.update(comment="x")


@pytest.mark.django_db(transaction=True)
def test_entry_outside_of_a_transaction_is_refused(memo, writer):
    with pytest.raises(transaction.TransactionManagementError):
        audit.record(memo, writer, "edit")


def test_appending_takes_the_same_queries_whatever_the_length(memo, writer, django_assert_num_queries):
    def append():
        with transaction.atomic():
            audit.record(memo, writer, "edit")

    append()
    for _turn in range(2):
        # A savepoint begun and ended, the head locked, the entry, the head.
        with django_assert_num_queries(5):
            append()


def append_in_parallel(memo, writer, writers, turns):
    """Let several connections write into one chain at once; return the errors that they met."""
    errors, start = [], threading.Barrier(writers)

    def write():
        try:
            start.wait(timeout=20)
            for _turn in range(turns):
                with transaction.atomic():
                    audit.record(memo, writer, "edit")
        except Exception as error:  # noqa: BLE001 - judged by the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_eight_parallel_writers_do_not_fork_the_chain(memo, writer):
    assert append_in_parallel(memo, writer, writers=8, turns=50) == []
    chain = AuditChain.objects.get()
    assert (chain.length, chain.entries.count(), list(audit.faults(chain))) == (400, 400, [])


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_parallel_writers_collide_without_the_lock(memo, writer, monkeypatch):
    """Negative control: with the head merely read, the constraint behind the code stops the same run."""
    monkeypatch.setattr(audit, "lock_head", lambda name: AuditChain.objects.get_or_create(name=name)[0])
    errors = append_in_parallel(memo, writer, writers=8, turns=50)
    assert errors
    assert all(isinstance(error, IntegrityError) for error in errors)


def test_memo_workflow_writes_into_the_chain_that_the_paper_names(memo, writer):
    memo_workflow.perform(memo, "send", actor=writer)
    assert list(AuditChain.objects.values_list("name", "length")) == [("110000000", 1)]
