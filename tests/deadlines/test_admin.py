"""A recommended date is moved on a basis, by an operator, and everybody reads that it was."""

import datetime

import pytest
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.models import Role
from apps.deadlines.models import Deadline
from apps.monitoring import terms
from apps.workflow.history import told
from apps.workflow.models import AuditEntry
from tests.factories.monitoring import ReportFactory
from tests.factories.people import national, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
FIRST, MOVED = datetime.date(2027, 1, 15), datetime.date(2027, 1, 25)


@pytest.fixture
def deadline():
    report = ReportFactory(year=2026)
    place = {"subject": report, "organisation": report.organisation, "year": 2026}
    return Deadline.objects.create(kind=terms.SUBMISSION, due_on=FIRST, **place)


@pytest.fixture
def operator():
    return national(Role.OPERATOR, is_staff=True)


def move(client, deadline, **given):
    address = reverse("admin:deadlines_deadline_change", args=[deadline.pk])
    answer = client.post(address, {"due_on": "25.01.2027", "move_reason": "Қаулы № 7", **given})
    deadline.refresh_from_db()
    return answer


def test_operator_moves_a_date_and_the_papers_history_tells_of_it(client, deadline, operator):
    client.force_login(operator)
    assert move(client, deadline).status_code == 302
    assert (deadline.due_on, deadline.moved_from, deadline.move_reason) == (MOVED, FIRST, "Қаулы № 7")
    entry = AuditEntry.objects.of(deadline.subject).get()
    assert (entry.action, entry.comment) == ("move_date", "Қаулы № 7")
    assert entry.changes == {"due_on": ["2027-01-15", "2027-01-25"]}
    assert move(client, deadline, due_on="15.01.2027").status_code == 302
    assert (deadline.due_on, deadline.moved_from) == (FIRST, None)


@pytest.mark.parametrize(("due_on", "marks"), [("25.01.2027", []), ("19.01.2027", ["late"])])
def test_who_kept_the_new_date_is_late_no_longer(client, deadline, operator, due_on, marks):
    """Submitted on 20 January: within the 25th, and late by the 19th as by the 15th."""
    report = deadline.subject
    report.add_mark("late", "Күтілмеген жағдай", "submit")
    report.add_mark("late", "Другой шаг", "transmit")
    report.save()
    Deadline.objects.close(report, terms.SUBMISSION, datetime.date(2027, 1, 20))
    deadline.refresh_from_db()
    client.force_login(operator)
    assert move(client, deadline, due_on=due_on).status_code == 302
    report.refresh_from_db()
    assert [mark["code"] for mark in report.marks if mark["step"] == "submit"] == marks
    assert [mark["code"] for mark in report.marks if mark["step"] == "transmit"] == ["late"]


def test_date_is_not_moved_without_a_basis(client, deadline, operator):
    client.force_login(operator)
    assert move(client, deadline, move_reason="").status_code == 422
    assert deadline.due_on == FIRST


def test_staff_of_an_akimat_moves_no_date(client, deadline):
    client.force_login(person(Role.AKIMAT_STAFF, deadline.organisation, is_staff=True))
    move(client, deadline)
    assert deadline.due_on == FIRST


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "негіздемесі: Қаулы № 7"), ("ru", "срок перенесен, основание: Қаулы № 7")]
)
def test_report_says_that_its_date_was_moved(client, deadline, operator, language, said):
    deadline.move(MOVED, "Қаулы № 7", operator)
    client.force_login(person(Role.AKIMAT_STAFF, deadline.organisation))
    page = client.get(
        f"/{language}" + reverse("monitoring:monitoringreport_detail", args=[deadline.object_id])[3:]
    )
    assert said in page.text


def test_history_says_which_date_it_was_in_words(deadline, operator):
    deadline.move(MOVED, "Қаулы № 7", operator)
    report = deadline.subject
    with override("ru"):
        [entry] = told(report, AuditEntry.objects.of(report))
        assert entry.words == "рекомендованный срок перенесен"
        assert [(one.label, one.before, one.after) for one in entry.changes] == [
            ("рекомендованный срок", "15.01.2027", "25.01.2027")
        ]


@pytest.mark.parametrize(("language", "words"), [("kk", "Ұйым"), ("ru", "Организация")])
def test_operators_table_names_the_organisation_in_the_language_of_the_page(
    client, deadline, operator, language, words
):
    client.force_login(operator)
    with override(language):
        page = client.get(reverse("admin:deadlines_deadline_changelist")).content.decode()
    assert words.casefold() in page.casefold()
    assert ">Organisation<" not in page
