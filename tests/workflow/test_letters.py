"""A letter's number and date come later: the paper follows them, as lateness follows the document's date."""

import datetime

import pytest
from django.urls import reverse

from apps.workflow import letters
from apps.workflow.models import AuditEntry, HandOver
from apps.workflow.workflow import Refused
from tests.workflow.paperapp.models import Memo, Note
from tests.workflow.paperapp.workflow import memo_workflow

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

DUE = datetime.date(2027, 1, 15)
IN_TIME, TOO_LATE = datetime.date(2027, 1, 14), datetime.date(2027, 1, 18)


@pytest.fixture
def sent_late(memo, writer, time_machine):
    """Sent on the 18th, entered without the letter's date, hence late and with a reason."""
    time_machine.move_to("2027-01-18T10:00:00+05:00")
    Memo.objects.update(due_on=DUE)
    return memo_workflow.perform(memo, "send", actor=writer, reason="The chancellery was closed")


@pytest.fixture
def sent_in_time(memo, writer, time_machine):
    time_machine.move_to("2027-01-14T10:00:00+05:00")
    Memo.objects.update(due_on=DUE)
    return memo_workflow.perform(memo, "send", actor=writer)


def test_date_within_the_term_takes_the_mark_away(sent_late, writer):
    assert sent_late.mark_codes == {"late"}
    letters.mend(sent_late, HandOver.objects.get(), {"outgoing_date": IN_TIME}, actor=writer)
    memo = Memo.objects.get()
    assert (memo.marks, memo.version) == ([], sent_late.version + 1)
    assert Note.objects.latest("pk").text == "dated 2027-01-14"
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.changes) == (
        "hand_over_edited",
        {"hand_over": {"outgoing_date": [None, "2027-01-14"]}},
    )


def test_date_after_the_term_asks_for_a_reason_and_leaves_the_mark(sent_in_time, writer, time_machine):
    time_machine.move_to("2027-01-20T10:00:00+05:00")
    letter, given = HandOver.objects.get(), {"outgoing_date": TOO_LATE}
    with pytest.raises(Refused) as refusal:
        letters.mend(sent_in_time, letter, given, actor=writer)
    assert refusal.value.code == "reason"
    letter.refresh_from_db()
    assert (letter.outgoing_date, Memo.objects.get().marks) == (None, [])
    letters.mend(sent_in_time, letter, given, actor=writer, reason="Signed after a leave")
    mark = Memo.objects.get().marks[0]
    assert (mark["code"], mark["step"], mark["reason"]) == ("late", "send", "Signed after a leave")
    assert AuditEntry.objects.latest("pk").changes["reason"] == "Signed after a leave"


def test_mark_stays_with_its_reason_when_the_letter_is_late_all_the_same(sent_late, writer):
    letters.mend(sent_late, HandOver.objects.get(), {"outgoing_date": TOO_LATE}, actor=writer)
    assert Memo.objects.get().marks[0]["reason"] == "The chancellery was closed"


def test_paper_follows_its_newest_letter_only(sent_late, writer, reviewer):
    first = HandOver.objects.get()
    memo = memo_workflow.perform(sent_late, "return", actor=reviewer, comment="Mend it")
    memo = memo_workflow.perform(memo, "send", actor=writer, reason="Sent once more")
    letters.mend(memo, first, {"outgoing_date": IN_TIME}, actor=writer)
    first.refresh_from_db()
    assert (first.outgoing_date, Memo.objects.get().mark_codes) == (IN_TIME, {"late"})
    assert not Note.objects.filter(text__startswith="dated").exists()


def test_receiver_cannot_enter_what_the_sender_gave(sent_in_time, reviewer):
    with pytest.raises(Refused) as refusal:
        letters.mend(sent_in_time, HandOver.objects.get(), {"outgoing_number": "1"}, actor=reviewer)
    assert refusal.value.code == "forbidden"
    assert HandOver.objects.get().outgoing_number == ""


def test_page_asks_for_the_reason_and_keeps_what_was_typed(sent_in_time, writer, signed_in, time_machine):
    time_machine.move_to("2027-01-20T10:00:00+05:00")
    url = reverse("workflow:handover_edit", args=[HandOver.objects.get().pk])
    typed = {"outgoing_number": "12-3/145", "outgoing_date": "18.01.2027"}
    client = signed_in(writer)
    asked = client.post(url, typed)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert 'name="reason"' in page
    assert 'value="18.01.2027"' in page
    assert HandOver.objects.get().outgoing_number == ""
    assert client.post(url, {**typed, "reason": "Signed after a leave"}).status_code == 302
    assert (HandOver.objects.get().outgoing_date, Memo.objects.get().mark_codes) == (TOO_LATE, {"late"})
