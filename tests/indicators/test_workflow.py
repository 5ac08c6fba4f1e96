"""The table of a list's steps, by hand: who may take which step in which state, and what it leaves behind."""

import datetime
import threading
from dataclasses import replace

import pytest
import time_machine
from django.db import connections
from django.utils.translation import override

from apps.accounts.models import Role
from apps.documents.models import IssuedDocument
from apps.indicators.models import IndicatorList, TypicalList
from apps.indicators.stamps import stamps_of
from apps.indicators.workflow import (
    IndicatorListWorkflow,
    indicator_list_workflow,
    typical_list_workflow,
)
from apps.notifications.models import Notification
from apps.workflow.models import AuditEntry, HandOver, Remark
from apps.workflow.workflow import Refused, Workflow, workflows
from tests.factories.indicators import (
    IndicatorListFactory,
    IndicatorListItemFactory,
    TypicalListFactory,
    recommending,
)
from tests.factories.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    """The letters of these tests bear dates of these days."""
    time_machine.move_to("2026-11-20T09:00:00+05:00")


STATES = ("draft", "sent", "returned", "agreed", "approved", "published", "superseded")
# Buttons by state and person; whoever is not named has none. An opened list is not opened or recalled.
BUTTONS = {
    "draft": {"staff": {"send"}, "substitute": {"send"}, "approver": {"send", "approve"}},
    "sent": {
        "staff": {"recall"},
        "substitute": {"recall"},
        "approver": {"recall"},
        "reviewer": {"open", "agree", "return_for_rework"},
    },
    "returned": {"staff": {"send"}, "substitute": {"send"}, "approver": {"send", "approve"}},
    "agreed": {"approver": {"approve"}},
    "approved": {"staff": {"publish"}, "substitute": {"publish"}, "approver": {"publish"}},
    "published": {},
    "superseded": {},
}
LETTER = {
    "outgoing_number": "12-3/145",
    "outgoing_date": datetime.date(2026, 10, 5),
    "signatory_name": "Қ. Мұратұлы",
    "signatory_position_kk": "әкім",
    "signatory_position_ru": "аким",
}


def make(akimat, state, **fields):
    traits = {state: True} if state != "draft" else {}
    return IndicatorListFactory(organisation=akimat, **traits, **fields)


def filled(akimat, state="draft", **fields):
    paper = make(akimat, state, **fields)
    IndicatorListItemFactory.create_batch(2, indicator_list=paper)
    return paper


def perform(paper, name, actor, **given):
    return indicator_list_workflow.perform(paper, name, actor=actor, **given)


@pytest.mark.parametrize("state", STATES)
def test_buttons_are_those_of_the_table(akimat, people, state):
    paper = make(akimat, state)
    for name, user in people.items():
        steps = {step.name for step in indicator_list_workflow.available_to(user, paper)}
        assert steps == BUTTONS[state].get(name, set()), name


def test_opened_list_is_neither_opened_nor_recalled(akimat, people):
    paper = make(akimat, "opened")
    for name, wanted in (("staff", set()), ("reviewer", {"agree", "return_for_rework"})):
        assert {s.name for s in indicator_list_workflow.available_to(people[name], paper)} == wanted
    for name, step in (("staff", "recall"), ("reviewer", "open")):
        with pytest.raises(Refused) as refused:
            perform(paper, step, people[name])
        assert [gap.code for gap in refused.value.gaps] == ["opened"]


@pytest.mark.parametrize("state", STATES)
def test_steps_that_do_not_fit_are_refused_and_write_nothing(akimat, people, state):
    paper = make(akimat, state)
    for step in indicator_list_workflow.transitions.values():
        if state not in step.sources:
            for name in ("staff", "approver", "reviewer", "chair"):
                with pytest.raises(Refused):
                    perform(paper, step.name, people[name], comment="…", reason="…", basis=paper)
    assert not AuditEntry.objects.of(paper).exists()
    paper.refresh_from_db()
    assert paper.version == 1


