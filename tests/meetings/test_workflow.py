"""Signing carries the decisions out, all of them or none; publishing; a protocol on paper."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.attachments.forms import UploadForm
from apps.attachments.models import Attachment
from apps.documents.models import IssuedDocument
from apps.meetings import decisions, planning
from apps.meetings.draft import take_up
from apps.meetings.models import Decision, Meeting, Protocol
from apps.meetings.workflow import protocol_workflow
from apps.notifications.models import Notification
from apps.workflow import audit
from apps.workflow.models import AuditChain, AuditEntry
from apps.workflow.workflow import Refused
from tests.factories.meetings import (
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    MemberFactory,
    account,
    full_group,
)
from tests.factories.monitoring import ListFactory, ReportFactory
from tests.factories.people import SubstitutionFactory, person
from tests.pages import form_data

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def ready(meeting, group):
    """A protocol that lacks nothing: attendance noted, a question, a decision."""
    for seat in group.members.all():
        AttendanceFactory(meeting=meeting, member=seat)
    DecisionFactory(item=AgendaItemFactory(meeting=meeting))
    return meeting.protocol


@pytest.fixture
def report(group):
    return ReportFactory(submitted=True, organisation=group.organisation)


@pytest.fixture
def indicator_list(group):
    return ListFactory(draft=True, organisation=group.organisation, year=2027)


def sign(protocol, actor, **given):
    return protocol_workflow.perform(protocol, "sign", actor=actor, **given)


def codes(protocol, actor):
    return {gap.code: gap.level for gap in protocol_workflow.gaps(protocol, "sign", actor)}


def test_sign_freezes_the_paper_copies_the_signatories_and_tells_the_group(ready, secretary, chair, group):
    staff = person("akimat_staff", group.organisation)
    signed = sign(ready, secretary)
    assert (signed.status, signed.chair_name, signed.secretary_position_ru) == (
        "signed",
        "Ж. Бекмағамбетов",
        "главный специалист управления экономики",
    )
    issued = IssuedDocument.objects.get()
    assert (issued.kind, issued.transition, issued.paper) == ("protocol", "sign", signed)
    assert {note.recipient for note in Notification.objects.all()} == {chair, staff}
    group.members.update(full_name="Басқа адам")
    assert Protocol.objects.get().chair_name == "Ж. Бекмағамбетов"


def test_the_letter_goes_to_who_stands_in_for_an_absent_chair(ready, secretary, chair):
    substitute = SubstitutionFactory(absent=chair).substitute
    sign(ready, secretary)
    assert {note.recipient for note in Notification.objects.all()} == {substitute}


def test_sign_considers_the_report_and_recommends_the_list(
    ready, secretary, report, indicator_list, group, meeting
):
    take_up(meeting, report, decisions.kinds["consider_report"], 2)
    take_up(meeting, indicator_list, decisions.kinds["recommend_list"], 3)
    sign(ready, secretary)
    report.refresh_from_db()
    indicator_list.refresh_from_db()
    considered, recommended = Decision.objects.exclude(kind="")
    assert (report.status, report.consideration, report.considered_on) == (
        "considered",
        considered,
        ready.dated,
    )
    assert (indicator_list.status, indicator_list.recommendation) == ("draft", recommended)
    assert considered.performed_at == recommended.performed_at
    assert considered.performed_at is not None
    basis = AuditEntry.objects.of(report).get()
    assert (basis.action, basis.basis) == ("consider", considered)
    assert list(audit.faults(AuditChain.objects.get())) == []


def test_refused_effect_undoes_everything_and_names_its_decision(
    ready, secretary, report, indicator_list, meeting
):
    take_up(meeting, indicator_list, decisions.kinds["recommend_list"], 2)
    take_up(meeting, report, decisions.kinds["consider_report"], 3)
    type(report).objects.update(status="draft", submitted_on=None)
    with pytest.raises(Refused) as refused:
        sign(ready, secretary)
    decision = Decision.objects.get(kind="consider_report")
    assert "3.1" in str(refused.value)
    assert refused.value.gaps[0].anchor == decision.anchor
    ready.refresh_from_db()
    indicator_list.refresh_from_db()
    assert (ready.status, ready.version, ready.chair_name) == ("draft", 1, "")
    assert indicator_list.recommended_at is None
    assert decision.performed_at is None
    for rows in (AuditEntry, IssuedDocument, Notification, Attachment):
        assert not rows.objects.exists()


def test_refusal_is_shown_on_the_page_of_the_step(client, ready, secretary, report, meeting):
    take_up(meeting, report, decisions.kinds["consider_report"], 2)
    type(report).objects.update(status="draft", submitted_on=None)
    client.force_login(secretary)
    url = f"/ru/papers/meetings.protocol/{ready.pk}/steps/sign/"
    answer = client.post(url, form_data(client.get(url), "expected_version"))
    assert answer.status_code == 409
    assert f"#{Decision.objects.get(kind='consider_report').anchor}" in answer.text


def test_decision_of_a_kind_without_a_paper_is_refused(ready, secretary, meeting):
    Decision.objects.update(kind="consider_report")
    with pytest.raises(Refused):
        sign(ready, secretary)


def test_gaps_of_an_empty_protocol_come_all_at_once(group, secretary):
    protocol = MeetingFactory(group=group, protocol__number="", protocol__dated=None).protocol
    assert codes(protocol, secretary) == {
        "number": "error",
        "dated": "error",
        "no_decision": "error",
        "attendance": "warning",
    }


def test_gap_of_a_meeting_ahead(ready, secretary, meeting):
    Meeting.objects.update(held_on=datetime.date(2099, 1, 20))
    assert codes(Protocol.objects.get(), secretary)["ahead"] == "error"


def test_gap_of_a_cancelled_meeting(group, secretary):
    assert codes(MeetingFactory(group=group, cancelled=True).protocol, secretary)["cancelled"] == "error"


def test_gap_of_a_missing_translation(ready, secretary):
    Decision.objects.update(text_ru="")
    assert codes(ready, secretary) == {"missing_ru": "warning"}


def test_gap_of_a_number_used_twice_in_a_year_of_the_group(client, ready, secretary, group):
    MeetingFactory(protocol__number="1")
    MeetingFactory(group=group, held_on=datetime.date(2025, 10, 22), protocol__number="1")
    assert codes(ready, secretary) == {}
    MeetingFactory(group=group, held_on=datetime.date(2026, 3, 2), protocol__number="1")
    assert codes(ready, secretary) == {"number_twice": "warning"}
    signed = protocol_workflow.perform(ready, "sign", actor=secretary, reason="Кеңсе осылай берді")
    assert signed.mark_codes == {"number_twice"}
    client.force_login(secretary)
    page = client.get(signed.get_absolute_url()).text
    assert "нөмір бір жылда екі рет қолданылған: Кеңсе осылай берді" in page


def test_gap_of_a_question_without_decision(ready, secretary, meeting):
    AgendaItemFactory(meeting=meeting)
    assert codes(ready, secretary) == {"undecided": "warning"}


def test_gap_of_a_date_before_the_meeting(ready, secretary, meeting):
    Protocol.objects.update(dated=meeting.held_on - datetime.timedelta(days=1))
    assert codes(Protocol.objects.get(), secretary) == {"dated_before": "warning"}


def test_warning_goes_through_with_a_reason(ready, secretary, meeting):
    AgendaItemFactory(meeting=meeting)
    with pytest.raises(Refused):
        sign(ready, secretary)
    assert sign(ready, secretary, reason="Мәселе кейінге қалдырылды").status == "signed"
    assert AuditEntry.objects.get().changes["reason"] == "Мәселе кейінге қалдырылды"


def test_deputy_presides_when_the_chair_was_absent(ready, secretary, meeting, group):
    MemberFactory(group=group, deputy=True)
    meeting.attendance.filter(member__capacity="chair").update(state="absent")
    assert sign(ready, secretary).chair_name == "С. Ермекова"


def test_representative_of_the_chair_signs_as_acting(ready, secretary, meeting):
    meeting.attendance.filter(member__capacity="chair").update(state="replaced", representative="Б. Әлиев")
    signed = sign(ready, secretary)
    assert (signed.chair_name, signed.chair_is_acting) == ("Б. Әлиев", True)


def test_scan_comes_with_the_signing_or_after_it(client, ready, secretary, meeting, data_dir):
    client.force_login(secretary)
    url = f"/kk/papers/meetings.protocol/{ready.pk}/steps/sign/"
    data = form_data(client.get(url), "expected_version")
    scan = SimpleUploadedFile("hattama.pdf", PDF)
    assert client.post(url, data | {"scan": scan}).status_code == 302
    later = reverse("meetings:protocol_attach", kwargs={"pk": meeting.pk})
    assert client.get(later).status_code == 200
    client.post(later, {"file": SimpleUploadedFile("kosymsha.pdf", PDF)})
    assert [one.name for one in Attachment.objects.of(ready)] == ["hattama.pdf", "kosymsha.pdf"]
    assert "kosymsha.pdf" in client.get(meeting.get_absolute_url()).text


@pytest.mark.servers
def test_protocol_is_locked_while_a_file_is_attached(ready, secretary, data_dir):
    Protocol.objects.update(status="signed")
    form = UploadForm({}, {"file": SimpleUploadedFile("kosymsha.pdf", PDF)})
    assert form.is_valid()
    with CaptureQueriesContext(connection) as queries:
        planning.attach(ready, form, secretary)
    said = [one["sql"] for one in queries.captured_queries]
    lock = next(place for place, sql in enumerate(said) if "meetings_protocol" in sql and "FOR UPDATE" in sql)
    kept = next(place for place, sql in enumerate(said) if sql.startswith("INSERT") and "attachment" in sql)
    assert lock < kept


def test_nothing_is_attached_to_a_draft_or_by_a_member(client, ready, secretary, group, meeting):
    url = reverse("meetings:protocol_attach", kwargs={"pk": meeting.pk})
    client.force_login(secretary)
    assert client.get(url).status_code == 403
    Protocol.objects.update(status="signed")
    client.force_login(MemberFactory(group=group, signs_in=True).user)
    assert client.get(url).status_code == 403


def test_second_signing_says_who_was_first(ready, secretary, chair):
    sign(ready, secretary)
    with pytest.raises(Refused) as refused:
        sign(ready, chair)
    assert refused.value.code == "done"
    assert "Н. Қалиева" in str(refused.value)


def test_publish_follows_the_signing(ready, secretary, chair):
    with pytest.raises(Refused):
        protocol_workflow.perform(ready, "publish", actor=chair)
    sign(ready, secretary)
    assert protocol_workflow.perform(ready, "publish", actor=chair).status == "published"


def test_past_protocol_is_entered_with_its_scan_and_moves_nothing(client, secretary, group, report, data_dir):
    client.force_login(secretary)
    url = reverse("meetings:protocol_on_paper")
    given = {
        "held_on": "12.02.2026",
        "number": "1",
        "dated": "13.02.2026",
        "chair_name": "Ж. Бекмағамбетов",
        "agenda_kk": "Бірінші мәселе\r\n\r\nЕкінші мәселе\r\n",
        "scan": SimpleUploadedFile("hattama.pdf", PDF),
    }
    answer = client.post(url, form_data(client.get(url), "held_on") | given)
    protocol = Protocol.objects.get()
    assert answer.url == protocol.get_absolute_url()
    assert (protocol.status, protocol.is_retrospective, protocol.mark_codes) == (
        "signed",
        True,
        {"retrospective"},
    )
    assert [entry.action for entry in AuditEntry.objects.all()] == ["register_on_paper"]
    assert [one.name for one in Attachment.objects.of(protocol)] == ["hattama.pdf"]
    issue = IssuedDocument.objects.of(protocol).get()
    assert AuditEntry.objects.get().changes["issued"] == {"protocol": issue.sha256}
    assert reverse("documents:issued_file", args=(issue.pk, "kk", "pdf")) in client.get(answer.url).text
    assert list(protocol.meeting.agenda.values_list("position", "title_kk")) == [
        (1, "Бірінші мәселе"),
        (2, "Екінші мәселе"),
    ]
    report.refresh_from_db()
    assert report.status == "submitted"
    page = client.get(answer.url).text
    assert "ретроспективті түрде енгізілді" in page
    assert "Қатысу хаттаманың өзінде көрсетілген." in page
    assert "Шешімдер хаттаманың өзінде жазылған." in page
    assert "әлі белгіленбеген" not in page
    again = given | {"scan": SimpleUploadedFile("hattama.pdf", PDF)}
    asked = client.post(url, form_data(client.get(url), "held_on") | again)
    assert 'name="is_another"' in asked.text
    assert Protocol.objects.count() == 1


def test_past_protocol_needs_its_scan_and_a_past_meeting(client, secretary, group):
    client.force_login(secretary)
    url = reverse("meetings:protocol_on_paper")
    given = {"held_on": "12.02.2099", "number": "1", "dated": "13.02.2026"}
    answer = client.post(url, form_data(client.get(url), "held_on") | given)
    assert set(answer.context["form"].errors) == {"held_on", "scan"}
    assert not Meeting.objects.exists()


def test_substitute_of_the_secretary_signs(ready, secretary):
    substitute = SubstitutionFactory(absent=secretary).substitute
    assert sign(ready, substitute).status == "signed"
    assert AuditEntry.objects.get().capacity == f"secretary#{ready.group_id}"


def test_stranger_cannot_sign(ready):
    with pytest.raises(Refused) as refused:
        sign(ready, account(full_group(), "secretary"))
    assert refused.value.code == "forbidden"
