"""The pages of a step, of remarks, letters and history, as people meet them."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.urls import reverse

from apps.attachments.models import Attachment
from apps.workflow import audit
from apps.workflow.models import AuditEntry, HandOver, Remark
from tests.workflow.paperapp.models import Memo, Note
from tests.workflow.paperapp.workflow import memo_workflow

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(autouse=True)
def _in_winter(time_machine):
    """The letters of these tests bear dates of these days."""
    time_machine.move_to("2027-01-10T10:00:00+05:00")


def step_url(memo, name, model="paperapp.memo"):
    return reverse("workflow:paper_transition", kwargs={"model": model, "pk": memo.pk, "name": name})


def url_of(memo, name):
    return reverse(f"workflow:{name}", kwargs={"model": "paperapp.memo", "pk": memo.pk})


def body(response):
    return response.content.decode()


def test_page_asks_before_the_step_and_names_what_it_does(memo, writer, signed_in):
    page = signed_in(writer).get(step_url(memo, "send"))
    assert page.status_code == 200
    assert "Send the memo?" in body(page)
    assert "The reviewer sees it at once." in body(page)
    assert 'name="expected_version" value="1"' in body(page)
    for name in ("outgoing_number", "outgoing_date", "signatory_name", "is_acting", "scan", "comment"):
        assert f'name="{name}"' in body(page)
    assert 'name="incoming_number"' not in body(page)
    assert 'name="reason"' not in body(page)
    assert AuditEntry.objects.count() == 0


def test_page_takes_few_queries(memo, writer, signed_in, django_assert_max_num_queries):
    client = signed_in(writer)
    client.get(step_url(memo, "send"))
    with django_assert_max_num_queries(8):
        client.get(step_url(memo, "send"))


def test_post_takes_the_step_and_leads_back_to_the_paper(memo, writer, signed_in, data_dir):
    scan = SimpleUploadedFile(
        "letter.pdf", b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "application/pdf"
    )
    given = {
        "expected_version": 1,
        "comment": "Please look",
        "outgoing_number": "12-3/145",
        "outgoing_date": "18.12.2026",
        "signatory_name": "Е. Сапаров",
        "scan": scan,
    }
    done = signed_in(writer).post(step_url(memo, "send"), given)
    assert (done.status_code, done["Location"]) == (302, memo.get_absolute_url())
    assert [str(message) for message in get_messages(done.wsgi_request)] == [f"Memo {memo.pk}: on its way"]
    letter = HandOver.objects.get()
    assert (letter.outgoing_number, letter.outgoing_date) == ("12-3/145", datetime.date(2026, 12, 18))
    assert Attachment.objects.of(memo).get().purpose == "send"


@pytest.mark.parametrize("typed", ["18.12.2026", "18.12.26", "2026-12-18"])
def test_dates_are_read_as_typed_and_as_picked(memo, writer, signed_in, typed):
    signed_in(writer).post(step_url(memo, "send"), {"expected_version": 1, "outgoing_date": typed})
    assert HandOver.objects.get().outgoing_date == datetime.date(2026, 12, 18)


def test_second_submit_says_who_was_first(memo, writer, signed_in):
    client = signed_in(writer)
    client.post(step_url(memo, "send"), {"expected_version": 1})
    again = client.post(step_url(memo, "send"), {"expected_version": 1})
    assert again.status_code == 409
    assert "А. Сериккалиева" in body(again)
    assert Note.objects.count() == 1
    assert client.get(step_url(memo, "send")).status_code == 409


def test_stale_page_is_refused(memo, writer, signed_in):
    Memo.objects.update(version=7)
    stale = signed_in(writer).post(step_url(memo, "send"), {"expected_version": 6})
    assert stale.status_code == 409
    assert AuditEntry.objects.count() == 0


def test_stale_page_keeps_what_was_typed_and_goes_through_when_confirmed(memo, writer, signed_in):
    Memo.objects.update(version=7)
    typed = {"expected_version": 6, "outgoing_number": "12-3/145", "comment": "Бас мамандарға"}
    page = body(signed_in(writer).post(step_url(memo, "send"), typed))
    assert 'value="12-3/145"' in page
    assert "Бас мамандарға" in page
    assert 'name="expected_version" value="7"' in page
    assert signed_in(writer).post(step_url(memo, "send"), typed | {"expected_version": 7}).status_code == 302
    assert HandOver.objects.get().outgoing_number == "12-3/145"


def test_gaps_lead_to_their_lines_and_nothing_can_be_sent(memo, writer, signed_in):
    Memo.objects.update(text="", is_late=True)
    page = signed_in(writer).get(step_url(memo, "send"))
    assert f'href="{memo.get_absolute_url()}#line-1-text"' in body(page)
    assert "The day has passed" in body(page)
    assert 'name="expected_version"' not in body(page)
    assert signed_in(writer).post(step_url(memo, "send"), {"expected_version": 1}).status_code in {409, 422}
    assert AuditEntry.objects.count() == 0


def test_warning_asks_for_a_reason(memo, writer, signed_in):
    Memo.objects.update(is_late=True)
    client = signed_in(writer)
    assert 'name="reason"' in body(client.get(step_url(memo, "send")))
    refused = client.post(step_url(memo, "send"), {"expected_version": 1})
    assert refused.status_code == 422
    assert 'href="#id_reason"' in body(refused)
    assert client.post(step_url(memo, "send"), {"expected_version": 1, "reason": "Late"}).status_code == 302
    memo.refresh_from_db()
    assert memo.mark_codes == {"late"}


def test_letter_dated_in_time_needs_no_reason_though_entered_late(memo, writer, signed_in):
    Memo.objects.update(due_on=datetime.date(2026, 12, 15))
    client = signed_in(writer)
    assert 'name="reason"' in body(client.get(step_url(memo, "send")))
    late = client.post(step_url(memo, "send"), {"expected_version": 1, "outgoing_date": "16.12.2026"})
    assert late.status_code == 422
    assert 'href="#id_reason"' in body(late)
    in_time = {"expected_version": 1, "outgoing_date": "15.12.2026"}
    assert client.post(step_url(memo, "send"), in_time).status_code == 302


def test_reason_is_asked_for_when_the_locked_row_needs_it(memo, writer, signed_in):
    client = signed_in(writer)
    future = {"expected_version": 1, "outgoing_date": "01.01.2098"}
    Memo.objects.update(due_on=datetime.date(2097, 1, 1))
    asked = client.post(step_url(memo, "send"), future)
    assert asked.status_code == 422
    assert 'name="reason"' in body(asked)
    assert client.post(step_url(memo, "send"), {**future, "reason": "Agreed"}).status_code == 302


def test_missing_comment_keeps_what_was_typed(memo, writer, reviewer, signed_in):
    memo_workflow.perform(memo, "send", actor=writer)
    refused = signed_in(reviewer).post(step_url(memo, "return"), {"expected_version": 2, "comment": " "})
    assert refused.status_code == 422
    assert 'href="#id_comment"' in body(refused)


@pytest.mark.parametrize(
    ("who", "name", "model"),
    [
        ("stranger", "send", "paperapp.memo"),  # a foreign paper
        ("writer", "no_such_step", "paperapp.memo"),
        ("writer", "send", "paperapp.note"),  # not a paper
        ("writer", "return", "paperapp.memo"),  # another's step
        ("writer", "recommend", "paperapp.memo"),  # taken by a decision
        ("reviewer", "agree", "paperapp.memo"),  # internal
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_step_that_is_not_for_the_person_does_not_exist(memo, request, signed_in, who, name, model, method):
    client = signed_in(request.getfixturevalue(who))
    assert getattr(client, method)(step_url(memo, name, model)).status_code == 404
    assert AuditEntry.objects.count() == 0


def test_stranger_without_a_session_is_asked_to_sign_in(memo, client):
    for url in (step_url(memo, "send"), url_of(memo, "paper_history"), url_of(memo, "remark_create")):
        response = client.get(url)
        assert response.status_code == 302
        assert "next=" in response["Location"]


def test_fields_outside_of_the_form_change_nothing(memo, writer, signed_in):
    given = {
        "expected_version": 1,
        "status": "agreed",
        "region_id": "150000000",
        "entered_by": 0,
        "issuer": "x",
    }
    signed_in(writer).post(step_url(memo, "send"), given)
    memo.refresh_from_db()
    assert (memo.status, memo.region_id) == ("sent", "110000000")
    assert HandOver.objects.get().issuer == "110000000"


def test_repeated_number_is_a_warning_to_confirm(memo, writer, signed_in):
    letter = {"outgoing_number": "12-3/145", "outgoing_date": "18.12.2026"}
    client = signed_in(writer)
    client.post(step_url(memo, "send"), {"expected_version": 1, **letter})
    other = Memo.objects.create(region_id="110000000", text="Another")
    asked = client.post(step_url(other, "send"), {"expected_version": 1, **letter})
    assert asked.status_code == 422
    assert "18.12.2026" in body(asked)
    assert 'name="number_confirmed"' in body(asked)
    client.post(step_url(other, "send"), {"expected_version": 1, "number_confirmed": "on", **letter})
    assert HandOver.objects.count() == 2


@pytest.mark.parametrize(("region", "date"), [("150000000", "18.12.2026"), ("110000000", "08.01.2027")])
def test_number_of_another_body_or_year_is_no_repetition(memo, writer, signed_in, region, date):
    letter = {"outgoing_number": "12-3/145", "outgoing_date": "18.12.2026"}
    client = signed_in(writer)
    client.post(step_url(memo, "send"), {"expected_version": 1, **letter})
    HandOver.objects.update(issuer=region)
    other = Memo.objects.create(region_id="110000000", text="Another")
    done = client.post(step_url(other, "send"), {"expected_version": 1, **letter, "outgoing_date": date})
    assert done.status_code == 302


def test_signatory_of_the_last_letter_is_offered_again(memo, writer, signed_in):
    client = signed_in(writer)
    client.post(step_url(memo, "send"), {"expected_version": 1, "signatory_name": "Е. Сапаров"})
    other = Memo.objects.create(region_id="110000000", text="Another")
    assert "Е. Сапаров" in body(client.get(step_url(other, "send")))


def test_wrong_file_is_refused_before_the_step(memo, writer, signed_in, data_dir):
    program = SimpleUploadedFile("letter.pdf", b"MZ\x90\x00 not a scan", "application/pdf")
    refused = signed_in(writer).post(step_url(memo, "send"), {"expected_version": 1, "scan": program})
    assert refused.status_code == 422
    assert 'href="#id_scan"' in body(refused)
    assert AuditEntry.objects.count() == 0


def test_receiver_adds_the_incoming_number_later(memo, writer, reviewer, signed_in):
    memo_workflow.perform(memo, "send", actor=writer, data={"outgoing_number": "12-3/145"})
    url = reverse("workflow:handover_edit", args=[HandOver.objects.get().pk])
    page = body(signed_in(reviewer).get(url))
    assert 'name="incoming_number"' in page
    assert 'name="outgoing_number"' not in page
    given = {"incoming_number": "08-2/77", "incoming_date": "21.12.2026", "outgoing_number": "forged"}
    assert signed_in(reviewer).post(url, given).status_code == 302
    letter = HandOver.objects.get()
    assert (letter.incoming_number, letter.outgoing_number) == ("08-2/77", "12-3/145")
    entry = AuditEntry.objects.latest("pk")
    assert entry.action == "hand_over_edited"
    assert entry.changes["hand_over"]["incoming_number"] == ["", "08-2/77"]


def test_sender_corrects_what_the_sender_gave(memo, writer, signed_in):
    memo_workflow.perform(memo, "send", actor=writer)
    url = reverse("workflow:handover_edit", args=[HandOver.objects.get().pk])
    page = body(signed_in(writer).get(url))
    assert 'name="incoming_number"' not in page
    assert 'name="initial-outgoing_number"' in page
    signed_in(writer).post(url, {"outgoing_number": "12-3/145"})
    assert HandOver.objects.get().outgoing_number == "12-3/145"


def test_stale_letter_form_blanks_nothing(memo, writer, signed_in):
    memo_workflow.perform(memo, "send", actor=writer)
    letter = HandOver.objects.get()
    HandOver.objects.update(outgoing_number="12-3/145")  # stored by a colleague after the page was opened
    given = {"initial-outgoing_number": "", "outgoing_number": "", "signatory_name": "Е. Сапаров"}
    signed_in(writer).post(reverse("workflow:handover_edit", args=[letter.pk]), given)
    letter.refresh_from_db()
    assert (letter.outgoing_number, letter.signatory_name) == ("12-3/145", "Е. Сапаров")


def test_letter_of_a_foreign_paper_does_not_exist(memo, writer, stranger, signed_in):
    memo_workflow.perform(memo, "send", actor=writer)
    url = reverse("workflow:handover_edit", args=[HandOver.objects.get().pk])
    assert signed_in(stranger).get(url).status_code == 404
    assert signed_in(stranger).post(url, {"outgoing_number": "1"}).status_code == 404


@pytest.fixture
def remark(memo, writer, reviewer):
    memo_workflow.perform(memo, "send", actor=writer)
    return Remark.objects.create(paper=memo, author=reviewer, text="Name the source")


def test_reviewer_writes_a_remark_to_a_line(memo, writer, reviewer, signed_in):
    memo_workflow.perform(memo, "send", actor=writer)
    line = Note.objects.get()
    given = {"kind": "question", "text": "Why?", "line_id": line.pk, "field": "text"}
    done = signed_in(reviewer).post(url_of(memo, "remark_create"), given)
    remark = Remark.objects.get()
    assert done["Location"] == f"{memo.get_absolute_url()}#remark-{remark.pk}"
    assert (remark.kind, remark.line_id, remark.field, remark.round) == ("question", line.pk, "text", 1)
    assert AuditEntry.objects.latest("pk").action == "remark_added"


def test_round_of_a_remark_is_counted(memo, writer, reviewer, signed_in):
    for _turn in range(2):
        memo = memo_workflow.perform(memo, "send", actor=writer)
        memo = memo_workflow.perform(memo, "return", actor=reviewer, comment="Mend it")
    memo_workflow.perform(memo, "send", actor=writer)
    signed_in(reviewer).post(url_of(memo, "remark_create"), {"kind": "must", "text": "Still wrong"})
    assert Remark.objects.get().round == 3


@pytest.mark.parametrize(
    "given", [{"text": " "}, {"text": "x", "line_id": 99}, {"text": "x", "field": "pk; --"}]
)
def test_remark_without_words_or_place_is_refused(memo, reviewer, signed_in, given):
    refused = signed_in(reviewer).post(url_of(memo, "remark_create"), {"kind": "must", **given})
    assert refused.status_code == 422
    assert not Remark.objects.exists()


def test_only_reviewers_remark_and_resolve_and_only_authors_answer(
    remark, writer, reviewer, stranger, signed_in
):
    memo = remark.paper
    answer = reverse("workflow:remark_answer", args=[remark.pk])
    resolve = reverse("workflow:remark_resolve", args=[remark.pk])
    assert signed_in(writer).post(url_of(memo, "remark_create"), {"text": "x"}).status_code == 404
    assert signed_in(writer).post(resolve).status_code == 404
    assert signed_in(reviewer).post(answer, {"answer": "x"}).status_code == 404
    for url in (answer, resolve):
        assert signed_in(stranger).post(url, {"answer": "x"}).status_code == 404
    remark.refresh_from_db()
    assert (remark.answer, remark.resolved_at) == ("", None)


def test_remark_is_answered_and_resolved_once(remark, writer, reviewer, signed_in):
    signed_in(writer).post(reverse("workflow:remark_answer", args=[remark.pk]), {"answer": "The bureau"})
    client = signed_in(reviewer)
    for _twice in range(2):
        client.post(reverse("workflow:remark_resolve", args=[remark.pk]))
    remark.refresh_from_db()
    assert (remark.answer, remark.answered_by, remark.resolved_by) == ("The bureau", writer, reviewer)
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["send", "remark_answered", "remark_resolved"]


def test_history_speaks_in_words(memo, writer, reviewer, signed_in):
    Memo.objects.update(is_late=True)
    memo = memo_workflow.perform(
        memo, "send", actor=writer, reason="The statistics came late", data={"outgoing_number": "12-3/145"}
    )
    line = Note.objects.get()
    changes = {
        f"line:{line.pk}": {"text": ["old words", "new words"]},
        "is_late": [False, True],
        "line:99": {},
    }
    audit.record(memo, writer, "weighed", changes=changes, basis=memo)
    page = signed_in(writer).get(url_of(memo, "paper_history").replace("/kk/", "/ru/"))
    text = body(page)
    for words in (
        "А. Сериккалиева",
        "Акимат: область 11",
        "Sent to the reviewer",
        "being written → on its way",
        "The statistics came late",
        "12-3/145",
        "Weighed by hand",
        f"line {line.pk}",
        "old words",
        "new words",
    ):
        assert words in text
    assert "akimat_staff@" not in text


def test_history_names_the_states_only_where_they_say_more_than_the_step(memo, writer, reviewer, signed_in):
    memo = memo_workflow.perform(memo, "send", actor=writer)
    memo_workflow.perform(memo, "return", actor=reviewer, comment="Name the source")
    text = body(signed_in(writer).get(url_of(memo, "paper_history").replace("/kk/", "/ru/")))
    assert "<b>Sent to the reviewer</b>" in text
    assert "being written → on its way" in text
    assert "<b>Sent back</b>" in text
    assert "→ sent back" not in text


def test_history_of_a_foreign_paper_does_not_exist(memo, stranger, signed_in):
    assert signed_in(stranger).get(url_of(memo, "paper_history")).status_code == 404


def test_history_page_takes_few_queries(memo, writer, signed_in, django_assert_max_num_queries):
    for _turn in range(3):
        audit.record(memo, writer, "edit", changes={"line:1": {"text": ["a", "b"]}}, basis=memo)
    client = signed_in(writer)
    client.get(url_of(memo, "paper_history"))
    with django_assert_max_num_queries(12):
        client.get(url_of(memo, "paper_history"))


@pytest.fixture
def draw(rf):
    """Draw a piece of a paper's page for a person."""

    def draw(source, user, **context):
        request = rf.get("/kk/")
        request.user = user
        template = engines["django"].from_string("{% load workflow attachments %}" + source)
        return template.render({"user": user, **context}, request)

    return draw