@pytest.mark.parametrize(
    ("step", "state", "allowed"),
    [
        ("send", "draft", {"staff", "substitute", "approver"}),
        ("send", "returned", {"staff", "substitute", "approver"}),
        ("recall", "sent", {"staff", "substitute", "approver"}),
        ("open", "sent", {"reviewer"}),
        ("agree", "sent", {"reviewer"}),
        ("return_for_rework", "sent", {"reviewer"}),
        ("approve", "agreed", {"approver"}),
        ("approve", "draft", {"approver"}),
        ("publish", "approved", {"staff", "substitute", "approver"}),
        ("recommend", "draft", {"chair", "deputy", "secretary", "secretary_substitute"}),
        ("recommend", "approved", {"chair", "deputy", "secretary", "secretary_substitute"}),
        ("register_on_paper", "draft", {"staff", "substitute", "approver"}),
    ],
)
def test_only_the_right_people_take_a_step(akimat, people, step, state, allowed):
    for name, user in people.items():
        paper = filled(akimat, state)
        basis = recommending(paper) if step == "recommend" else None
        if name in allowed:
            perform(paper, step, user, comment="…", reason="…", basis=basis)
        else:
            with pytest.raises(Refused) as refused:
                perform(paper, step, user, comment="…", reason="…", basis=basis)
            assert refused.value.code == "forbidden", name
        paper.items.all().delete()
        IndicatorList.objects.filter(pk=paper.pk).update(status="superseded", edition=100 + paper.pk)


def test_sending_stamps_issues_and_tells_the_ministry(akimat, people):
    paper = perform(filled(akimat), "send", people["staff"], reason="Топ отырысы 18 қазанда", data=LETTER)
    assert (paper.status, paper.sent_on, paper.opened_at) == ("sent", datetime.date(2026, 10, 5), None)
    assert paper.mark_codes == {"without_recommendation"}
    assert paper.marks[0]["reason"] == "Топ отырысы 18 қазанда"
    [letter] = HandOver.objects.of(paper)
    assert (letter.transition, letter.outgoing_number, letter.signatory_name) == (
        "send",
        "12-3/145",
        "Қ. Мұратұлы",
    )
    [issued] = IssuedDocument.objects.of(paper)
    assert (issued.kind, issued.transition) == ("list", "send")
    assert issued.snapshot["dated"] == "2026-10-05"
    told = Notification.objects.get(kind="list_send")
    assert told.recipient == people["reviewer"]
    assert "2027" in told.subject_kk
    assert told.subject_kk != told.subject_ru
    entry = AuditEntry.objects.of(paper).get()
    assert (entry.action, entry.from_state, entry.to_state) == ("send", "draft", "sent")


def test_sending_says_everything_that_is_not_in_order_at_once(akimat, people):
    paper = make(akimat, "draft")
    IndicatorListItemFactory(
        indicator_list=paper, target="4,2", target_value="4.2", regional_ru="", classification=None
    )
    IndicatorListItemFactory(indicator_list=paper, baseline="12,5,0", baseline_value=None, target_year=2020)
    twin = IndicatorListItemFactory(indicator_list=paper)
    IndicatorListItemFactory(indicator_list=paper, code=twin.code, regional_kk=twin.regional_kk)
    gaps = indicator_list_workflow.gaps(paper, "send", people["staff"])
    assert {gap.level for gap in gaps} == {"warning"}
    assert sorted(gap.code for gap in gaps) == sorted(
        [
            "same",
            "empty",
            "untranslated_ru",
            "malformed",
            "years",
            "repeated",
            "without_recommendation",
        ]
    )
    [repeated] = [gap for gap in gaps if gap.code == "repeated"]
    last = paper.items.last()
    assert (repeated.lines, repeated.count) == ([("3", f"line-{twin.pk}"), ("4", f"line-{last.pk}")], 2)
    with pytest.raises(Refused) as refused:
        perform(paper, "send", people["staff"])
    assert refused.value.code == "reason"
    sent = perform(paper, "send", people["staff"], reason="солай")
    assert (sent.status, sent.mark_codes) == (
        "sent",
        {
            "without_recommendation",
            "incomplete_rows",
            "untranslated_rows",
            "repeated_rows",
            "rows_to_check",
        },
    )
    assert {mark["reason"] for mark in sent.marks} == {"солай"}


