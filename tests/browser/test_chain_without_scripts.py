"""The core of the January chain where scripts do not run: each step is a link or a button of a plain form."""

import pytest

from apps.goals import fixtures as goal_fixtures
from apps.indicators import fixtures as typical_fixtures
from apps.indicators.models import IndicatorList
from apps.monitoring.models import MonitoringReport
from apps.organisations.models import Region
from apps.portal.demo.cast import enlist
from tests.browser import test_chain as chain
from tests.browser.people import Person, company

YEAR = chain.today().year


@pytest.fixture
def people_and_typical_list(transactional_db):
    goal_fixtures.load()
    typical_fixtures.load(enlist().administrator)


def type_and_save(who: Person, **cells: str) -> None:
    """Type into the first row and press the one button that there is without scripts."""
    for field, value in cells.items():
        who.cell(0, field).fill(value)
    who.press("save", within="#grid")


def draw_up(staff: Person) -> None:
    staff.go("list")
    staff.press("from the typical list")
    staff.fill(year=str(YEAR))
    staff.press("begin the list")
    type_and_save(staff, baseline="41,7", target="38,2")
    staff.press("add a row")
    assert staff.cell(0, "baseline").input_value() == "41,7"


def fill_and_submit(staff: Person) -> None:
    chain.open_report(staff)
    type_and_save(staff, plan="43,0", fact="42,6")
    assert staff.cell(0, "fact").input_value() == "42,6"
    staff.press("check and submit")
    staff.fill(reason=chain.REASON["kk"], **chain.letter("10-4/31"))
    staff.press("submit", within="form.entry")
    staff.sees("submitted")


@pytest.mark.embedded
def test_chain_runs_without_scripts(people_and_typical_list, open_page, tmp_path):
    somebody = company(open_page, "kk", script=False)
    staff, secretary, reviewer = somebody(chain.STAFF), somebody(chain.SECRETARY), somebody(chain.REVIEWER)
    approver, officer = somebody(chain.APPROVER), somebody(chain.OFFICER)
    draw_up(staff)
    chain.hold_meeting(secretary, "1")
    chain.send(staff, "12-3/145")
    chain.open_list(reviewer)
    reviewer.press("take up")
    reviewer.press("take up", within="form.entry")
    reviewer.press("agree")
    reviewer.fill(**chain.letter("08-2/5202"))
    reviewer.press("agree", within="form.entry")
    reviewer.sees("agreed")
    chain.open_list(approver)
    approver.press("approve")
    approver.fill(**chain.letter("214"))
    approver.press("approve", within="form.entry")
    approver.press("publish")
    approver.press("publish", within="form.entry")
    approver.sees("published")
    chain.call_command("open_year", str(YEAR))
    fill_and_submit(staff)
    chain.hold_meeting(secretary, "2")
    chain.open_report(approver)
    approver.press("transmit")
    approver.fill(**chain.letter("10-4/81"))
    approver.press("transmit", within="form.entry")
    chain.open_report(officer)
    officer.press("accept")
    officer.fill(incoming_number="КС-17")
    officer.press("accept", within="form.entry")
    officer.sees("accepted")
    assert IndicatorList.objects.get().status == "published"
    assert MonitoringReport.objects.get(region=Region.objects.get(pk=chain.REGION)).status == "accepted"
    for person in (staff, secretary, reviewer, approver, officer):
        person.untroubled()
