"""A step is taken whole or not at all, and only by whom, when and with what the table says."""

import datetime
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from apps.attachments.models import Attachment
from apps.workflow import audit
from apps.workflow.models import AuditChain, AuditEntry, HandOver
from apps.workflow.workflow import Refused, workflow_of, workflows
from tests.workflow.paperapp.models import Memo, Note
from tests.workflow.paperapp.workflow import memo_workflow
from tests.workflow.state_writers import writers_of_state

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(autouse=True)
def _in_winter(time_machine):
    """The letters of these tests bear dates of these days."""
    time_machine.move_to("2027-01-10T10:00:00+05:00")


def counts():
    return (
        Note.objects.count(),
        AuditEntry.objects.count(),
        HandOver.objects.count(),
        Attachment.objects.count(),
    )


def refusal(memo, name, **how):
    """Take a step that must be refused, and prove that nothing at all was written."""
    before = (Memo.objects.filter(pk=memo.pk).values().get(), counts())
    with pytest.raises(Refused) as caught:
        memo_workflow.perform(memo, name, **how)
    assert (Memo.objects.filter(pk=memo.pk).values().get(), counts()) == before
    return caught.value


def test_step_moves_the_paper_and_is_remembered(memo, writer):
    sent = memo_workflow.perform(memo, "send", actor=writer, comment=" Please look ")
    memo.refresh_from_db()
    assert (memo.status, memo.version, sent.status) == ("sent", 2, "sent")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.from_state, entry.to_state) == ("send", "draft", "sent")
    assert (entry.actor, entry.actor_name, entry.comment) == (writer, "А. Сериккалиева", "Please look")
    assert entry.capacity.startswith("akimat_staff@")
    assert memo.status_since == entry.moment
    assert entry.paper == memo
    assert Note.objects.count() == 1


def test_every_step_of_every_paper_says_in_the_past_tense_what_it_did():
    silent = [
        f"{name}: {step.name}"
        for name, workflow in workflows.items()
        for step in workflow.transitions.values()
        if not step.done
    ]
    assert silent == []


def test_incomplete_paper_is_refused_with_all_gaps_at_once(memo, writer):
    Memo.objects.update(text="", is_late=True)
    refused = refusal(memo, "send", actor=writer)
    assert refused.code == "errors"
    assert [(gap.code, gap.anchor) for gap in refused.gaps] == [("no_text", "line-1-text"), ("late", "")]


def test_warning_goes_through_with_a_reason_and_leaves_a_mark(memo, writer):
    Memo.objects.update(is_late=True)
    assert refusal(memo, "send", actor=writer, reason="  \u200b\u2060 ").code == "reason"
    sent = memo_workflow.perform(memo, "send", actor=writer, reason="The statistics came late")
    assert sent.mark_codes == {"late"}
    assert sent.marks[0]["reason"] == "The statistics came late"
    assert AuditEntry.objects.get().changes["reason"] == "The statistics came late"


def test_lateness_follows_the_date_of_the_document(memo, writer):
    Memo.objects.update(due_on=datetime.date(2026, 12, 15))
    late = {"outgoing_date": datetime.date(2026, 12, 16)}
    refused = refusal(memo, "send", actor=writer, data=late)
    assert [(gap.code, gap.level, gap.mark) for gap in refused.gaps] == [("late", "warning", "late")]
    assert refusal(memo, "send", actor=writer).code == "reason"  # no date given: today counts
    in_time = {"outgoing_date": datetime.date(2026, 12, 15)}
    assert memo_workflow.perform(memo, "send", actor=writer, data=in_time).marks == []


def test_foreign_user_is_refused(memo, stranger):
    assert refusal(memo, "send", actor=stranger).code == "forbidden"


def test_superuser_does_not_bypass_the_table(memo, stranger):
    stranger.is_superuser = stranger.is_staff = True
    stranger.save()
    assert refusal(memo, "send", actor=stranger).code == "forbidden"
    assert memo_workflow.available_to(stranger, memo) == []


def test_double_submit_with_a_stale_instance_says_who_was_first_and_when(memo, writer):
    stale = Memo.objects.get(pk=memo.pk)
    memo_workflow.perform(memo, "send", actor=writer)
    refused = refusal(stale, "send", actor=writer)
    assert refused.code == "done"
    assert "А. Сериккалиева" in refused.message
    assert re.search(r"\d\d\.\d\d\.\d{4} \d\d:\d\d", refused.message)


def test_step_out_of_order_is_refused(memo, reviewer):
    assert refusal(memo, "return", actor=reviewer, comment="Mend it").code == "state"


def test_page_opened_before_a_change_is_refused(memo, writer):
    Memo.objects.update(version=5)
    assert refusal(memo, "send", actor=writer, expected_version=4).code == "stale"
    assert memo_workflow.perform(memo, "send", actor=writer, expected_version=5).version == 6


def test_stamp_pressed_twice_says_that_it_is_done(memo, writer, reviewer):
    sent = memo_workflow.perform(memo, "send", actor=writer)
    memo_workflow.perform(sent, "take_in", actor=reviewer, expected_version=2)
    assert refusal(sent, "take_in", actor=reviewer, expected_version=2).code == "done"


def test_missing_comment_is_refused(memo, writer, reviewer):
    sent = memo_workflow.perform(memo, "send", actor=writer)
    assert refusal(sent, "return", actor=reviewer, comment=" \n\u200b").code == "comment"
    assert memo_workflow.perform(sent, "return", actor=reviewer, comment="Mend it").status == "returned"