@pytest.mark.parametrize(("step", "name"), [("recall", "staff"), ("return_for_rework", "reviewer")])
def test_marks_of_a_sending_fall_with_it(akimat, people, step, name):
    paper = make(akimat, "draft")
    IndicatorListItemFactory(indicator_list=paper, classification=None)
    paper = perform(paper, "send", people["staff"], reason="кейін болады")
    assert paper.mark_codes == {"without_recommendation", "incomplete_rows"}
    paper = perform(paper, step, people[name], comment="Пысықтаңыз")
    assert paper.marks == []
    paper.items.update(classification=1)
    assert perform(paper, "send", people["staff"], reason="кейін").mark_codes == {"without_recommendation"}


def test_reviewers_are_told_that_a_list_they_may_see_no_more_was_recalled(akimat, people):
    perform(make(akimat, "sent"), "recall", people["staff"])
    told = Notification.objects.get(kind="list_recall")
    assert (told.recipient, told.path) == (people["reviewer"], "")
    assert told.subject_ru == f"{akimat.region.name_ru}: акимат отозвал перечень индикаторов на 2027 год"


def test_rows_of_one_kind_stand_in_one_sentence(akimat, people):
    paper = make(akimat, "draft", recommended=True)
    IndicatorListItemFactory(indicator_list=paper)
    for _row in range(3):
        IndicatorListItemFactory(indicator_list=paper, baseline="", baseline_value=None)
    IndicatorListItemFactory(indicator_list=paper)
    IndicatorListItemFactory(indicator_list=paper, baseline="", baseline_value=None)
    [gap] = indicator_list_workflow.gaps(paper, "send", people["staff"])
    assert ([line for line, _anchor in gap.lines], gap.count) == (["2–4", "6"], 4)


def test_empty_list_may_be_sent_with_a_reason(akimat, people):
    gaps = indicator_list_workflow.gaps(make(akimat, "draft"), "send", people["staff"])
    assert [gap.code for gap in gaps] == ["no_rows", "without_recommendation"]


def test_recommended_list_in_order_is_sent_without_questions(akimat, people):
    paper = filled(akimat, recommended=True)
    assert indicator_list_workflow.gaps(paper, "send", people["staff"]) == []
    assert perform(paper, "send", people["staff"]).marks == []


def test_recommendation_is_a_stamp_with_its_decision(akimat, people):
    paper = perform(filled(akimat), "send", people["staff"], reason="кейін болады")
    decision = recommending(paper)
    paper = perform(paper, "recommend", people["secretary"], basis=decision)
    assert paper.status == "sent"
    assert (paper.recommendation, paper.recommended_on) == (decision, datetime.date(2026, 9, 21))
    assert paper.recommended_at is not None
    assert paper.mark_codes == set()
    entry = AuditEntry.objects.of(paper).latest("pk")
    assert (entry.action, entry.from_state, entry.to_state, entry.basis) == (
        "recommend",
        "sent",
        "sent",
        decision,
    )
    assert "secretary#" in entry.capacity


def test_recommendation_without_a_decision_is_refused(akimat, people):
    with pytest.raises(Refused) as refused:
        perform(filled(akimat), "recommend", people["secretary"])
    assert refused.value.code == "decision"


def test_list_goes_back_with_a_comment_and_is_opened_anew(akimat, people):
    paper = perform(filled(akimat, "sent"), "open", people["reviewer"])
    assert paper.opened_at is not None
    with pytest.raises(Refused) as refused:
        perform(paper, "return_for_rework", people["reviewer"])
    assert refused.value.code == "comment"
    Remark.objects.create(paper=paper, author=people["reviewer"], text="Мәні жоқ")
    paper = perform(paper, "return_for_rework", people["reviewer"], comment="Пысықтаңыз", data=LETTER)
    assert (paper.status, paper.is_editable) == ("returned", True)
    told = Notification.objects.filter(kind="list_return_for_rework")
    assert {one.recipient for one in told} == {people[name] for name in ("staff", "substitute", "approver")}
    assert told[0].body_kk == "Пысықтаңыз"
    paper = perform(paper, "send", people["staff"], reason="қайта")
    assert (paper.status, paper.opened_at) == ("sent", None)
    assert Notification.objects.filter(kind="list_send").count() == 1


