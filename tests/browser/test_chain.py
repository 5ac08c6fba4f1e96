"""The January chain in a real browser, from an empty list to results accepted, by five different people.

A region that has nothing draws up its list from the typical one, has it recommended, agreed, approved and
published; then its report is filled in, submitted, considered, transmitted and accepted. Each step is taken
by the person whose step it is, and leaves the official paper in both languages.
"""

import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.goals import fixtures as goal_fixtures
from apps.indicators import fixtures as typical_fixtures
from apps.indicators.models import IndicatorList
from apps.monitoring.models import MonitoringReport
from apps.portal.demo.cast import enlist
from tests.browser.people import Person, company
from tests.official import DRAFT_MARK, TITLES, words_of

REGION = "620000000"
STAFF, SECRETARY, APPROVER = "staff.62@sdg.demo", "secretary.62@sdg.demo", "approver.62@sdg.demo"
REVIEWER, OFFICER = "reviewer@sdg.demo", "officer@sdg.demo"
OWN_ROW = {
    "kk": "Суға қолжетімді ауылдардың үлесі, ғасырлық өлшем әңгімесі",
    "ru": "Доля сел с доступом к воде, съемка «ёлочкой»",
}
REMARK = {"kk": "Нысаналы мәнді нақтылаңыз", "ru": "Уточните целевое значение"}
ANSWER = {"kk": "Мән нақтыланды: 38,9", "ru": "Значение уточнено: 38,9"}
TARGETS = {"higher": "1 250,25", "lower": "990,25", "near": "1 110,5"}
REASON = {"kk": "Мәні желтоқсанда нақтыланады", "ru": "Значение уточнят в декабре"}
FORMATS = ("pdf", "xlsx", "docx")
OTHER = {"kk": "ru", "ru": "kk"}


@pytest.fixture
def people_and_typical_list(transactional_db):
    """What stands before anybody has done anything: regions, accounts, groups, the typical list."""
    goal_fixtures.load()
    typical_fixtures.load(enlist().administrator)


def today() -> datetime.date:
    return timezone.localdate()


def letter(number: str) -> dict[str, str]:
    return {
        "outgoing_number": number,
        "outgoing_date": f"{today():%d.%m.%Y}",
        "signatory_name": "Ә. Ғабдуллин",
        "signatory_position_kk": "облыс әкімінің орынбасары",
        "signatory_position_ru": "заместитель акима области",
    }


def holds_paper(
    who: Person, folder: Path, kind: str, *words: str, is_draft: bool = False, place: int = 0
) -> None:
    """Take the official paper in both languages and every format, and read it."""
    for language in ("kk", "ru"):
        for file_format in FORMATS:
            said = words_of(who.downloads(folder, language, file_format, place=place))
            for expected in (TITLES[kind][language], *words):
                assert expected in said, f"{expected} is not in the {language} {file_format}: {said[:600]}"
            assert (DRAFT_MARK in said) == is_draft, f"{language} {file_format}: {said[:200]}"


def draw_up(staff: Person, folder: Path) -> None:
    """The akimat's staff: from the typical list, by typing, by pasting, with a row of their own."""
    staff.go("list")
    staff.press("from the typical list")
    staff.fill(year=str(today().year))
    staff.press("begin the list")
    staff.sees("draft list")
    staff.types(0, "baseline", "41,7")
    staff.types(0, "target", "38,2")
    staff.sees_saved()
    rows = list(IndicatorList.objects.get(region=REGION).items.values_list("direction", flat=True))
    staff.pastes(1, "baseline", "\r\n".join(f"1 110,5\t{TARGETS.get(way, '')}" for way in rows[1:]))
    staff.press("paste")
    staff.sees("draft list")
    assert staff.cell(1, "baseline").input_value() == "1\xa0110,5"
    add_own_row(staff, len(rows))
    holds_paper(staff, folder, "list", "41,7", "38,2", is_draft=True)


def add_own_row(staff: Person, place: int) -> None:
    """A row of the region's own, in one language first: then the other language's paper must wait."""
    here, there = staff.language, OTHER[staff.language]
    staff.press("add a row")
    staff.cell(place, "code").wait_for()
    staff.types(place, "code", "6.1.1")
    staff.types(place, f"national_{here}", OWN_ROW[here])
    staff.types(place, f"regional_{here}", OWN_ROW[here])
    staff.cell(place, "classification").select_option("1")
    staff.sees_saved()
    is_told_what_lacks(staff, there)
    staff.press("both languages")
    staff.types(place, f"national_{there}", OWN_ROW[there])
    staff.types(place, f"regional_{there}", OWN_ROW[there])
    staff.sees_saved()


def is_told_what_lacks(staff: Person, language: str) -> None:
    """The paper in the other language waits for its words: a page names the places."""
    staff.page.locator(f"#files a[href$='/{language}.pdf']").first.click()
    staff.sees_text("41", within="main ul")
    staff.page.problems[:] = [one for one in staff.page.problems if "409" not in one]
    staff.page.locator("main header a").click()
    staff.sees("draft list")


def hold_meeting(secretary: Person, number: str, folder: Path | None = None) -> None:
    """The secretary: sets the date, takes up the paper that waits, notes who came, notes the signing."""
    secretary.go("meetings")
    secretary.press("set a date")
    secretary.fill(held_on=f"{today():%d.%m.%Y}", starts_at="15:00", ends_at="16:10")
    secretary.press("set the date")
    if number != "1":
        secretary.page.locator("[name=is_another]").check()
        secretary.press("set the date")
    secretary.page.locator("[name=papers]").check()
    secretary.press("take up papers")
    secretary.page.locator("table.decisions").wait_for()
    secretary.press("others present")
    secretary.page.locator("[name='protocol-number']").fill(number)
    secretary.page.locator("[name='protocol-dated']").fill(f"{today():%d.%m.%Y}")
    secretary.press("sign", within=".save-bar")
    secretary.press("sign", within="form.entry")
    secretary.sees("protocol signed")
    if folder:
        holds_paper(secretary, folder, "protocol", f"№ {number}")