def test_buttons_lead_to_the_pages_that_ask(memo, writer, reviewer, draw):
    assert step_url(memo, "send") in draw("{% workflow_actions paper %}", writer, paper=memo)
    assert draw("{% workflow_actions paper %}", reviewer, paper=memo).strip() == ""


def test_remarks_offer_what_the_person_may_do(remark, writer, reviewer, draw):
    memo = Memo.objects.get()
    for_reviewer = draw("{% paper_remarks paper %}", reviewer, paper=memo)
    assert "Name the source" in for_reviewer
    assert reverse("workflow:remark_resolve", args=[remark.pk]) in for_reviewer
    assert reverse("workflow:remark_answer", args=[remark.pk]) not in for_reviewer
    for_writer = draw("{% paper_remarks paper %}", writer, paper=memo)
    assert reverse("workflow:remark_answer", args=[remark.pk]) in for_writer
    assert url_of(memo, "remark_create") not in for_writer


@pytest.mark.parametrize("number", [1, 3])
def test_history_takes_four_queries_for_one_and_for_three(
    memo, writer, draw, django_assert_num_queries, number
):
    for _turn in range(number):
        audit.record(memo, writer, "edit", changes={"line:1": {"text": ["a", "b"]}}, basis=memo)
    draw("{% paper_history paper %}", writer, paper=memo)
    # The entries, their bases, the bodies that the capacities name, the names of the lines.
    with django_assert_num_queries(4):
        draw("{% paper_history paper %}", writer, paper=memo)