def test_open_obligatory_remark_is_confirmed_at_agreement(akimat, people):
    paper = filled(akimat, "sent", recommended=True)
    must = Remark.objects.create(paper=paper, author=people["reviewer"], text="Мәні жоқ")
    Remark.objects.create(paper=paper, author=people["reviewer"], text="Кеңес", kind="advice")
    [gap] = indicator_list_workflow.gaps(paper, "agree", people["reviewer"])
    assert (gap.code, gap.anchor, gap.is_error) == ("open_remark", f"remark-{must.pk}", False)
    paper = perform(paper, "agree", people["reviewer"], reason="кейін", data=LETTER)
    assert (paper.status, paper.agreed_on) == ("agreed", datetime.date(2026, 10, 5))
    assert paper.mark_codes == {"open_remarks"}
    assert {one.recipient for one in Notification.objects.filter(kind="list_agree")} == {
        people["staff"],
        people["substitute"],
        people["approver"],
    }


def test_approval_records_the_act(akimat, people):
    paper = filled(akimat, "agreed", recommended=True)
    assert indicator_list_workflow.gaps(paper, "approve", people["approver"]) == []
    paper = perform(paper, "approve", people["approver"], data={**LETTER, "act_kind": "decision"})
    assert (paper.status, paper.act_kind, paper.act_number, paper.approved_on) == (
        "approved",
        "decision",
        "12-3/145",
        datetime.date(2026, 10, 5),
    )
    assert paper.marks == []
    assert IssuedDocument.objects.of(paper).count() == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "әкімнің 2026 жылғы 5 қазандағы №\xa012-3/145 шешімі"),
        ("ru", "решение акима от 5 октября 2026 года №\xa012-3/145"),
    ],
)
def test_stamp_of_approval_cites_the_act_as_acts_are_cited(akimat, people, language, said):
    paper = filled(akimat, "agreed", recommended=True)
    paper = perform(paper, "approve", people["approver"], data={**LETTER, "act_kind": "decision"})
    with override(language):
        *_others, approval = stamps_of(paper, [], [], open_remarks=0)
    assert approval.lines == [said]


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_approval_without_agreement_leaves_its_mark(akimat, people, state):
    paper = filled(akimat, state)
    codes = {gap.code for gap in indicator_list_workflow.gaps(paper, "approve", people["approver"])}
    assert codes == {"without_agreement", "without_recommendation"}
    with pytest.raises(Refused):
        perform(paper, "approve", people["approver"], data=LETTER)
    paper = perform(paper, "approve", people["approver"], reason="шұғыл", data=LETTER)
    assert paper.mark_codes == {"without_agreement", "without_recommendation"}


@time_machine.travel("2026-11-20T09:00:00+05:00")
def test_publishing_supersedes_the_list_in_force(akimat, people):
    earlier = filled(akimat, "published", year=2026)
    paper = perform(filled(akimat, "approved", year=2026, edition=2), "publish", people["staff"])
    earlier.refresh_from_db()
    assert (paper.status, paper.published_on, paper.is_in_force) == (
        "published",
        datetime.date(2026, 11, 20),
        True,
    )
    assert (earlier.status, earlier.superseded_on) == ("superseded", datetime.date(2026, 11, 20))
    entry = AuditEntry.objects.of(earlier).get()
    assert (entry.action, entry.basis) == ("supersede", paper)
    assert list(IndicatorList.objects.in_force_on(datetime.date(2026, 11, 19))) == [earlier]
    assert list(IndicatorList.objects.in_force_on(datetime.date(2026, 11, 20))) == [paper]


