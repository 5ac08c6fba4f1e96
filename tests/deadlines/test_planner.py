"""Reminders: each exists once, whatever happened to beat, the clock or the people."""

import datetime
import threading
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.accounts.models import Role
from apps.deadlines import planner
from apps.deadlines.models import Deadline, Reminder
from apps.monitoring import terms
from apps.notifications.models import Notification
from tests.factories.monitoring import ReportFactory
from tests.factories.people import OrganisationFactory, SubstitutionFactory, UserFactory, person

ALMATY = ZoneInfo("Asia/Almaty")

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def at(text: str) -> datetime.datetime:
    """A moment by the clock of Almaty; by day alone, nine in the morning."""
    if "T" not in text:
        text = f"{text}T09:00:00"
    moment = datetime.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def set_deadline(kind: str = terms.SUBMISSION, year: int = 2026, organisation=None) -> Deadline:
    report = ReportFactory(year=year, **({"organisation": organisation} if organisation else {}))
    return Deadline.objects.create(
        kind=kind,
        subject=report,
        organisation=report.organisation,
        year=year,
        due_on=terms.recommended_on(kind, year),
    )


def letters() -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("subject_ru", flat=True))


@pytest.fixture
def deadline():
    """The submission of the report for 2026, due on Friday, 15 January 2027, and one person who owes it."""
    deadline = set_deadline()
    person(Role.AKIMAT_STAFF, deadline.organisation, email="staff@example.kz")
    return deadline


def test_a_season_brings_each_reminder_on_its_working_day(deadline):
    sent = {}
    moment = at("2026-11-20")
    while moment <= at("2027-02-10"):
        if planner.plan(moment):
            sent[moment.date().isoformat()] = letters()[-1]
        moment += datetime.timedelta(days=1)
    assert sent == {
        "2026-12-15": "Отчет за 2026 год: до срока представления в рабочую группу 31 день",
        "2026-12-31": "Отчет за 2026 год: до срока представления в рабочую группу 15 дней",
        "2027-01-12": "Отчет за 2026 год: до срока представления в рабочую группу 3 дня",
        "2027-01-15": "Отчет за 2026 год: срок представления в рабочую группу – сегодня",
        "2027-01-18": "Отчет за 2026 год не представлен: рекомендованный срок истек",
    }


def test_the_same_moment_twice_sends_nothing_the_second_time(deadline):
    assert planner.plan(at("2027-01-12")) == 1
    assert planner.plan(at("2027-01-12")) == 0
    assert len(letters()) == 1


def test_a_run_with_nothing_to_do_asks_six_queries(deadline, django_assert_num_queries):
    for _ in range(3):
        other = set_deadline()
        person(Role.AKIMAT_STAFF, other.organisation)
    planner.plan(at("2027-01-12"))
    with django_assert_num_queries(6):
        assert planner.plan(at("2027-01-12")) == 0


def test_a_clock_set_back_an_hour_doubles_nothing(deadline):
    assert planner.plan(at("2027-01-12T00:30:00")) == 1
    assert planner.plan(at("2027-01-11T23:30:00")) == 0
    assert planner.plan(at("2027-01-12T00:30:00")) == 0


@pytest.mark.parametrize(
    ("moment", "subject"),
    [
        ("2027-01-15T18:59:59Z", "Отчет за 2026 год: срок представления в рабочую группу – сегодня"),
        ("2027-01-15T19:00:00Z", None),  # Saturday has begun: nobody is at work before Monday
        ("2027-01-17T18:59:59Z", None),
        ("2027-01-17T19:00:00Z", "Отчет за 2026 год не представлен: рекомендованный срок истек"),
    ],
)
def test_the_day_ends_at_midnight_in_almaty(deadline, moment, subject):
    planner.plan(at(moment))
    assert letters() == ([subject] if subject else [])


def test_an_outage_before_the_date_is_made_up_by_the_nearest_reminder_alone(deadline):
    assert planner.plan(at("2027-01-13")) == 1
    assert letters() == ["Отчет за 2026 год: до срока представления в рабочую группу 2 дня"]
    assert set(Reminder.objects.values_list("offset_days", flat=True)) == {30, 14, 3}
    assert planner.plan(at("2027-01-14")) == 0


def test_an_outage_over_the_date_is_made_up_by_one_letter(deadline):
    planner.plan(at("2027-01-09"))
    planner.plan(at("2027-01-20"))
    assert letters() == [
        "Отчет за 2026 год: до срока представления в рабочую группу 6 дней",
        "Отчет за 2026 год не представлен: рекомендованный срок истек",
    ]
    assert planner.plan(at("2027-01-21")) == 0


def test_everything_that_has_passed_is_told_to_a_person_in_one_letter(deadline):
    other = set_deadline()
    staff = person(Role.AKIMAT_STAFF, other.organisation)
    SubstitutionFactory(absent=staff, substitute__email="both@example.kz")
    SubstitutionFactory(
        absent=deadline.organisation.role_assignments.get().user,
        substitute=Notification.recipient.field.related_model.objects.get(email="both@example.kz"),
    )
    assert planner.plan(at("2027-01-20")) == 1
    letter = Notification.objects.get()
    assert letter.recipient.email == "both@example.kz"
    assert letter.subject_ru == "Рекомендованных сроков истекло: 2"
    assert letter.body_kk.count("жолданған жоқ") == 2


