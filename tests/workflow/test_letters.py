"""A letter's number and date come later: the paper follows them, as lateness follows the document's date."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.attachments.models import Attachment
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


# A scan that comes after the step


def scan():
    return SimpleUploadedFile("letter.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")


def attach_url(letter):
    return reverse("workflow:handover_attach", args=[letter.pk])


@pytest.mark.parametrize(("name", "status"), [("writer", 302), ("reviewer", 302), ("stranger", 404)])
def test_both_sides_of_a_letter_attach_its_scan(sent_in_time, signed_in, data_dir, request, name, status):
    letter = HandOver.objects.get()
    client = signed_in(request.getfixturevalue(name))
    assert client.get(attach_url(letter)).status_code == (200 if status == 302 else 404)
    assert client.post(attach_url(letter), {"scan": scan()}).status_code == status
    kept = [(one.subject, one.purpose, one.name) for one in Attachment.objects.all()]
    assert kept == ([(sent_in_time, "send", "letter.pdf")] if status == 302 else [])
    if status == 302:
        entry = AuditEntry.objects.latest("pk")
        assert (entry.action, entry.comment) == ("attach", "letter.pdf")


def test_attaching_without_a_file_or_with_another_one_is_refused(sent_in_time, writer, signed_in):
    client, address = signed_in(writer), attach_url(HandOver.objects.get())
    assert client.post(address).status_code == 422
    assert client.post(address, {"scan": SimpleUploadedFile("a.pdf", b"no pdf")}).status_code == 422
    assert not Attachment.objects.exists()


def test_one_file_too_many_is_refused_with_words(sent_in_time, writer, signed_in, data_dir, monkeypatch):
    monkeypatch.setattr("apps.attachments.models.MOST_FILES", 1)
    client, address = signed_in(writer), attach_url(HandOver.objects.get())
    assert client.post(address, {"scan": scan()}).status_code == 302
    refused = client.post(address, {"scan": scan()})
    assert (refused.status_code, Attachment.objects.count()) == (422, 1)
    assert "файл саны шегіне жетті: 1" in refused.content.decode()


def test_letter_of_a_step_that_keeps_no_scan_has_no_such_page(sent_in_time, reviewer, signed_in):
    memo_workflow.perform(sent_in_time, "take_in", actor=reviewer)
    letter = HandOver.objects.get(transition="take_in")
    assert signed_in(reviewer).get(attach_url(letter)).status_code == 404


def test_stranger_is_refused_behind_the_page_too(sent_in_time, stranger, data_dir):
    with pytest.raises(Refused):
        letters.attach(sent_in_time, HandOver.objects.get(), {"scan": scan()}, actor=stranger)
    assert not Attachment.objects.exists()


@pytest.mark.servers
def test_paper_is_locked_while_a_file_is_attached(sent_in_time, writer, data_dir):
    with CaptureQueriesContext(connection) as queries:
        letters.attach(sent_in_time, HandOver.objects.get(), {"scan": scan()}, actor=writer)
    said = [one["sql"] for one in queries.captured_queries]
    lock = next(place for place, sql in enumerate(said) if "paperapp_memo" in sql and "FOR UPDATE" in sql)
    kept = next(place for place, sql in enumerate(said) if sql.startswith("INSERT") and "attachment" in sql)
    assert lock < kept