def test_publication_of_other_regions_is_left_alone(akimat, people):
    elsewhere = IndicatorListFactory(published=True)
    perform(filled(akimat, "approved"), "publish", people["staff"])
    elsewhere.refresh_from_db()
    assert elsewhere.status == "published"


def test_list_approved_on_paper_is_registered_without_replaying_steps(akimat, people):
    paper = perform(
        filled(akimat, year=2026),
        "register_on_paper",
        people["staff"],
        data={**LETTER, "act_kind": "resolution"},
    )
    assert (paper.status, paper.is_retrospective, paper.act_number) == ("approved", True, "12-3/145")
    assert paper.mark_codes == {"retrospective"}
    assert AuditEntry.objects.of(paper).count() == 1
    assert (paper.sent_on, paper.agreed_on, paper.recommended_on) == (None, None, None)
    paper = perform(paper, "publish", people["staff"])
    assert paper.published_on == datetime.date(2026, 10, 5)


def test_stale_page_is_refused(akimat, people):
    paper = filled(akimat, recommended=True)
    perform(paper, "send", people["staff"], expected_version=1)
    with pytest.raises(Refused) as refused:
        perform(paper, "send", people["staff"], expected_version=1)
    assert refused.value.code in {"done", "state"}


def test_failing_effect_undoes_the_publication(akimat, people, monkeypatch):
    earlier = filled(akimat, "published", year=2026)
    paper = filled(akimat, "approved")

    def fail(_deed):
        raise RuntimeError("the disk is full")

    step = replace(indicator_list_workflow.transitions["supersede"], effects=(fail,))
    monkeypatch.setitem(indicator_list_workflow.transitions, "supersede", step)
    with pytest.raises(RuntimeError):
        perform(paper, "publish", people["staff"])
    paper.refresh_from_db()
    earlier.refresh_from_db()
    assert (paper.status, earlier.status) == ("approved", "published")


class Unlocked(IndicatorListWorkflow):
    """What publishing would be without its locks: both have looked before either writes."""

    both_looked = threading.Barrier(2, timeout=20)

    def perform(self, paper, name, **given):
        return Workflow.perform(self, paper, name, **given)

    def lock(self, paper):
        looked_at = self.model._default_manager.get(pk=paper.pk)
        self.both_looked.wait()
        return looked_at


@pytest.fixture
def make_flow():
    yield lambda kind: kind(
        IndicatorList, indicator_list_workflow.transitions.values(), states=IndicatorList.Status
    )
    workflows["indicators.indicatorlist"] = indicator_list_workflow


@pytest.mark.django_db(transaction=True)
@pytest.mark.servers
@pytest.mark.parametrize(
    ("kind", "outcomes", "times"),
    [
        (IndicatorListWorkflow, ["done", "published"], 1),
        (Unlocked, ["published", "published"], 2),  # the negative control
    ],
)
def test_two_who_publish_at_once_publish_once(akimat, people, make_flow, kind, outcomes, times):
    filled(akimat, "published", year=2026)
    paper = filled(akimat, "approved")
    flow, barrier, said = make_flow(kind), threading.Barrier(2), []

    def publish():
        barrier.wait()
        try:
            flow.perform(paper, "publish", actor=people["staff"])
            said.append("published")
        except Refused as refusal:
            said.append(refusal.code)
        connections.close_all()

    threads = [threading.Thread(target=publish) for _turn in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == outcomes
    assert AuditEntry.objects.of(paper).filter(action="publish").count() == times


def test_new_typical_list_supersedes_the_old_one(people):
    old = TypicalListFactory(published=True)
    new = TypicalListFactory()
    with pytest.raises(Refused):
        typical_list_workflow.perform(new, "publish", actor=people["reviewer"])
    typical_list_workflow.perform(new, "publish", actor=people["administrator"])
    old.refresh_from_db()
    assert old.status == "superseded"
    assert TypicalList.objects.in_force() == new


def test_superuser_bypasses_nothing(akimat):
    boss = person(Role.OPERATOR, akimat, is_superuser=True, is_staff=True)
    with pytest.raises(Refused):
        perform(filled(akimat), "send", boss, reason="…")
