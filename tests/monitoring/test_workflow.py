"""Who may take which step of a report in which state, and what each step leaves behind (point 27)."""

import datetime

import pytest
from django.db import transaction

from apps.accounts.models import Role
from apps.attachments.models import Attachment
from apps.deadlines.models import Deadline
from apps.documents.models import IssuedDocument
from apps.monitoring import terms
from apps.monitoring.models import MonitoringReport
from apps.monitoring.workflow import monitoring_report_workflow as steps
from apps.notifications.models import Notification
from apps.workflow import letters
from apps.workflow.models import AuditEntry, HandOver
from apps.workflow.workflow import Refused
from tests.factories.meetings import MemberFactory, WorkingGroupFactory
from tests.factories.monitoring import LineFactory, ReportFactory, decision_on
from tests.factories.people import (
    OrganisationFactory,
    RegionFactory,
    SubstitutionFactory,
    UserFactory,
    national,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

STATES = ("draft", "submitted", "considered", "returned", "transmitted", "accepted")
STEPS = ("submit", "recall", "consider", "return_by_group", "transmit", "accept", "return_by_body")

# By hand, from point 27 of the order, not from the rules.
ALLOWED = {
    ("draft", "submit"): {"staff", "approver"},
    ("returned", "submit"): {"staff", "approver"},
    ("submitted", "recall"): {"staff", "approver"},
    ("submitted", "consider"): {"chair", "deputy", "secretary"},
    ("submitted", "return_by_group"): {"chair", "deputy", "secretary"},
    ("submitted", "transmit"): {"approver"},
    ("considered", "transmit"): {"approver"},
    ("transmitted", "accept"): {"working_body"},
    ("transmitted", "return_by_body"): {"working_body"},
}
ALLOWED_TO_DISTRICT = {
    ("draft", "submit"): {"district_staff"},
    ("returned", "submit"): {"district_staff"},
    ("submitted", "recall"): {"district_staff"},
    ("submitted", "consider"): {"chair", "deputy", "secretary"},
    ("submitted", "return_by_group"): {"chair", "deputy", "secretary"},
}
WITHOUT_BUTTON = {"consider", "return_by_group"}


@pytest.fixture
def akimat():
    return OrganisationFactory()


@pytest.fixture
def cast(akimat):
    """Everybody who might try, by name."""
    district = OrganisationFactory(region=RegionFactory(district=True, parent=akimat.region))
    department = OrganisationFactory(department=True, region=akimat.region)
    group = WorkingGroupFactory(organisation=akimat)
    people = {
        "staff": person(Role.AKIMAT_STAFF, akimat),
        "approver": person(Role.AKIMAT_APPROVER, akimat),
        "executor": person(Role.DEPARTMENT_EXECUTOR, department),
        "district_staff": person(Role.DISTRICT_STAFF, district),
        "foreign_staff": person(Role.AKIMAT_STAFF, OrganisationFactory()),
        "foreign_approver": person(Role.AKIMAT_APPROVER, OrganisationFactory()),
        "reviewer": national(Role.MINISTRY_REVIEWER),
        "administrator": national(Role.MINISTRY_ADMINISTRATOR),
        "working_body": national(Role.WORKING_BODY),
        "auditor": national(Role.AUDITOR),
        "operator": national(Role.OPERATOR),
        "superuser": UserFactory(is_superuser=True, is_staff=True),
        "nobody": UserFactory(),
    }
    for capacity in ("chair", "deputy", "secretary", "member"):
        people[capacity] = MemberFactory(group=group, signs_in=True, capacity=capacity).user
    people["foreign_secretary"] = MemberFactory(secretary=True).user
    return people


def report_in(state: str, organisation) -> MonitoringReport:
    report = ReportFactory(organisation=organisation, **({} if state == "draft" else {state: True}))
    LineFactory(report=report)
    return report


def fresh(user):
    """The same person at the next request."""
    return type(user).objects.get(pk=user.pk)


def may(report, step, user, basis) -> bool:
    """Try a step and undo it."""
    try:
        with transaction.atomic():
            steps.perform(report, step, actor=fresh(user), comment="Бар", reason="Бар", basis=basis)
            transaction.set_rollback(True)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("state", STATES)
def test_steps_are_taken_by_those_whom_the_table_names(state, akimat, cast):
    report = report_in(state, akimat)
    basis = decision_on(report)
    for step in STEPS:
        taken = {name for name, user in cast.items() if may(report, step, user, basis)}
        assert taken == ALLOWED.get((state, step), set()), step


@pytest.mark.parametrize("state", STATES)
def test_a_districts_report_ends_with_its_consideration(state, akimat, cast):
    district = cast["district_staff"].role_assignments.get().organisation
    report = report_in(state, district)
    basis = decision_on(report)
    for step in ("submit", "recall", "consider", "return_by_group", "transmit"):
        taken = {name for name, user in cast.items() if may(report, step, user, basis)}
        assert taken == ALLOWED_TO_DISTRICT.get((state, step), set()), step


@pytest.mark.parametrize("state", STATES)
def test_buttons_are_the_steps_that_may_be_taken_without_a_decision(state, akimat, cast):
    report = report_in(state, akimat)
    for name, user in cast.items():
        expected = {
            step
            for (source, step), who in ALLOWED.items()
            if source == state and name in who and step not in WITHOUT_BUTTON
        }
        assert {step.name for step in steps.available_to(fresh(user), report)} == expected, name


@pytest.fixture
def report(akimat, cast):
    """A report with its dates, one filled line, and everybody around it."""
    report = report_in("draft", akimat)
    for kind in terms.DATES:
        Deadline.objects.create(
            kind=kind,
            subject=report,
            organisation=akimat,
            year=2026,
            due_on=terms.recommended_on(kind, 2026),
        )
    return report


def closed(report) -> dict[str, datetime.date | None]:
    return dict(Deadline.objects.of(report).values_list("kind", "closed_on"))


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient__email", flat=True))


@pytest.fixture(autouse=True)
def _in_january(time_machine):
    """The letters of these tests bear dates of these days."""
    time_machine.move_to("2027-01-14T10:00:00+05:00")


IN_TIME = {"outgoing_number": "12-3/145", "outgoing_date": datetime.date(2027, 1, 14)}


def test_submitting_stamps_closes_the_date_freezes_the_paper_and_tells_the_group(report, cast, time_machine):
    time_machine.move_to("2027-01-14T09:00:00+05:00")
    paper = steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    assert (paper.status, paper.submitted_on) == ("submitted", datetime.date(2027, 1, 14))
    assert paper.marks == []
    assert closed(report) == {
        "report_submission": datetime.date(2027, 1, 14),
        "report_transmission": None,
    }
    assert [issued.kind for issued in IssuedDocument.objects.of(report)] == ["report"]
    assert told("report_submit") == {cast["secretary"].email, cast["chair"].email}
    assert HandOver.objects.of(report).get().outgoing_number == "12-3/145"
    entry = AuditEntry.objects.of(report).get()
    assert (entry.action, entry.from_state, entry.to_state) == ("submit", "draft", "submitted")


def test_a_submission_is_told_to_who_stands_in_for_the_absent_secretary(report, cast):
    substitute = SubstitutionFactory(absent=cast["secretary"]).substitute
    steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    assert told("report_submit") == {substitute.email, cast["chair"].email}


def test_gaps_come_all_at_once_each_at_its_line(report, cast):
    empty = LineFactory(report=report, empty=True, position=2)
    russian = LineFactory(report=report, position=3, comment_ru="Рост цен")
    slip = LineFactory(report=report, position=4, fact="12,5,0", fact_value=None)
    LineFactory(report=report, position=5, awaited=True)
    LineFactory(report=report, position=6, fact="кемінде 90", fact_value=None)
    gaps = steps.gaps(report, "submit", cast["staff"], datetime.date(2027, 1, 14))
    assert [(gap.code, gap.anchor, gap.level, gap.mark) for gap in gaps] == [
        ("no_fact", f"line-{empty.pk}-fact", "warning", "incomplete"),
        ("untranslated", f"line-{russian.pk}", "warning", "untranslated"),
        ("malformed", f"line-{slip.pk}-fact", "warning", ""),
    ]


def test_gaps_ask_for_a_reason_and_leave_their_mark(report, cast):
    LineFactory(report=report, empty=True, position=2)
    with pytest.raises(Refused) as refusal:
        steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    assert refusal.value.code == "reason"
    paper = steps.perform(
        report, "submit", actor=cast["staff"], data=IN_TIME, reason="Дерек сәуірде жарияланады"
    )
    assert [(mark["code"], mark["reason"]) for mark in paper.marks] == [
        ("incomplete", "Дерек сәуірде жарияланады")
    ]


def test_an_empty_report_goes_with_a_mark(report, cast):
    report.lines.all().delete()
    paper = steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME, reason="Тізбе бекітілген жоқ")
    assert paper.mark_codes == {"incomplete"}


