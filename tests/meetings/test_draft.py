"""The meeting page as one form, posted as a browser without scripts would post it."""

import datetime

import pytest
from django.urls import reverse

from apps.groups.models import Member
from apps.meetings.models import AgendaItem, Attendance, Decision, Meeting, Protocol
from apps.workflow.models import AuditEntry
from tests.factories.meetings import (
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    MemberFactory,
    full_group,
)
from tests.factories.monitoring import ReportFactory
from tests.pages import form_data

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def page(client, secretary, meeting):
    """Open the page as the secretary, change some fields, send it, and return the answer."""
    client.force_login(secretary)
    url = meeting.get_absolute_url()

    def send(*, again=None, **changes):
        data = again or form_data(client.get(url), "version")
        return client.post(url, data | {name.replace("__", "-"): value for name, value in changes.items()})

    return send


def test_page_sent_as_it_stands_changes_nothing(page, meeting, protocol):
    DecisionFactory(item=AgendaItemFactory(meeting=meeting))
    assert page().status_code == 302
    protocol.refresh_from_db()
    assert protocol.version == 1
    assert not AuditEntry.objects.exists()
    assert not Attendance.objects.exists()


def test_every_section_is_stored_at_once(page, meeting, protocol, group):
    members = list(group.members.filter(capacity="member"))
    item = AgendaItemFactory(meeting=meeting)
    answer = page(
        **{
            "meeting-held_on": "23.10.2026",
            f"member-{members[0].pk}-state": "present",
            f"member-{members[1].pk}-state": "replaced",
            f"member-{members[1].pk}-representative": "Б. Әлиев",
            f"item-{item.pk}-heard_kk": "баяндамашы Ә. Серік",
            f"new-decision-{item.pk}-text_kk": "Ақпарат назарға алынсын",
            "new-item-title_ru": "Разное",
            "protocol-number": "7",
        }
    )
    assert answer.status_code == 302
    meeting.refresh_from_db()
    protocol.refresh_from_db()
    assert meeting.held_on == datetime.date(2026, 10, 23)
    assert list(meeting.attendance.order_by("member").values_list("state", "representative")) == [
        ("present", ""),
        ("replaced", "Б. Әлиев"),
    ]
    assert list(meeting.agenda.values_list("position", "title_ru", "heard_kk")) == [
        (1, item.title_ru, "баяндамашы Ә. Серік"),
        (2, "Разное", ""),
    ]
    assert Decision.objects.get().text_kk == "Ақпарат назарға алынсын"
    assert (protocol.number, protocol.version, protocol.status) == ("7", 2, "draft")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.changes["number"]) == ("edit", ["1", "7"])


def test_error_in_one_section_stores_nothing_and_keeps_what_was_typed(page, meeting, protocol):
    answer = page(**{"meeting-held_on": "32.10.2026", "protocol-number": "7"})
    assert answer.status_code == 422
    assert 'value="32.10.2026"' in answer.text
    assert 'href="#id_meeting-held_on"' in answer.text
    protocol.refresh_from_db()
    assert protocol.number == "1"


def test_stale_page_overwrites_nothing_and_can_be_sent_again(page, client, meeting, protocol):
    opened = form_data(client.get(meeting.get_absolute_url()), "version")
    page(**{"protocol-number": "7"})
    answer = page(again=opened, **{"meeting-place_kk": "Онлайн"})
    assert answer.status_code == 409
    meeting.refresh_from_db()
    assert meeting.place_kk == "Әкімдік, 214-зал"
    retyped = form_data(answer, "version")
    assert retyped["meeting-place_kk"] == "Онлайн"
    assert page(again=retyped).status_code == 302
    meeting.refresh_from_db()
    assert meeting.place_kk == "Онлайн"


