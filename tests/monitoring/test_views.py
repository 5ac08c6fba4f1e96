"""The pages of a report, without JavaScript: filled in, refused, locked, added to, deleted from."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.accounts.models import Role
from apps.goals.models import Goal, Indicator, Observation, Series, Target
from apps.grid.tables import Locked
from apps.monitoring.forms import MonthField
from apps.monitoring.models import MonitoringReport, ReportLine
from apps.monitoring.table import ReportTable
from apps.workflow.models import AuditEntry, Remark
from tests.factories.meetings import MemberFactory, WorkingGroupFactory
from tests.factories.monitoring import ItemFactory, LineFactory, ListFactory, ReportFactory, decision_on
from tests.factories.people import OrganisationFactory, national, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def akimat():
    return OrganisationFactory()


@pytest.fixture
def report(akimat):
    return ReportFactory(organisation=akimat)


@pytest.fixture
def staff(akimat, client):
    user = person(Role.AKIMAT_STAFF, akimat, language="ru")
    client.force_login(user)
    return user


def page_of(report) -> str:
    return reverse("monitoring:monitoringreport_detail", kwargs={"pk": report.pk}).replace("/kk/", "/ru/")


def typed(line, **values) -> dict[str, str]:
    """What the browser sends of a line."""
    sent = {f"line-{line.pk}-version": str(line.version)}
    return sent | {f"line-{line.pk}-{name}": value for name, value in values.items()}


def with_official_series(code: str, region) -> None:
    goal, _ = Goal.objects.get_or_create(number=8, defaults=dict.fromkeys(("title_kk", "short_kk"), "8"))
    target, _ = Target.objects.get_or_create(code="8.5", defaults={"goal": goal})
    indicator = Indicator.objects.create(code=code, target=target)
    series = Series.objects.create(indicator=indicator, is_primary=True)
    for year in range(2018, 2024):
        Observation.objects.create(
            series=series, region=region, area_code="KZAKT", year=year, value=year - 2013
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_many_queries_for_three_lines_as_for_one(
    rows, akimat, client, django_assert_num_queries
):
    listed = ListFactory(organisation=akimat)
    report = ReportFactory(organisation=akimat, indicator_list=listed)
    last_year = ReportFactory(organisation=akimat, year=2025)
    for _row in range(rows):
        item = ItemFactory(indicator_list=listed)
        with_official_series(item.code, akimat.region)
        LineFactory(report=report, item=item)
        LineFactory(report=last_year, item=item)
    client.force_login(person(Role.AKIMAT_STAFF, akimat, language="ru"))
    client.get(page_of(report))
    with django_assert_num_queries(9):
        page = client.get(page_of(report))
    assert page.status_code == 200
    assert page.content.count(b'<polyline class="series"') == rows


@pytest.mark.parametrize("state", ["returned", "submitted", "considered", "transmitted"])
@pytest.mark.parametrize("rows", [1, 3])
def test_no_state_of_the_page_asks_more_than_twelve_queries(
    state, rows, akimat, client, django_assert_max_num_queries
):
    WorkingGroupFactory(organisation=akimat)
    report = ReportFactory(organisation=akimat, **{state: True})
    lines = LineFactory.create_batch(rows, report=report)
    user = person(Role.AKIMAT_STAFF, akimat)
    Remark.objects.create(paper=report, text="Түсіндіріңіз", author=user, line_id=lines[0].pk)
    if state in {"considered", "transmitted"}:
        MonitoringReport.objects.filter(pk=report.pk).update(consideration=decision_on(report))
    client.force_login(user)
    client.get(page_of(report))
    with django_assert_max_num_queries(12):
        assert client.get(page_of(report)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_many_queries_for_three_reports_as_for_one(
    rows, akimat, client, django_assert_num_queries
):
    for year in range(2026, 2026 - rows, -1):
        LineFactory(report=ReportFactory(organisation=akimat, year=year))
    client.force_login(person(Role.AKIMAT_STAFF, akimat))
    address = reverse("monitoring:monitoringreport_list")
    client.get(address)
    with django_assert_num_queries(7):
        page = client.get(address)
    assert len(page.context["object_list"]) == rows
    for asked in ("²", "٢٠٢٦", "9" * 5000):
        assert client.get(address, {"year": asked}).status_code == 200


def test_a_foreign_report_does_not_exist(report, client):
    client.force_login(person(Role.AKIMAT_STAFF, OrganisationFactory()))
    for name in ("monitoringreport_detail", "monitoringreport_cells", "monitoringreport_paste"):
        address = reverse(f"monitoring:{name}", kwargs={"pk": report.pk})
        assert client.post(address, {"cells": []}, content_type="application/json").status_code == 404
    letters = reverse("monitoring:monitoringreport_letters", kwargs={"pk": report.pk})
    assert client.get(letters).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(report, client):
    answer = client.get(page_of(report))
    assert answer.status_code == 302
    assert "/login/" in answer.url


def test_the_form_saves_what_changed_and_keeps_it_as_typed(report, staff, client):
    line = LineFactory(report=report, empty=True)
    answer = client.post(page_of(report), typed(line, plan="4,6", fact="2 512,40", comment_ru="Рост цен"))
    assert answer.status_code == 302
    line.refresh_from_db()
    assert (line.fact, line.fact_value, line.comment_ru) == ("2 512,40", Decimal("2512.4"), "Рост цен")
    assert (line.version, line.changed_by) == (2, staff)
    entry = AuditEntry.objects.of(report).get()
    assert entry.changes == {f"line:{line.pk}": {"fact": ["", "2\xa0512,40"], "comment_ru": ["", "Рост цен"]}}


def test_an_ambiguous_number_is_asked_about_and_nothing_typed_is_lost(report, staff, client):
    line, other = LineFactory(report=report), LineFactory(report=report)
    page = client.post(page_of(report), typed(line, fact="2.512,4") | typed(other, fact="5,1"))
    assert page.status_code == 422
    text = page.content.decode()
    told = 'data-stored="4,7" aria-invalid="true"'
    assert f'{told} aria-describedby="h-{line.pk}" inputmode="decimal"' in text
    assert 'value="2.512,4"' in text
    assert f'href="#line-{line.pk}-fact"' in text
    assert f'value="line-{line.pk}-fact=2\xa0512,4"' in text
    other.refresh_from_db()
    assert other.fact == "5,1"


def test_a_cell_that_another_person_changed_is_not_overwritten(report, staff, client):
    line = LineFactory(report=report)
    ReportLine.objects.filter(pk=line.pk).update(fact="9,9", fact_value="9.9", version=2)
    page = client.post(page_of(report), typed(line, fact="1,1"))
    assert page.status_code == 422
    line.refresh_from_db()
    assert line.fact == "9,9"
    assert "9,9" in page.content.decode()


def test_kind_of_fact_that_was_not_stored_stays_as_chosen(report, staff, client):
    line = LineFactory(report=report, fact_status="estimate")
    sent = typed(line, fact_status="final")
    ReportLine.objects.filter(pk=line.pk).update(fact_status="preliminary", version=2)
    page = client.post(page_of(report), sent)
    assert page.status_code == 422
    assert 'data-stored="preliminary"' in page.content.decode()
    assert '<option value="final" selected>' in page.content.decode()


def test_check_and_submit_saves_first_and_then_asks(report, staff, client):
    line = LineFactory(report=report, empty=True)
    answer = client.post(page_of(report), typed(line, fact="5") | {"then": "submit"})
    assert answer.url.endswith(f"/papers/monitoring.monitoringreport/{report.pk}/steps/submit/")
    line.refresh_from_db()
    assert line.fact == "5"
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("state", ["submitted", "considered", "transmitted", "accepted"])
def test_a_report_on_its_way_is_words_and_says_why(state, akimat, staff, client):
    report = ReportFactory(organisation=akimat, **{state: True})
    line = LineFactory(report=report)
    page = client.get(page_of(report)).content.decode()
    assert f'name="line-{line.pk}' not in page
    assert "Документ нельзя изменить" in page or "не может быть изменен" in page
    client.post(page_of(report), typed(line, fact="1"))
    line.refresh_from_db()
    assert line.fact == "4,7"


def test_a_department_sees_all_lines_and_fills_in_its_own(report, client):
    department = OrganisationFactory(department=True, region=report.region)
    own, other = LineFactory(report=report, empty=True), LineFactory(report=report, empty=True)
    own.departments.add(department)
    client.force_login(person(Role.DEPARTMENT_EXECUTOR, department, language="ru"))
    page = client.get(page_of(report)).content.decode()
    assert f'name="line-{own.pk}-fact"' in page
    assert f'name="line-{other.pk}-fact"' not in page
    client.post(page_of(report), typed(own, fact="5") | typed(other, fact="6"))
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.fact, other.fact) == ("5", "")


def test_cells_are_saved_one_by_one_and_answered_with_their_row(report, staff, client):
    line = LineFactory(report=report, empty=True)
    address = reverse("monitoring:monitoringreport_cells", kwargs={"pk": report.pk})
    cell = {"line": line.pk, "field": "fact", "value": "5,0", "was": ""}
    answer = client.post(address, {"cells": [cell]}, content_type="application/json")
    assert answer.status_code == 200
    [saved] = answer.json()["cells"]
    assert (saved["state"], saved["value"]) == ("saved", "5,0")
    assert f'id="line-{line.pk}"' in answer.json()["rows"][str(line.pk)]["html"]


@pytest.mark.parametrize("rows", [1, 3])
def test_autosave_asks_as_many_queries_for_three_lines_as_for_one(
    rows, akimat, staff, client, django_assert_num_queries
):
    report = ReportFactory(organisation=akimat, returned=True)
    listed = ListFactory(organisation=akimat)
    lines = [
        LineFactory(report=report, item=item)
        for item in ItemFactory.create_batch(rows, indicator_list=listed)
    ]
    address = reverse("monitoring:monitoringreport_cells", kwargs={"pk": report.pk})

    def send(fact, was):
        cells = [{"line": line.pk, "field": "fact", "value": fact, "was": was} for line in lines]
        return client.post(address, {"cells": cells}, content_type="application/json")

    send("5", "4,7")  # the history begins
    # Session, person, roles, the report; the save of lines and the seat of its entry of history; then what
    # stands beside the rows: remarks, last year's facts, official series.
    with django_assert_num_queries(16):
        assert send("6", "5").status_code == 200


def test_a_saved_cell_brings_back_everything_that_its_row_says(akimat, staff, client):
    report = ReportFactory(organisation=akimat, returned=True)
    line = LineFactory(report=report)
    Remark.objects.create(paper=report, text="Поясните", author=staff, line_id=line.pk)
    address = reverse("monitoring:monitoringreport_cells", kwargs={"pk": report.pk}).replace("/kk/", "/ru/")
    cell = {"line": line.pk, "field": "fact", "value": "5,0", "was": "4,7"}
    answer = client.post(address, {"cells": [cell]}, content_type="application/json")
    row = answer.json()["rows"][str(line.pk)]["html"]
    assert "Замечаний: 1" in row
    assert row.strip() in client.get(page_of(report)).text


@pytest.mark.parametrize("text", ["31.02.2027", "2027-02-31", "00.04.2027", "32.01.2027"])
def test_a_day_that_is_in_no_calendar_is_no_month(text):
    with pytest.raises(ValidationError):
        MonthField().clean(text)
    assert MonthField().clean("28.02.2027") == datetime.date(2027, 2, 1)


def test_a_month_is_taken_from_a_picker_and_from_a_keyboard(report, staff, client):
    line = LineFactory(report=report, empty=True)
    client.post(page_of(report), typed(line, expected_on="2027-04"))
    line.refresh_from_db()
    assert line.expected_on == datetime.date(2027, 4, 1)
    client.post(page_of(report), typed(line, expected_on="05.2027"))
    line.refresh_from_db()
    assert line.expected_on == datetime.date(2027, 5, 1)
    page = client.post(page_of(report), typed(line, expected_on="13.2027"))
    assert page.status_code == 422


def test_a_measure_is_added_and_deleted(report, staff, client):
    answer = client.post(page_of(report), {"add": "measures"})
    line = report.lines.get()
    assert answer.url.endswith(f"#line-{line.pk}")
    assert (line.section, line.position, line.reporting_year) == ("measures", 1, 2026)
    address = reverse("monitoring:reportline_delete", kwargs={"pk": report.pk, "line": line.pk})
    assert client.get(address).status_code == 200
    client.post(address)
    assert not report.lines.exists()
    assert [entry.action for entry in AuditEntry.objects.of(report).order_by("pk")] == [
        "add_line",
        "delete_line",
    ]


def test_deleting_closes_the_gap_in_the_numbers(report, staff, client):
    first, second, third = (LineFactory(report=report, position=place) for place in (1, 2, 3))
    address = reverse("monitoring:reportline_delete", kwargs={"pk": report.pk, "line": second.pk})
    client.post(address)
    assert list(report.lines.values_list("pk", "position")) == [(first.pk, 1), (third.pk, 2)]


def test_a_line_of_the_list_cannot_be_deleted(report, staff, client):
    line = LineFactory(report=report, item=ItemFactory(indicator_list__organisation=report.organisation))
    address = reverse("monitoring:reportline_delete", kwargs={"pk": report.pk, "line": line.pk})
    assert client.post(address).status_code == 404
    assert report.lines.count() == 1


def test_a_line_is_edited_in_both_languages_and_entrusted(report, staff, client):
    line = LineFactory(report=report, comment_kk="", comment_ru="")
    department = OrganisationFactory(department=True, region=report.region)
    address = reverse("monitoring:reportline_update", kwargs={"pk": report.pk, "line": line.pk})
    assert client.get(address).status_code == 200
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {"comment_kk": "Баға өсті", "comment_ru": "Рост цен", "departments": department.pk}
    answer = client.post(address, sent | {"version": line.version})
    assert answer.status_code == 302
    line.refresh_from_db()
    assert (line.comment_kk, line.comment_ru) == ("Баға өсті", "Рост цен")
    assert list(line.departments.all()) == [department]
    assert {entry.action for entry in AuditEntry.objects.of(report)} == {"edit", "entrust"}


def test_a_line_changed_meanwhile_is_not_overwritten_from_its_page(report, staff, client):
    line = LineFactory(report=report)
    address = reverse("monitoring:reportline_update", kwargs={"pk": report.pk, "line": line.pk})
    ReportLine.objects.filter(pk=line.pk).update(fact="9,9", version=2)
    page = client.post(address, {"fact": "1,1", "version": "1"})
    assert page.status_code == 422
    line.refresh_from_db()
    assert line.fact == "9,9"


def test_a_line_that_was_refused_is_not_entrusted_either(report, staff, client):
    line, department = LineFactory(report=report), OrganisationFactory(department=True, region=report.region)
    address = reverse("monitoring:reportline_update", kwargs={"pk": report.pk, "line": line.pk})
    ReportLine.objects.filter(pk=line.pk).update(fact="9,9", version=2)
    page = client.post(address, {"fact": "1,1", "version": "1", "departments": department.pk})
    assert page.status_code == 422
    assert not line.departments.exists()
    assert not AuditEntry.objects.of(report).exists()


def test_entrusting_a_line_is_a_change_of_the_report_and_none_of_its_words(report, staff):
    line, department = LineFactory(report=report), OrganisationFactory(department=True, region=report.region)
    line.refresh_from_db()
    table = ReportTable(report, staff)
    for _press in range(2):
        table.entrust(line.pk, [department])
    stored = ReportLine.objects.get(pk=line.pk)
    assert list(stored.departments.all()) == [department]
    assert (stored.version, stored.changed_at) == (2, line.changed_at)
    assert MonitoringReport.objects.get().version == 2
    [entry] = AuditEntry.objects.of(report)
    assert (entry.action, entry.changes) == (
        "entrust",
        {f"line:{line.pk}": {"departments": ["", str(department)]}},
    )


def test_a_report_that_left_meanwhile_entrusts_nobody(report, staff):
    line, department = LineFactory(report=report), OrganisationFactory(department=True, region=report.region)
    MonitoringReport.objects.update(status="submitted")
    with pytest.raises(Locked):
        ReportTable(report, staff).entrust(line.pk, [department])
    assert not line.departments.exists()


def test_a_department_neither_adds_nor_deletes_nor_entrusts(report, staff):
    line, department = LineFactory(report=report), OrganisationFactory(department=True, region=report.region)
    line.departments.add(department)
    table = ReportTable(report, person(Role.DEPARTMENT_EXECUTOR, department))
    for deed in (
        lambda: table.add([{}]),
        lambda: table.delete([line.pk]),
        lambda: table.entrust(line.pk, []),
    ):
        with pytest.raises(Locked):
            deed()
    assert report.lines.get().departments.get() == department


def test_those_who_may_not_edit_read_a_line(report, client):
    line = LineFactory(report=report)
    address = reverse("monitoring:reportline_update", kwargs={"pk": report.pk, "line": line.pk})
    client.force_login(national(Role.AUDITOR))
    page = client.get(address)
    assert page.status_code == 200
    assert b"<textarea" not in page.content
    assert client.post(address, {"fact": "1"}).status_code == 404


def test_only_the_fact_and_only_empty_rows_are_views_of_the_same_page(report, staff, client):
    filled, empty = LineFactory(report=report), LineFactory(report=report, empty=True)
    page = client.get(page_of(report), {"mode": "fact", "show": "empty"}).content.decode()
    assert "fact-only" in page
    assert f'id="line-{empty.pk}"' in page
    assert f'id="line-{filled.pk}"' not in page


def test_the_page_stands_in_both_languages(report, staff, client):
    LineFactory(report=report)
    russian = client.get(page_of(report)).content.decode()
    kazakh = client.get(page_of(report).replace("/ru/", "/kk/")).content.decode()
    assert "Мониторинг реализации задач и индикаторов" in russian
    assert "Мероприятия*" in russian
    assert "іске асырылуын мониторингтеу" in kazakh
    assert "Іс-шара*" in kazakh


def test_a_district_begins_with_its_measures(akimat, staff, client):
    report = ReportFactory(organisation=akimat, is_measures_only=True)
    page = client.get(page_of(report)).content.decode()
    assert page.index('data-section="measures"') < page.index('data-section="indicators"')


def test_a_considered_report_leads_to_its_protocol(akimat, staff, client):
    report = ReportFactory(organisation=akimat, considered=True)
    decision = decision_on(report)
    MonitoringReport.objects.filter(pk=report.pk).update(consideration=decision)
    page = client.get(page_of(report)).content.decode()
    assert decision.item.meeting.get_absolute_url().replace("/kk/", "/ru/") in page
    assert "Протокол №\xa04" in page
    assert "№\xa04 хаттама" in client.get(page_of(report).replace("/ru/", "/kk/")).content.decode()


def test_members_of_the_group_remark_on_a_submitted_report(akimat, client):
    report = ReportFactory(organisation=akimat, submitted=True)
    member = MemberFactory(group=WorkingGroupFactory(organisation=akimat), signs_in=True)
    client.force_login(member.user)
    assert 'name="text"' in client.get(page_of(report)).content.decode()