@pytest.mark.parametrize(
    ("entered", "dated", "is_late"),
    [
        ("2027-01-15T23:59:59+05:00", None, False),
        ("2027-01-16T00:00:00+05:00", None, True),
        ("2027-01-20T10:00:00+05:00", datetime.date(2027, 1, 15), False),
        ("2027-01-20T10:00:00+05:00", datetime.date(2027, 1, 16), True),
    ],
)
def test_lateness_follows_the_date_of_the_document(report, cast, time_machine, entered, dated, is_late):
    time_machine.move_to(entered, tick=False)
    paper = steps.perform(
        report, "submit", actor=cast["staff"], reason="Қыс", data={"outgoing_date": dated} if dated else {}
    )
    assert ("late" in paper.mark_codes) is is_late
    assert closed(report)["report_submission"] == (dated or paper.submitted_on)


def mend(report, transition, actor, **values):
    letter = HandOver.objects.of(report).filter(transition=transition).last()
    letters.mend(report, letter, values, actor=actor)
    report.refresh_from_db()
    return report


@pytest.mark.parametrize(
    ("step", "state", "day", "is_doubtful"),
    [
        ("submit", "draft", datetime.date(2026, 12, 30), True),  # the year is not over
        ("submit", "draft", datetime.date(2026, 12, 31), False),
        ("submit", "draft", datetime.date(2027, 2, 11), True),  # ahead
        ("transmit", "considered", datetime.date(2027, 1, 19), True),  # the group considered it on the 20th
        ("transmit", "considered", datetime.date(2027, 1, 20), False),
        ("transmit", "submitted", datetime.date(2027, 1, 13), True),
        ("transmit", "submitted", datetime.date(2027, 1, 14), False),
    ],
)
def test_date_before_the_report_could_go_is_asked_about(
    akimat, cast, time_machine, step, state, day, is_doubtful
):
    time_machine.move_to("2027-02-10T10:00:00+05:00")
    actor = cast["approver" if step == "transmit" else "staff"]
    codes = {gap.code for gap in steps.gaps(report_in(state, akimat), step, actor, day)}
    assert ("doubtful_date" in codes) is is_doubtful


