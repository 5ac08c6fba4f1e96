"""The January chain through HTTP, against the services of docker-compose.yml as they run in production."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from apps.portal.demo.cast import PASSWORD
from tests.compose import HOST
from tests.official import TITLES
from tests.portal.clerk import Clerk

REASON = "Мәндер желтоқсанда нақтыланады"


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


@pytest.fixture
def somebody(compose_services):
    """Let the people of the demonstration in, each with cookies of their own."""
    compose_services.manage("demo", "--in-production")
    people: dict[str, Clerk] = {}

    def person(address: str) -> Clerk:
        if address not in people:
            email = f"{address}@sdg.demo"
            people[address] = Clerk(compose_services.visitor(), "kk", email, PASSWORD)
        return people[address]

    return person


def hold_meeting(secretary: Clerk, number: str) -> None:
    secretary.go("meetings")
    secretary.follow("set a date")
    # The second meeting of the day is asked about unless one says so.
    secretary.press("set the date", held_on=f"{today():%d.%m.%Y}", starts_at="15:00", is_another="on")
    [waiting] = {one.get("value") for one in secretary.page.xpath(".//input[@name='papers']")}
    secretary.press("take up papers", papers=waiting)
    secretary.press("others present")
    fields = {"protocol-number": number, "protocol-dated": f"{today():%d.%m.%Y}"}
    secretary.press("sign", **fields)
    secretary.press("sign")
    assert secretary.says("protocol signed") in secretary.heading


def holds(who: Clerk, folder: Path, kind: str, *words: str) -> None:
    for language in ("kk", "ru"):
        for file_format in ("pdf", "xlsx", "docx"):
            read = who.reads_paper(folder, language, file_format)
            for expected in (TITLES[kind][language], *words):
                assert expected in read, (language, file_format, read[:400])


def test_chain_runs_through_http(compose_services, somebody, tmp_path):
    staff, secretary, approver = somebody("staff.62"), somebody("secretary.62"), somebody("approver.62")
    reviewer, officer = somebody("reviewer"), somebody("officer")

    # The list: drawn up, recommended, sent, agreed, approved, published.
    staff.go("list")
    staff.follow("from the typical list")
    staff.press("begin the list", year=today().year)
    assert staff.says("draft list") in staff.heading
    staff.press("save", **dict.fromkeys(staff.cells("baseline"), "41,7"))
    assert staff.page.xpath(".//textarea[contains(@name, '-baseline')]")[0].text.strip() == "41,7"
    of_list = staff.path
    hold_meeting(secretary, "101")
    staff.open(of_list)
    assert staff.says("recommended") in staff.words.lower()
    staff.follow("check and send")
    staff.press("send", reason=REASON, **letter("12-3/9001"))
    assert staff.says("sent") in staff.heading
    assert f"https://{HOST}/" in compose_services.letter_to("reviewer@sdg.demo").get_content()
    reviewer.open(of_list)
    reviewer.follow("take up")
    reviewer.press("take up")
    reviewer.follow("agree")
    reviewer.press("agree", **letter("08-2/9002"))
    assert reviewer.says("agreed") in reviewer.heading
    approver.open(of_list)
    approver.follow("approve")
    approver.press("approve", **letter("9003"))
    holds(approver, tmp_path, "list", "41,7")
    approver.follow("publish")
    approver.press("publish")
    assert approver.says("published") in approver.heading

    # The report: opened, filled in, submitted, considered, transmitted, accepted.
    compose_services.manage("open_year", str(today().year))
    staff.go("report")
    staff.follow_first()
    assert staff.says("begun") in staff.heading
    facts = dict.fromkeys([*staff.cells("plan"), *staff.cells("fact")], "42,6")
    staff.press("check and submit", **facts)
    staff.press("submit", **letter("10-4/9004"))
    assert staff.says("submitted") in staff.heading
    of_report = staff.path
    hold_meeting(secretary, "102")
    approver.open(of_report)
    assert approver.says("considered") in approver.heading
    approver.follow("transmit")
    approver.press("transmit", **letter("10-4/9005"))
    assert approver.says("transmitted") in approver.heading
    officer.open(of_report)
    officer.follow("accept")
    officer.press("accept", incoming_number="КС-9006", incoming_date=f"{today():%d.%m.%Y}")
    assert officer.says("accepted") in officer.heading
    holds(officer, tmp_path, "report", "42,6")
    assert "faults 0" in compose_services.manage("verify_audit")