def test_second_page_takes_over_what_the_first_one_stored(page, client, meeting, protocol, group):
    """Two pages of one person: attendance, a question and a decision in one, the place alone in the other."""
    item = AgendaItemFactory(meeting=meeting)
    opened = form_data(client.get(meeting.get_absolute_url()), "version")
    page(
        all_present="1",
        **{"new-item-title_kk": "Әртүрлі", f"new-decision-{item.pk}-text_kk": "Назарға алынсын"},
    )
    answer = page(again=opened, **{"meeting-place_kk": "Онлайн", "protocol-number": "9"})
    assert answer.status_code == 409
    again = form_data(answer, "version")
    assert page(again=again).status_code == 302
    meeting.refresh_from_db()
    protocol.refresh_from_db()
    assert (meeting.place_kk, protocol.number) == ("Онлайн", "9")
    assert meeting.attendance.filter(state="present").count() == group.members.count()
    assert list(meeting.agenda.values_list("title_kk", flat=True)) == [item.title_kk, "Әртүрлі"]
    assert Decision.objects.get().text_kk == "Назарға алынсын"


def test_second_page_keeps_the_papers_ticked_and_words_whose_question_is_gone(page, client, group, meeting):
    item = AgendaItemFactory(meeting=meeting)
    report = ReportFactory(submitted=True, organisation=group.organisation)
    opened = form_data(client.get(meeting.get_absolute_url()), "version")
    page(**{f"item-{item.pk}-delete": "on"})
    key = f"consider_report:{report.pk}"
    answer = page(again=opened, papers=key, **{f"item-{item.pk}-heard_kk": "баяндамашы Ә. Серік"})
    assert answer.status_code == 409
    assert "<li>баяндамашы Ә. Серік</li>" in answer.text
    assert page(again=form_data(answer, "version")).status_code == 302
    assert meeting.agenda.get().subject == report


def test_field_changed_in_both_pages_is_kept_as_it_was_typed_last(page, client, meeting):
    opened = form_data(client.get(meeting.get_absolute_url()), "version")
    page(**{"meeting-place_kk": "Біріншісі", "meeting-place_ru": "Первое"})
    answer = page(again=opened, **{"meeting-place_kk": "Екіншісі"})
    again = form_data(answer, "version")
    assert (again["meeting-place_kk"], again["meeting-place_ru"]) == ("Екіншісі", "Первое")


def test_mistake_on_a_stale_page_does_not_pass_for_a_fresh_one(page, client, meeting, protocol):
    opened = form_data(client.get(meeting.get_absolute_url()), "version")
    page(**{"protocol-number": "7"})
    answer = page(again=opened, **{"meeting-held_on": "32.10.2026"})
    assert answer.status_code == 409
    answer = page(again=form_data(answer, "version"))
    assert answer.status_code == 422
    assert page(again=form_data(answer, "version") | {"meeting-held_on": "23.10.2026"}).status_code == 302
    protocol.refresh_from_db()
    assert protocol.number == "7"


@pytest.mark.parametrize("shown", ["", "[]", "{", '{"meeting-place_kk": 5}'])
def test_page_that_does_not_say_what_it_showed_is_taken_as_typed(page, client, meeting, shown):
    opened = form_data(client.get(meeting.get_absolute_url()), "version") | {"shown": shown}
    page(**{"meeting-place_ru": "Первое"})
    answer = page(again=opened, **{"meeting-place_kk": "Онлайн"})
    assert answer.status_code == 409
    assert form_data(answer, "version")["meeting-place_kk"] == "Онлайн"


def test_signed_protocol_is_not_edited(page, client, meeting, protocol):
    opened = form_data(client.get(meeting.get_absolute_url()), "version")
    Protocol.objects.update(status="signed")
    assert page(again=opened, **{"protocol-number": "7"}).status_code == 302
    protocol.refresh_from_db()
    assert (protocol.number, protocol.version) == ("1", 1)
    assert 'name="version"' not in client.get(meeting.get_absolute_url()).text