@pytest.mark.parametrize("number", [1, 3])
def test_remarks_take_two_queries_for_one_and_for_three(
    memo, reviewer, draw, django_assert_num_queries, number
):
    line = Note.objects.create(memo_key=memo.pk, text="x")
    for _turn in range(number):
        Remark.objects.create(paper=memo, author=reviewer, text="?", line_id=line.pk, field="text")
    reviewer.has_role("any")
    with django_assert_num_queries(2):
        draw("{% paper_remarks paper %}", reviewer, paper=memo)


def test_letters_and_newest_entries_stand_on_the_page(memo, writer, draw):
    memo = memo_workflow.perform(memo, "send", actor=writer, data={"outgoing_number": "12-3/145"})
    drawn = draw("{% hand_overs paper %}{% paper_history paper 3 %}", writer, paper=memo)
    assert "12-3/145" in drawn
    assert drawn.count("Sent to the reviewer") == 2
    assert reverse("workflow:handover_edit", args=[HandOver.objects.get().pk]) in drawn


def test_words_of_people_are_escaped_everywhere(memo, writer, reviewer, signed_in, draw):
    hostile = "<script>alert(1)</script>"
    Memo.objects.update(is_late=True)
    given = {"outgoing_number": hostile, "signatory_name": hostile}
    memo = memo_workflow.perform(memo, "send", actor=writer, comment=hostile, reason=hostile, data=given)
    Remark.objects.create(
        paper=memo,
        author=reviewer,
        text=hostile,
        answer=hostile,
        answered_by=writer,
        answered_at=memo.status_since,
    )
    drawn = draw(
        "{% hand_overs paper %}{% paper_history paper %}{% paper_remarks paper %}", writer, paper=memo
    )
    assert "<script>alert" not in drawn
    assert "<script>alert" not in body(signed_in(writer).get(url_of(memo, "paper_history")))