def test_lateness_follows_a_date_that_is_entered_later(report, cast, time_machine):
    time_machine.move_to("2027-01-20T10:00:00+05:00")
    paper = steps.perform(report, "submit", actor=cast["staff"], reason="Қыс")
    assert paper.mark_codes == {"late"}
    paper = mend(report, "submit", cast["staff"], outgoing_date=IN_TIME["outgoing_date"])
    assert (paper.marks, paper.submitted_on) == ([], IN_TIME["outgoing_date"])
    assert closed(report)["report_submission"] == IN_TIME["outgoing_date"]


def test_a_letter_of_a_recalled_report_submits_nothing(report, cast, time_machine):
    time_machine.move_to("2027-01-14T10:00:00+05:00")
    steps.perform(report, "submit", actor=cast["staff"])
    steps.perform(report, "recall", actor=cast["staff"])
    paper = mend(report, "submit", cast["staff"], outgoing_date=datetime.date(2027, 1, 18))
    assert (paper.submitted_on, paper.marks) == (None, [])
    assert closed(report)["report_submission"] is None


def test_a_covering_letter_numbered_later_is_issued_anew(report, cast, time_machine):
    time_machine.move_to("2027-01-29T10:00:00+05:00")
    steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    steps.perform(report, "consider", actor=cast["secretary"], basis=decision_on(report))
    steps.perform(report, "transmit", actor=cast["approver"])
    given = {"outgoing_number": "12-3/201", "outgoing_date": datetime.date(2027, 1, 28)}
    paper = mend(report, "transmit", cast["approver"], **given)
    assert paper.transmitted_on == closed(report)["report_transmission"] == given["outgoing_date"]
    issued = IssuedDocument.objects.of(report).filter(transition="transmit").order_by("pk")
    assert [document.kind for document in issued] == ["report", "letter", "letter"]
    assert ["12-3/201" in str(document.snapshot) for document in issued] == [False, False, True]
    mend(report, "transmit", cast["approver"], outgoing_number="12-3/201")
    assert issued.count() == 3