def test_member_cannot_send_the_page(client, group, meeting):
    client.force_login(MemberFactory(group=group, signs_in=True).user)
    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert client.post(meeting.get_absolute_url(), {"version": "1"}).status_code == 403


def test_others_are_noted_as_present_by_one_button(page, meeting, group):
    absent = group.members.filter(capacity="member").first()
    page(all_present="1", **{f"member-{absent.pk}-state": "absent"})
    states = dict(meeting.attendance.values_list("member", "state"))
    assert states.pop(absent.pk) == "absent"
    assert len(states) == 4
    assert set(states.values()) == {"present"}


def test_attendance_is_asked_of_those_who_sat_that_day(page, client, meeting, group):
    former = MemberFactory(group=group, ends_on=meeting.held_on)
    earlier = MemberFactory(group=group, ends_on=meeting.held_on - datetime.timedelta(days=1))
    later = MemberFactory(group=group, starts_on=meeting.held_on + datetime.timedelta(days=1))
    text = client.get(meeting.get_absolute_url()).text if page() else ""
    assert f"member-{former.pk}-state" in text
    assert f"member-{earlier.pk}-state" not in text
    assert f"member-{later.pk}-state" not in text


def test_question_goes_to_the_place_that_was_typed(page, meeting):
    items = AgendaItemFactory.create_batch(3, meeting=meeting)
    page(**{f"item-{items[2].pk}-position": "1"})
    assert list(meeting.agenda.values_list("pk", flat=True)) == [items[2].pk, items[0].pk, items[1].pk]
    page(**{f"item-{items[2].pk}-position": "3"})
    assert list(meeting.agenda.values_list("pk", flat=True)) == [items[0].pk, items[1].pk, items[2].pk]


def test_question_and_decision_are_struck(page, meeting):
    first, second = AgendaItemFactory.create_batch(2, meeting=meeting)
    kept, struck = DecisionFactory.create_batch(2, item=second)
    DecisionFactory(item=first)
    page(**{f"item-{first.pk}-delete": "on", f"decision-{struck.pk}-delete": "on"})
    assert list(AgendaItem.objects.values_list("pk", "position")) == [(second.pk, 1)]
    assert list(Decision.objects.values_list("pk", "position")) == [(kept.pk, 1)]


def test_one_language_is_enough_and_none_is_not(page, meeting):
    item = AgendaItemFactory(meeting=meeting)
    assert page(**{f"item-{item.pk}-title_kk": ""}).status_code == 302
    assert page(**{f"item-{item.pk}-title_ru": ""}).status_code == 422


def test_paper_that_waits_is_taken_up_with_its_decision(page, client, meeting, group):
    body = group.organisation
    report = ReportFactory(submitted=True, organisation=body)
    ReportFactory(organisation=body, year=2025)
    ReportFactory(submitted=True)
    text = client.get(meeting.get_absolute_url()).text if page() else ""
    assert text.count('name="papers"') == 1
    page(papers=f"consider_report:{report.pk}")
    item = meeting.agenda.get()
    decision = item.decisions.get()
    assert item.subject == report
    assert (decision.kind, decision.responsible_kk) == ("consider_report", body.name_kk)
    assert "2026" in decision.text_kk
    assert "2026" in decision.text_ru
    assert 'name="papers"' not in client.get(meeting.get_absolute_url()).text


def test_paper_that_does_not_wait_is_not_taken_up(page, meeting, group):
    stranger = ReportFactory(submitted=True)
    page(papers=f"consider_report:{stranger.pk}")
    assert not meeting.agenda.exists()


def test_another_kind_brings_its_words_unless_somebody_wrote_others(page, meeting, group):
    report = ReportFactory(submitted=True, organisation=group.organisation)
    page(papers=f"consider_report:{report.pk}")
    decision = Decision.objects.get()
    page(**{f"decision-{decision.pk}-kind": "return_report"})
    decision.refresh_from_db()
    assert decision.text_kk == "Мониторинг жөніндегі 2026 жылғы есеп пысықтауға қайтарылсын."
    page(
        **{f"decision-{decision.pk}-text_kk": "Өз сөзіміз", f"decision-{decision.pk}-kind": "consider_report"}
    )
    decision.refresh_from_db()
    assert (decision.kind, decision.text_kk) == ("consider_report", "Өз сөзіміз")