def send(staff: Person, number: str) -> None:
    staff.press("check and send")
    staff.fill(reason=REASON[staff.language], **letter(number))
    staff.press("send", within="form.entry")
    staff.sees("sent")


def open_list(who: Person) -> None:
    who.go("list")
    who.page.locator("main table a").first.click()


def return_with_remark(reviewer: Person) -> None:
    """The ministry's reviewer: takes the list up, remarks on a row, returns it."""
    open_list(reviewer)
    reviewer.press("take up")
    reviewer.press("take up", within="form.entry")
    first = IndicatorList.objects.get(region=REGION).items.first()
    reviewer.fill(line_id=str(first.pk), text=REMARK[reviewer.language])
    reviewer.press("add a remark")
    reviewer.sees_text(REMARK[reviewer.language], within="#remarks")
    reviewer.press("return")
    reviewer.fill(comment=REMARK[reviewer.language], **letter("08-2/5201"))
    reviewer.press("return", within="form.entry")
    reviewer.sees("returned")


def answer_and_send_again(staff: Person, remark: str) -> None:
    open_list(staff)
    staff.sees("returned")
    staff.sees_text(remark, within="#remarks")
    staff.press("answer", within="#remarks")
    staff.fill(answer=ANSWER[staff.language])
    staff.press("answer", within="form.entry")
    staff.sees_text(ANSWER[staff.language], within="#remarks")
    staff.cell(0, "target").fill("38,9")
    staff.page.keyboard.press("Tab")
    staff.sees_saved()
    send(staff, "12-3/146")


def agree(reviewer: Person, folder: Path) -> None:
    open_list(reviewer)
    reviewer.press("resolve")
    reviewer.press("agree")
    reviewer.fill(**letter("08-2/5202"))
    reviewer.press("agree", within="form.entry")
    reviewer.sees("agreed")
    holds_paper(reviewer, folder, "list", "38,9")


def approve_and_publish(approver: Person, folder: Path) -> None:
    open_list(approver)
    approver.press("approve")
    approver.fill(act_kind="resolution", **letter("214"))
    approver.press("approve", within="form.entry")
    approver.sees("approved")
    holds_paper(approver, folder, "list", "38,9")
    approver.press("publish")
    approver.press("publish", within="form.entry")
    approver.sees("published")


def open_report(who: Person) -> None:
    who.go("report")
    who.page.locator("main table a").first.click()


def fill_and_submit(staff: Person, folder: Path) -> None:
    """The staff: facts by typing and pasting, one row that waits for its data, a measure of their own."""
    open_report(staff)
    staff.sees("begun")
    rows = MonitoringReport.objects.get(region=REGION, year=today().year).lines.count()
    staff.types(0, "plan", "43,0")
    staff.types(0, "fact", "42,6")
    staff.sees_saved()
    staff.pastes(1, "plan", "\r\n".join(f"{number},1\t{number},2" for number in range(20, rows + 18)))
    staff.press("paste")
    staff.sees("begun")
    staff.cell(rows - 1, "expected_on").fill(f"{today().year + 1}-04")
    staff.page.keyboard.press("Tab")
    staff.sees_saved()
    staff.press("check and submit")
    staff.fill(**letter("10-4/31"))
    staff.press("submit", within="form.entry")
    staff.sees("submitted")
    holds_paper(staff, folder, "report", "42,6")


def transmit(approver: Person, folder: Path) -> None:
    open_report(approver)
    approver.sees("considered")
    approver.press("transmit")
    approver.fill(**letter("10-4/81"))
    approver.press("transmit", within="form.entry")
    approver.sees("transmitted")
    holds_paper(approver, folder, "report", "42,6")
    holds_paper(approver, folder, "letter", "№ 10-4/81", place=1)


def accept(officer: Person, folder: Path) -> None:
    open_report(officer)
    officer.press("accept")
    officer.fill(incoming_number="КС-17", incoming_date=f"{today():%d.%m.%Y}")
    officer.press("accept", within="form.entry")
    officer.sees("accepted")
    holds_paper(officer, folder, "report", "42,6")


@pytest.mark.embedded
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_chain_runs_from_an_empty_list_to_accepted_results(
    people_and_typical_list, open_page, tmp_path, language
):
    somebody = company(open_page, language)
    staff, secretary, reviewer = somebody(STAFF), somebody(SECRETARY), somebody(REVIEWER)
    draw_up(staff, tmp_path)
    hold_meeting(secretary, "1", tmp_path)
    staff.page.reload()
    staff.sees("recommended", within=".stamp:not(.awaited)")
    send(staff, "12-3/145")
    return_with_remark(reviewer)
    reviewer.speaks(OTHER[language])
    answer_and_send_again(staff, REMARK[language])
    agree(reviewer, tmp_path)
    approver = somebody(APPROVER)
    approve_and_publish(approver, tmp_path)
    call_command("open_year", str(today().year))
    staff.speaks(OTHER[language])
    staff.speaks(language)
    fill_and_submit(staff, tmp_path)
    hold_meeting(secretary, "2")
    transmit(approver, tmp_path)
    officer = somebody(OFFICER)
    accept(officer, tmp_path)
    call_command("verify_audit")
    for person in (staff, secretary, reviewer, approver, officer):
        person.untroubled()