def test_a_recalled_report_is_owed_again_and_loses_its_marks(report, cast, time_machine):
    time_machine.move_to("2027-01-18T09:00:00+05:00")
    steps.perform(report, "submit", actor=cast["staff"], reason="Кешіктік")
    paper = steps.perform(report, "recall", actor=cast["staff"])
    assert (paper.status, paper.submitted_on, paper.marks) == ("draft", None, [])
    assert closed(report)["report_submission"] is None
    assert told("report_recall") == {cast["secretary"].email, cast["chair"].email}


def test_a_considered_report_cannot_be_recalled(report, cast):
    steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    steps.perform(report, "consider", actor=cast["secretary"], basis=decision_on(report))
    with pytest.raises(Refused) as refusal:
        steps.perform(report, "recall", actor=cast["staff"])
    assert refusal.value.code == "state"


def test_consideration_needs_a_decision_and_keeps_it(report, cast):
    steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    with pytest.raises(Refused) as refusal:
        steps.perform(report, "consider", actor=cast["secretary"])
    assert refusal.value.code == "decision"
    decision = decision_on(report)
    paper = steps.perform(report, "consider", actor=cast["secretary"], basis=decision)
    assert (paper.consideration, paper.considered_on) == (decision, datetime.date(2027, 1, 21))
    assert AuditEntry.objects.of(report).latest("pk").basis == decision
    assert told("report_consider") == {cast["staff"].email, cast["approver"].email}


def test_a_report_returned_by_the_group_is_owed_again(report, cast):
    steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    with pytest.raises(Refused) as refusal:
        steps.perform(report, "return_by_group", actor=cast["secretary"], basis=decision_on(report))
    assert refusal.value.code == "comment"
    paper = steps.perform(
        report,
        "return_by_group",
        actor=cast["secretary"],
        basis=decision_on(report, "return_report"),
        comment="5-жолды түсіндіріңіз",
    )
    assert paper.is_editable
    assert closed(report)["report_submission"] is None
    assert (
        Notification.objects.filter(kind="report_return_by_group").first().body_kk == "5-жолды түсіндіріңіз"
    )


def test_transmission_closes_the_second_date_and_issues_report_letter_and_receipt(report, cast, time_machine):
    time_machine.move_to("2027-01-29T10:00:00+05:00")
    steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    steps.perform(report, "consider", actor=cast["secretary"], basis=decision_on(report))
    paper = steps.perform(
        report,
        "transmit",
        actor=cast["approver"],
        data={"outgoing_number": "12-3/201", "outgoing_date": datetime.date(2027, 1, 28)},
    )
    assert (paper.status, paper.transmitted_on) == ("transmitted", datetime.date(2027, 1, 28))
    assert closed(report)["report_transmission"] == datetime.date(2027, 1, 28)
    issued = IssuedDocument.objects.of(report).filter(transition="transmit")
    assert {document.kind for document in issued} == {"report", "letter"}
    receipts = Notification.objects.filter(subject_ru__startswith="Отчет за 2026 год передан в Рабочий орган")
    assert {letter.recipient.email for letter in receipts} == {cast["staff"].email, cast["approver"].email}
    assert ": 29 января 2027 года, 10:00" in receipts.first().subject_ru
    assert ": 2027 жылғы 29 қаңтар, 10:00" in receipts.first().subject_kk
    assert receipts.first().body_ru == "Исходящий номер: 12-3/201"
    assert cast["working_body"].email in told("report_transmit")
    assert not paper.is_editable