def test_what_is_ahead_is_told_in_the_order_of_the_dates(deadline):
    approver = person(Role.AKIMAT_APPROVER, deadline.organisation)
    Deadline.objects.create(
        kind=terms.TRANSMISSION,
        subject=deadline.subject,
        organisation=deadline.organisation,
        year=2026,
        due_on=day("2027-02-01"),
    )
    planner.plan(at("2027-01-14"))
    assert letters() == [
        "Отчет за 2026 год: срок представления в рабочую группу – завтра",
        "Отчет за 2026 год: до срока передачи в Рабочий орган 18 дней",
    ]
    assert Notification.objects.order_by("pk").last().recipient == approver


def test_a_deadline_long_past_is_no_news(deadline):
    assert planner.plan(at("2027-03-01")) == 0
    assert not Reminder.objects.exists()


def test_a_duty_that_was_met_is_not_reminded_of(deadline):
    Deadline.objects.close(deadline.subject, terms.SUBMISSION, day("2027-01-11"))
    assert planner.plan(at("2027-01-12")) == 0


def test_a_duty_that_came_back_is_reminded_of_from_then_on(deadline, time_machine):
    time_machine.move_to(at("2027-01-12T15:00:00"), tick=False)
    Deadline.objects.close(deadline.subject, terms.SUBMISSION, day("2027-01-11"))
    Deadline.objects.reopen(deadline.subject, terms.SUBMISSION)
    assert planner.plan(at("2027-01-14")) == 0
    assert planner.plan(at("2027-01-15")) == 1


def test_a_date_that_was_moved_is_reminded_of_anew(deadline):
    planner.plan(at("2027-01-15"))
    Deadline.objects.update(due_on=day("2027-01-25"))
    assert planner.plan(at("2027-01-22")) == 1
    assert letters()[-1] == "Отчет за 2026 год: до срока представления в рабочую группу 3 дня"


def test_the_substitute_is_told_and_the_absent_is_not(deadline):
    absent = deadline.organisation.role_assignments.get().user
    SubstitutionFactory(
        absent=absent,
        substitute__email="substitute@example.kz",
        starts_on=day("2027-01-11"),
        ends_on=day("2027-01-13"),
    )
    planner.plan(at("2027-01-12"))
    assert [letter.recipient.email for letter in Notification.objects.all()] == ["substitute@example.kz"]
    planner.plan(at("2027-01-14"))
    assert Notification.objects.latest("pk").recipient == absent


def test_the_approver_is_asked_where_the_akimat_has_no_staff():
    deadline = set_deadline()
    approver = person(Role.AKIMAT_APPROVER, deadline.organisation)
    planner.plan(at("2027-01-12"))
    assert Notification.objects.get().recipient == approver


def test_the_approver_is_asked_where_the_only_staff_account_is_closed():
    deadline = set_deadline()
    person(Role.AKIMAT_STAFF, deadline.organisation, is_active=False)
    approver = person(Role.AKIMAT_APPROVER, deadline.organisation)
    assert planner.plan(at("2027-01-12")) == 1
    assert Notification.objects.get().recipient == approver


def test_many_dates_that_have_passed_fit_into_one_letter():
    body = OrganisationFactory()
    person(Role.AKIMAT_STAFF, body)
    for year in range(2026, 1996, -1):
        deadline = set_deadline(year=year, organisation=body)
        Deadline.objects.filter(pk=deadline.pk).update(due_on=day("2027-01-15"))
    assert planner.plan(at("2027-01-18")) == 1
    assert Reminder.objects.values("deadline").distinct().count() == 30
    assert planner.plan(at("2027-01-18")) == 0


def test_a_person_who_cannot_be_written_to_keeps_nobody_waiting(deadline, monkeypatch):
    other = person(Role.AKIMAT_STAFF, deadline.organisation)
    write, broken = planner.tell, [other]

    def tell(people, *arguments, **words):
        write(people, *arguments, **words)
        if people == broken:
            raise RuntimeError("after the letter")

    monkeypatch.setattr(planner, "tell", tell)
    assert planner.plan(at("2027-01-12")) == 1
    assert not Notification.objects.filter(recipient=other).exists()
    assert not Reminder.objects.filter(recipient=other).exists()
    broken.clear()
    assert planner.plan(at("2027-01-12")) == 1


def test_a_body_without_people_is_passed_over():
    set_deadline()
    assert planner.plan(at("2027-01-12")) == 0