def test_decision_on_a_typed_question_has_no_kind(page, client, meeting):
    item = AgendaItemFactory(meeting=meeting)
    text = client.get(meeting.get_absolute_url()).text if page() else ""
    assert f"new-decision-{item.pk}-kind" not in text


def test_button_of_signing_stores_and_leads_on(page, protocol):
    answer = page(**{"then": "sign", "protocol-number": "7"})
    assert answer.url == f"/kk/papers/meetings.protocol/{protocol.pk}/steps/sign/"
    protocol.refresh_from_db()
    assert protocol.number == "7"


def test_htmx_is_answered_with_the_page_also_when_it_has_errors(client, secretary, meeting):
    client.force_login(secretary)
    data = form_data(client.get(meeting.get_absolute_url()), "version") | {"meeting-held_on": "?"}
    answer = client.post(meeting.get_absolute_url(), data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'id="meeting"' in answer.text


def test_planning_makes_a_meeting_with_the_draft_of_its_protocol(client, secretary, group):
    client.force_login(secretary)
    data = form_data(client.get(reverse("meetings:meeting_create")), "held_on")
    answer = client.post(reverse("meetings:meeting_create"), data | {"held_on": "22.01.2027"})
    meeting = Meeting.objects.get()
    assert answer.url == f"{meeting.get_absolute_url()}#p3"
    assert (meeting.group, meeting.protocol.status) == (group, "draft")
    assert AuditEntry.objects.get().action == "plan"


def test_second_meeting_of_a_day_is_asked_about_and_planned_when_confirmed(client, secretary, group):
    """Without scripts a second press of the button arrives like this."""
    client.force_login(secretary)
    url = reverse("meetings:meeting_create")
    data = form_data(client.get(url), "held_on") | {"held_on": "22.01.2027"}
    client.post(url, data)
    asked = client.post(url, data)
    assert 'name="is_another"' in asked.text
    assert asked.context["form"].errors["held_on"]
    assert Meeting.objects.count() == 1
    assert client.post(url, data | {"is_another": "on"}).status_code == 302
    assert Meeting.objects.count() == 2


def test_planning_is_for_those_who_keep_the_minutes(client, group):
    client.force_login(MemberFactory(group=group, capacity=Member.Capacity.DEPUTY, signs_in=True).user)
    assert client.get(reverse("meetings:meeting_create")).status_code == 403


def test_planning_for_another_group_is_no_choice(client, secretary, group):
    client.force_login(secretary)
    data = {"group": full_group().pk, "held_on": "22.01.2027", "form": "online"}
    assert client.post(reverse("meetings:meeting_create"), data).status_code == 422
    assert not Meeting.objects.exists()


def test_cancelled_meeting_keeps_its_record_and_is_not_edited(client, secretary, meeting, protocol):
    client.force_login(secretary)
    url = reverse("meetings:meeting_cancel", kwargs={"pk": meeting.pk})
    assert client.get(url).status_code == 200
    client.post(url, {"reason": "Төраға іссапарда"})
    meeting.refresh_from_db()
    assert meeting.cancel_reason == "Төраға іссапарда"
    assert client.get(url).status_code == 403
    page = client.get(meeting.get_absolute_url())
    assert "Төраға іссапарда" in page.text
    assert 'name="version"' not in page.text


def test_attendance_once_noted_can_be_taken_back(page, meeting, group):
    seat = group.members.first()
    AttendanceFactory(meeting=meeting, member=seat)
    page(**{f"member-{seat.pk}-state": ""})
    assert not meeting.attendance.exists()