def test_decision_without_a_basis_is_refused(memo, writer):
    assert refusal(memo, "recommend", actor=writer).code == "decision"
    decision = Memo.objects.create(region_id="110000000", text="The decision")
    stamped = memo_workflow.perform(memo, "recommend", actor=writer, basis=decision)
    assert stamped.status == "draft"
    assert AuditEntry.objects.get().basis == decision


def test_failing_effect_undoes_everything(memo, writer, data_dir):
    Memo.objects.update(text="break", is_late=True)
    before = (Memo.objects.filter(pk=memo.pk).values().get(), counts())
    scan = ContentFile(b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", name="letter.pdf")
    with pytest.raises(ZeroDivisionError):
        memo_workflow.perform(
            memo, "send", actor=writer, reason="Late", data={"scan": scan, "outgoing_number": "12-3/145"}
        )
    assert (Memo.objects.filter(pk=memo.pk).values().get(), counts()) == before
    assert not AuditChain.objects.exists()


def test_hand_over_is_stored_with_its_scan(memo, writer, data_dir):
    scan = ContentFile(b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", name="хат.pdf")
    letter = {
        "outgoing_number": "12-3/145",
        "outgoing_date": datetime.date(2026, 12, 18),
        "signatory_name": "Е. Сапаров",
        "signatory_position_kk": "әкімнің орынбасары",
        "signatory_position_ru": "заместитель акима",
        "is_acting": True,
    }
    memo_workflow.perform(memo, "send", actor=writer, data={**letter, "scan": scan})
    stored = HandOver.objects.of(memo).get()
    assert {name: getattr(stored, name) for name in letter} == letter
    assert (stored.transition, stored.entered_by, stored.issuer) == ("send", writer, "110000000")
    assert stored.dated == datetime.date(2026, 12, 18)
    assert AuditEntry.objects.get().changes["hand_over"]["outgoing_number"] == "12-3/145"
    kept = Attachment.objects.of(memo).get()
    assert (kept.name, kept.purpose, kept.media_type) == ("хат.pdf", "send", "application/pdf")


def test_letter_without_a_date_counts_from_the_day_of_entry(memo, writer):
    memo_workflow.perform(memo, "send", actor=writer)
    letter = HandOver.objects.of(memo).get()
    assert letter.dated == datetime.datetime.now(tz=datetime.timezone(datetime.timedelta(hours=5))).date()


def test_buttons_are_those_of_the_person_and_the_state(memo, writer, reviewer, stranger):
    def names(user):
        return [step.name for step in memo_workflow.available_to(user, memo)]

    assert (names(writer), names(reviewer), names(stranger)) == (["send"], [], [])
    memo = memo_workflow.perform(memo, "send", actor=writer)
    assert (names(writer), names(reviewer), names(stranger)) == (["recall"], ["return", "take_in"], [])


def test_buttons_ask_for_the_person_once_whatever_their_number(memo, writer, django_assert_num_queries):
    fresh = type(writer).objects.get(pk=writer.pk)
    with django_assert_num_queries(1):
        memo_workflow.available_to(fresh, memo)
        memo_workflow.available_to(fresh, memo)


def test_history_survives_a_round_trip_through_the_database(memo, writer):
    memo_workflow.perform(memo, "send", actor=writer)
    chain = AuditChain.objects.get(name="110000000")
    assert list(audit.faults(chain)) == []
    assert chain.length == 1


def test_workflow_is_found_by_its_paper(memo):
    assert workflow_of(memo) is memo_workflow


def test_only_the_kernel_writes_a_state():
    apps = Path(__file__).resolve().parents[2] / "apps"
    papers = {flow.model.__name__ for flow in workflows.values()}
    writers = {
        path.relative_to(apps).as_posix(): lines
        for path in sorted(apps.rglob("*.py"))
        if (lines := writers_of_state(path.read_text(), papers))
    }
    assert set(writers) == {"workflow/workflow.py"}
    assert len(writers["workflow/workflow.py"]) == 1


@pytest.mark.parametrize(
    "code",
    [
        'paper.status = "sent"',
        'paper.status: str = "sent"',
        'paper.status += "sent"',
        'paper.status, paper.text = "sent", ""',
        'setattr(paper, "status", "sent")',
        'setattr(paper, *("status", "sent"))',
        'object.__setattr__(paper, "status", "sent")',
        'paper.__dict__["status"] = "sent"',
        'Memo.objects.filter(pk=1).update(status="sent")',
        'Memo.objects.filter(pk=1).update(\n    text="",\n    status="sent",\n)',
        'Memo.objects.update(**{"status": "sent"})',
        'Memo.objects.update(**{"text": ""} | {"status": "sent"})',
        'Memo.objects.update(**dict(status="sent"))',
        'Memo.objects.create(status="sent")',
        'Memo.objects.get_or_create(pk=1, defaults={"status": "sent"})',
        'Memo.objects.bulk_update(memos, ["text", "status"])',
        'Memo.objects.bulk_update(memos, fields=("status",))',
        'Memo.objects.bulk_create([Memo(status="sent")])',
        'Memo(**{"status": "sent"})',
        'for paper.status in ("sent",): pass',
        'cursor.execute("UPDATE paperapp_memo SET status = 1")',
    ],
)
def test_any_other_writer_of_a_state_would_be_found(code):
    """The control of the test above."""
    assert writers_of_state(f"x = 1\n{code}\n", {"Memo"})


@pytest.mark.parametrize(
    "code",
    [
        'paper.status == "sent"',
        "state = paper.status",
        'Memo.objects.filter(status="sent").update(text="")',
        'render(request, "page.html", context, status=422)',
        'context["status"] = 1',
        'Memo.objects.create(text="status")',
        "status = models.CharField(max_length=20)",
    ],
)
def test_who_only_reads_a_state_is_no_writer(code):
    assert writers_of_state(code, {"Memo"}) == []