def test_transmission_without_consideration_asks_for_a_reason_and_is_marked(report, cast, time_machine):
    time_machine.move_to("2027-01-29T10:00:00+05:00")
    steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    with pytest.raises(Refused) as refusal:
        steps.perform(report, "transmit", actor=cast["approver"])
    assert [gap.code for gap in refusal.value.gaps] == ["without_consideration"]
    paper = steps.perform(report, "transmit", actor=cast["approver"], reason="Отырыс өткізілмеді")
    assert paper.mark_codes == {"without_consideration"}


def test_transmission_after_the_first_of_february_is_late(report, cast, time_machine):
    time_machine.move_to("2027-02-02T00:00:00+05:00", tick=False)
    steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    steps.perform(report, "consider", actor=cast["secretary"], basis=decision_on(report))
    paper = steps.perform(report, "transmit", actor=cast["approver"], reason="Отырыс 31 қаңтарда өтті")
    assert paper.mark_codes == {"late"}


def test_the_working_body_registers_what_it_accepts(report, cast):
    MonitoringReport.objects.filter(pk=report.pk).update(status="transmitted")
    paper = steps.perform(
        report,
        "accept",
        actor=cast["working_body"],
        data={"incoming_number": "77", "incoming_date": datetime.date(2027, 2, 3)},
    )
    assert (paper.status, paper.accepted_on) == ("accepted", datetime.date(2027, 2, 3))
    letter = HandOver.objects.of(report).get()
    assert (letter.incoming_number, letter.issuer) == ("77", "council")


def test_what_the_working_body_returns_is_owed_twice(report, cast, time_machine):
    time_machine.move_to("2027-01-29T10:00:00+05:00")
    steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME)
    steps.perform(report, "transmit", actor=cast["approver"], reason="Отырыс өткізілмеді")
    paper = steps.perform(report, "return_by_body", actor=cast["working_body"], comment="3-жолды тексеріңіз")
    assert paper.status == "returned"
    assert set(closed(report).values()) == {None}
    assert {one.reopened_on for one in Deadline.objects.of(report)} == {datetime.date(2027, 1, 29)}


def test_marks_of_an_earlier_submission_fall_with_the_next_one(report, cast, time_machine):
    time_machine.move_to("2027-01-20T10:00:00+05:00")
    line = LineFactory(report=report, empty=True, position=2)
    steps.perform(report, "submit", actor=cast["staff"], data=IN_TIME, reason="Кейін толтырамыз")
    steps.perform(
        report, "return_by_group", actor=cast["secretary"], basis=decision_on(report), comment="Толтырыңыз"
    )
    line.fact, line.fact_value = "5", 5
    line.save()
    paper = steps.perform(report, "submit", actor=cast["staff"], reason="Қайтарылғаннан кейін")
    assert paper.mark_codes == {"late"}
    assert paper.considered_on is None


def test_a_scan_comes_along_with_the_letter(report, cast):
    assert "scan" in {name for effect in steps.transitions["submit"].effects for name in fields_of(effect)}
    assert not Attachment.objects.of(report).exists()


# Whose scan it may be once the letter has gone
SCANS = {
    "submit": {"staff": True, "secretary": True, "executor": False, "auditor": False, "foreign_staff": False},
    "transmit": {"approver": True, "working_body": True, "staff": False, "secretary": False},
}


@pytest.mark.parametrize("step", SCANS)
def test_a_scan_may_come_after_the_letter(client, report, cast, step):
    MonitoringReport.objects.update(status="transmitted", transmitted_on="2027-01-29")
    letter = HandOver.objects.create(paper=report, transition=step, entered_by=cast["staff"])
    for name, may in SCANS[step].items():
        client.force_login(cast[name])
        address = f"/kk/papers/letters/{letter.pk}/attach/"
        assert client.get(address).status_code == (200 if may else 404), name


def fields_of(effect) -> dict:
    asks = getattr(effect, "fields", None)
    return asks() if asks else {}


def test_nobody_is_told_of_what_he_did_himself(report, cast):
    secretary_and_staff = cast["secretary"]
    person_role = cast["staff"].role_assignments.get()
    person_role.user = secretary_and_staff
    person_role.save()
    steps.perform(report, "submit", actor=fresh(secretary_and_staff), data=IN_TIME)
    assert told("report_submit") == {cast["chair"].email}
