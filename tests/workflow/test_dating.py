"""A letter's date that cannot be is asked about: lateness follows it and is not typed away in silence."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from apps.workflow import letters
from apps.workflow.marks import words_of
from apps.workflow.models import AuditEntry, HandOver
from apps.workflow.workflow import Refused
from tests.workflow.paperapp.models import Memo
from tests.workflow.paperapp.workflow import memo_workflow

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DUE = datetime.date(2027, 1, 15)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to("2027-03-20T10:00:00+05:00", tick=False)


@pytest.fixture
def memo(memo):
    Memo.objects.update(due_on=DUE, begun_on=datetime.date(2026, 12, 31))
    return memo


def on(day, month=1, year=2027):
    return {"outgoing_date": datetime.date(year, month, day)}


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (on(15), ["doubtful_date"]),  # in time by its date, and 64 days before its entry
        (on(18), ["late", "doubtful_date"]),
        (on(19), ["late"]),  # 60 days before its entry
        (on(20, 3), ["late"]),
        (on(21, 3), ["late", "doubtful_date"]),  # ahead
        (on(30, 12, 2026), ["doubtful_date"]),  # before the year is over
        (on(1, 1, 1991), ["doubtful_date"]),
        ({}, ["late"]),
    ],
)
def test_table_of_dates(memo, writer, given, codes):
    with pytest.raises(Refused) as refusal:
        memo_workflow.perform(memo, "send", actor=writer, data=given)
    assert refusal.value.code == "reason"
    assert [gap.code for gap in refusal.value.gaps] == codes
    assert {gap.level for gap in refusal.value.gaps} == {"warning"}
    sent = memo_workflow.perform(memo, "send", actor=writer, data=given, reason="Registered by hand")
    assert [(mark["code"], mark["step"], mark["reason"]) for mark in sent.marks] == [
        (code, "send", "Registered by hand") for code in codes
    ]


def test_date_of_these_days_passes_in_silence(memo, writer, time_machine):
    time_machine.move_to("2027-01-14T10:00:00+05:00", tick=False)
    for given in (on(14), on(31, 12, 2026), {}):
        Memo.objects.update(status="draft", marks=[])
        HandOver.objects.all().delete()
        assert memo_workflow.perform(memo, "send", actor=writer, data=given).marks == []


def test_a_day_without_an_earliest_one_is_judged_by_the_rest(memo, writer, time_machine):
    time_machine.move_to("2027-01-02T10:00:00+05:00", tick=False)
    Memo.objects.update(begun_on=None)
    assert memo_workflow.perform(memo, "send", actor=writer, data=on(1, 12, 2026)).marks == []


def test_letter_is_not_written_before_the_one_that_it_follows(memo, writer, reviewer, time_machine):
    time_machine.move_to("2027-01-12T10:00:00+05:00", tick=False)
    sent = memo_workflow.perform(memo, "send", actor=writer, data=on(12))
    answer = {"actor": reviewer, "comment": "Mend it"}
    with pytest.raises(Refused) as refusal:
        memo_workflow.perform(sent, "return", **answer, data=on(11))
    assert [gap.code for gap in refusal.value.gaps] == ["doubtful_date"]
    assert "12.01.2027" in str(refusal.value.gaps[0].message)
    assert memo_workflow.perform(sent, "return", **answer, data=on(12)).marks == []


def test_letter_of_the_day_of_its_entry_is_never_too_early(memo, writer, time_machine):
    """A step taken before its time is unusual, but its date is true."""
    time_machine.move_to("2026-11-26T10:00:00+05:00", tick=False)
    with pytest.raises(Refused):
        memo_workflow.perform(memo, "send", actor=writer, data=on(25, 11, 2026))
    assert memo_workflow.perform(memo, "send", actor=writer, data=on(26, 11, 2026)).marks == []


def test_past_that_is_built_anew_is_judged_by_its_own_day(memo, writer):
    day = datetime.date(2027, 1, 14)
    sent = memo_workflow.perform(memo, "send", actor=writer, data={"outgoing_date": day}, entered_on=day)
    assert sent.marks == []


def test_mended_date_that_takes_lateness_away_long_after_is_asked_about(memo, writer):
    """The hole: sent late in March without a date, then dated in January, and nobody hears of it."""
    late = memo_workflow.perform(memo, "send", actor=writer, reason="The chancellery was closed")
    letter = HandOver.objects.get()
    with pytest.raises(Refused) as refusal:
        letters.mend(late, letter, on(14), actor=writer)
    assert (refusal.value.code, [gap.code for gap in refusal.value.gaps]) == ("reason", ["doubtful_date"])
    assert HandOver.objects.get().outgoing_date is None
    letters.mend(late, letter, on(14), actor=writer, reason="The journal says so")
    assert Memo.objects.get().mark_codes == {"doubtful_date"}
    assert AuditEntry.objects.latest("pk").changes["reason"] == "The journal says so"
    letters.mend(late, letter, on(19, 3), actor=writer, reason="A slip")
    assert Memo.objects.get().mark_codes == {"late"}


@pytest.mark.parametrize(("moved", "asked"), [(on(15), True), (on(13, 2), False), (on(30, 12, 2026), True)])
def test_date_that_comes_later_is_compared_with_the_day_of_its_step(memo, writer, time_machine, moved, asked):
    """A chancellery that gives the date in March of a letter of February is asked nothing."""
    time_machine.move_to("2027-02-13T10:00:00+05:00", tick=False)
    Memo.objects.update(due_on=datetime.date(2027, 3, 1), begun_on=datetime.date(2027, 2, 1))
    sent = memo_workflow.perform(memo, "send", actor=writer)
    time_machine.move_to("2027-06-20T10:00:00+05:00", tick=False)
    if asked:
        with pytest.raises(Refused):
            letters.mend(sent, HandOver.objects.get(), moved, actor=writer)
    else:
        letters.mend(sent, HandOver.objects.get(), moved, actor=writer)
        assert Memo.objects.get().marks == []


def test_number_that_comes_later_asks_nothing_about_a_date_confirmed_before(memo, writer, reviewer):
    sent = memo_workflow.perform(memo, "send", actor=writer, data=on(15), reason="The journal says so")
    letters.mend(sent, HandOver.objects.get(), {"incoming_number": "5"}, actor=reviewer)
    assert [mark["reason"] for mark in Memo.objects.get().marks] == ["The journal says so"]


def test_page_asks_about_the_date_and_keeps_what_was_typed(memo, writer, signed_in):
    url = reverse("workflow:paper_transition", args=["paperapp.memo", memo.pk, "send"])
    typed = {"expected_version": memo.version, "outgoing_number": "12-3/145", "outgoing_date": "14.01.2027"}
    client = signed_in(writer)
    asked = client.post(url, {**typed, "reason": ""})
    assert asked.status_code == 422
    assert "14.01.2027" in str(asked.context["gaps"][0].message)
    assert 'value="14.01.2027"' in asked.text
    assert Memo.objects.get().status == "draft"
    assert client.post(url, {**typed, "reason": "The journal says so"}).status_code == 302
    assert Memo.objects.get().mark_codes == {"doubtful_date"}


def test_mark_is_said_in_words():
    with translation.override("ru"):
        assert words_of("doubtful_date") == "дата письма подтверждена с указанием причины"