def test_the_letter_speaks_both_languages_and_goes_in_the_recipients(deadline):
    planner.plan(at("2027-01-12"))
    letter = Notification.objects.get()
    assert letter.language == "kk"
    assert letter.subject_kk == "2026 жылғы есеп: жұмыс тобына жолдау мерзіміне 3 күн қалды"
    assert letter.body_kk.startswith(
        "2026 жылғы мониторинг жөніндегі есепті Өңірлік жұмыс тобына жолдаудың ұсынылған мерзімі – "
        "2027 жылғы 15 қаңтар (27-тармақ)."
    )
    assert letter.body_ru.startswith(
        "Рекомендованный срок представления отчета по мониторингу за 2026 год в Региональную рабочую группу "
        "– 15 января 2027 года (пункт 27)."
    )
    assert letter.path.endswith(f"/{deadline.object_id}/")


def test_in_2028_the_fifteenth_is_a_saturday_and_the_reminder_comes_on_friday():
    deadline = set_deadline(year=2027)
    person(Role.AKIMAT_STAFF, deadline.organisation)
    for moment in ("2028-01-12", "2028-01-13", "2028-01-14", "2028-01-15", "2028-01-16", "2028-01-17"):
        planner.plan(at(moment))
    assert letters() == [
        "Отчет за 2027 год: до срока представления в рабочую группу 3 дня",
        "Отчет за 2027 год: срок представления в рабочую группу – завтра",
        "Отчет за 2027 год не представлен: рекомендованный срок истек",
    ]
    assert "Предыдущий рабочий день: 14 января 2028 года." in Notification.objects.earliest("pk").body_ru


def test_the_turn_of_the_year_and_a_leap_day_lose_nothing(deadline):
    planner.plan(at("2026-12-31T23:59:59"))
    assert planner.plan(at("2027-01-01T00:00:01")) == 0
    Deadline.objects.update(due_on=day("2028-02-29"))
    assert planner.plan(at("2028-02-29")) == 1
    assert letters()[-1].endswith("– сегодня")


def test_the_command_takes_the_moment_as_an_argument(deadline, capsys):
    call_command("plan_reminders", now=at("2027-01-14T09:00:00+05:00"))
    call_command("plan_reminders", "--now", "2027-01-14T09:00:00+05:00")
    assert capsys.readouterr().out == "reminders 1\nreminders 0\n"


def test_the_command_is_given_by_an_operator_or_by_nobody(deadline, capsys):
    staff = person(Role.AKIMAT_STAFF, OrganisationFactory())
    with pytest.raises(CommandError) as refusal:
        call_command("plan_reminders", "--now", "2027-01-14T09:00:00+05:00", "--as", staff.email)
    assert refusal.value.returncode == 1
    assert not Reminder.objects.exists()
    operator = person(Role.OPERATOR, OrganisationFactory())
    call_command("plan_reminders", "--now", "2027-01-14T09:00:00+05:00", "--as", operator.email)
    assert capsys.readouterr().out == "reminders 1\n"


@pytest.mark.parametrize(
    "text", ["yesterday", "2027-13-01T00:00:00", "", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z"]
)
def test_the_command_refuses_what_is_no_moment(text):
    with pytest.raises(CommandError, match="is no moment"):
        call_command("plan_reminders", "--now", text)


def plan_from_two_sides(moment: datetime.datetime) -> list[int]:
    """Run two planners on connections of their own, each stopped between looking and inserting."""
    barrier, counts, here = threading.Barrier(2, timeout=20), [], threading.local()
    look = planner._insert

    def meet_first(missing):
        if not getattr(here, "has_met", False):
            here.has_met = True
            barrier.wait()
        return look(missing)

    def run():
        try:
            counts.append(planner.plan(moment))
        finally:
            connection.close()

    planner._insert = meet_first
    try:
        sides = [threading.Thread(target=run) for _ in range(2)]
        for side in sides:
            side.start()
        for side in sides:
            side.join(timeout=30)
    finally:
        planner._insert = look
    return sorted(counts)


@pytest.fixture
def twenty_people(transactional_db):
    for _ in range(20):
        deadline = set_deadline()
        person(Role.AKIMAT_STAFF, deadline.organisation)


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_send_each_letter_once(twenty_people):
    assert plan_from_two_sides(at("2027-01-12")) == [0, 20]
    assert Notification.objects.count() == 20
    assert Reminder.objects.count() == 60


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_without_the_unique_row_two_planners_would_remind_twice(twenty_people):
    """The negative control: take the constraint out, and the same race shows double reminders."""
    once = next(one for one in Reminder._meta.constraints if one.name == "reminder_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Reminder, once)
    try:
        assert plan_from_two_sides(at("2027-01-12")) == [20, 20]
        assert Reminder.objects.count() == 120
    finally:
        Reminder.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Reminder, once)


def test_an_inactive_person_is_not_told(deadline):
    UserFactory._meta.model.objects.update(is_active=False)
    assert planner.plan(at("2027-01-12")) == 0


def test_deadlines_know_their_days_left_and_their_page(deadline):
    assert deadline.days_left(day("2027-01-12")) == 3
    assert not deadline.is_late(day("2027-01-15"))
    assert deadline.is_late(day("2027-01-16"))
