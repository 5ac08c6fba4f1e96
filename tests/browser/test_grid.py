"""The sheet in a real browser: keys, autosave, questions, conflicts, lost network, ended session, paste."""

import json
import time

import pytest
from playwright.sync_api import expect

from apps.accounts.models import Role
from apps.indicators.models import IndicatorListItem
from apps.monitoring.models import ReportLine
from apps.workflow.models import AuditEntry
from tests.collected import collected
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.factories.monitoring import LineFactory
from tests.factories.people import OrganisationFactory, person

__all__ = ["collected"]
pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 10
PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


# Ctrl+Z as a Kazakh or Russian keyboard sends it
CYRILLIC_UNDO = """document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key: "я", code: "KeyZ", ctrlKey: true, bubbles: true }))"""


@pytest.fixture
def paper(db):
    return IndicatorListFactory(organisation=OrganisationFactory(region__code="150000000"))


@pytest.fixture
def items(paper):
    return IndicatorListItemFactory.create_batch(4, indicator_list=paper)


@pytest.fixture
def staff(paper):
    return person(Role.AKIMAT_STAFF, paper.organisation, full_name="А. Серікқалиева")


@pytest.fixture
def sheet(paper, items, staff, signed_in_page):
    page = signed_in_page(staff)
    page.visit(paper.get_absolute_url())
    return page


def at(item, field):
    return f"#line-{item.pk}-{field}"


def until(wanted, look):
    """Wait until a look at the database, or at the page, shows what is wanted."""
    deadline = time.monotonic() + PATIENCE
    while (seen := look()) != wanted:
        assert time.monotonic() < deadline, f"{seen!r} instead of {wanted!r}"
        time.sleep(0.1)


def stored(item, *fields):
    return lambda: IndicatorListItem.objects.values_list(*fields).get(pk=item.pk)


def test_numbers_are_typed_down_a_column_and_stored(sheet, items):
    sheet.click(at(items[0], "target"))
    for typed in ("1234.5", "кемінде 90", "12,5%", "−5"):
        sheet.keyboard.type(typed)
        sheet.keyboard.press("Enter")
    until(("1234.5",), stored(items[0], "target"))
    until(("кемінде 90", None), stored(items[1], "target", "target_value"))
    until(("12,5%",), stored(items[2], "target"))
    until(("−5",), stored(items[3], "target"))
    until(
        True,
        lambda: sheet.evaluate(
            f"document.querySelector('{at(items[0], 'target')}').value === '1\\u00a0234,5'"
        ),
    )
    assert sheet.problems == []


def test_sheet_saves_itself_from_the_files_that_production_has(
    collected, items, staff, signed_in_page, paper
):
    """Hashed names alone: a script that does not find a module of its own would leave a dead sheet."""
    page = signed_in_page(staff)
    page.context.route("**/static/**", lambda route: route.fulfill(path=collected / named(route.request.url)))
    page.visit(paper.get_absolute_url())
    page.click(at(items[0], "target"))
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    until(("77",), stored(items[0], "target"))
    assert page.problems == []


def named(url):
    return url.split("/static/")[1].split("?")[0].split("#")[0]


def test_enter_returns_to_the_column_where_the_row_began(sheet, items):
    sheet.click(at(items[0], "baseline"))
    sheet.keyboard.press("Tab")
    sheet.keyboard.press("Tab")
    sheet.keyboard.press("Enter")
    assert sheet.evaluate("document.activeElement.id") == f"line-{items[1].pk}-baseline"
    sheet.keyboard.press("Shift+Enter")
    assert sheet.evaluate("document.activeElement.id") == f"line-{items[0].pk}-baseline"


def test_tab_leaves_the_sheet_at_its_end(sheet, items):
    sheet.focus(f"#line-{items[-1].pk}-responsible_kk")
    sheet.keyboard.press("Tab")
    assert not sheet.evaluate("document.activeElement.closest('tbody') !== null")


def test_escape_brings_the_stored_value_back(sheet, items):
    sheet.click(at(items[0], "target"))
    sheet.keyboard.type("9")
    sheet.keyboard.press("Escape")
    assert sheet.input_value(at(items[0], "target")) == "5,0"


def test_value_above_is_filled_down(sheet, items):
    sheet.click(at(items[0], "target"))
    sheet.keyboard.type("77")
    sheet.keyboard.press("Enter")
    sheet.keyboard.press("Control+d")
    until(("77",), stored(items[1], "target"))


def test_ambiguous_number_is_asked_and_chosen(sheet, items):
    sheet.click(at(items[0], "target"))
    sheet.keyboard.type("1.234,5")
    sheet.keyboard.press("Enter")
    choice = sheet.locator(f"#line-{items[0].pk} [data-complaint=target] button")
    choice.first.wait_for()
    assert choice.all_inner_texts() == ["1\xa0234,5", "1,2345"]
    choice.last.click()
    until(("1,2345",), stored(items[0], "target"))
    assert sheet.problems == []


def test_another_person_s_value_is_never_overwritten_unseen(sheet, paper, items, signed_in_page):
    other = person(Role.AKIMAT_STAFF, paper.organisation, full_name="Г. Сәтбаева")
    second = signed_in_page(other)
    second.visit(paper.get_absolute_url())
    second.click(at(items[0], "target"))
    second.keyboard.type("77")
    second.keyboard.press("Enter")
    until(("77",), stored(items[0], "target"))
    sheet.click(at(items[0], "target"))
    sheet.keyboard.type("88")
    sheet.keyboard.press("Enter")
    complaint = sheet.locator(f"#line-{items[0].pk} [data-complaint=target]")
    complaint.wait_for()
    assert "Г. Сәтбаева" in complaint.inner_text()
    assert stored(items[0], "target")() == ("77",)
    complaint.locator("button").first.click()
    until(("88",), stored(items[0], "target"))


def test_bar_falls_silent_once_another_person_s_value_is_kept(sheet, items):
    IndicatorListItem.objects.filter(pk=items[0].pk).update(target="77", target_value=77)
    sheet.click(at(items[0], "target"))
    sheet.keyboard.type("88")
    sheet.keyboard.press("Enter")
    complaint = sheet.locator(f"#line-{items[0].pk} [data-complaint=target]")
    complaint.locator("button").last.click()
    complaint.wait_for(state="detached")
    assert sheet.inner_text("#grid-status") == ""
    assert sheet.input_value(at(items[0], "target")) == "77"


def test_question_that_came_with_the_page_is_settled_by_a_choice(signed_in_page):
    """A report sent by its button, as without scripts: the page asks, and one press answers."""
    line = LineFactory(report__organisation=OrganisationFactory(region__code="150000000"))
    page = signed_in_page(person(Role.AKIMAT_STAFF, line.report.organisation))
    page.visit(line.report.get_absolute_url())
    page.fill(at(line, "fact"), "2.512,4")
    page.click("[data-saves]")
    question = page.locator(f"#line-{line.pk} [data-complaint=fact]")
    question.locator("button").last.click()
    until("2,5124", lambda: ReportLine.objects.get(pk=line.pk).fact)
    expect(question).to_have_count(0)
    assert page.get_attribute(at(line, "fact"), "aria-invalid") is None
    assert page.problems == []


def test_kind_of_fact_that_came_with_an_answer_can_be_taken_back(signed_in_page):
    """Another person chose it meanwhile: an answer drew it, and what it draws is what is stored."""
    line = LineFactory(report__organisation=OrganisationFactory(region__code="150000000"))
    page = signed_in_page(person(Role.AKIMAT_STAFF, line.report.organisation))
    page.visit(line.report.get_absolute_url())
    ReportLine.objects.filter(pk=line.pk).update(fact_status="final")
    page.fill(at(line, "comment_kk"), "Баға өсті")
    page.keyboard.press("Tab")
    kind = page.locator(at(line, "fact_status"))
    expect(kind).to_have_value("final")
    kind.select_option("")
    until("", lambda: ReportLine.objects.get(pk=line.pk).fact_status)
    assert page.problems == []


def test_edits_without_a_network_survive_a_reload(sheet, paper, items):
    context = sheet.page.context
    context.set_offline(True)
    sheet.click(at(items[0], "code"))
    for item in items:
        for field in ("code", "baseline", "target"):
            sheet.focus(at(item, field))
            sheet.keyboard.press("Control+a")
            sheet.keyboard.type("7,5" if field != "code" else "7.7.7")
    sheet.keyboard.press("Enter")
    until(True, lambda: sheet.evaluate("document.querySelector('#grid-status button') !== null"))
    kept = json.loads(sheet.evaluate("Object.values(localStorage).find((one) => one.includes('cells'))"))
    assert len(kept["cells"]) == 12
    assert IndicatorListItem.objects.filter(target="7,5").count() == 0
    context.set_offline(False)
    sheet.once("dialog", lambda dialog: dialog.accept())
    sheet.reload()
    until(4, lambda: IndicatorListItem.objects.filter(code="7.7.7", baseline="7,5", target="7,5").count())
    entries = AuditEntry.objects.of(paper)
    until(12, lambda: sum(len(fields) for one in entries.all() for fields in one.changes.values()))
    until(True, lambda: sheet.evaluate("!Object.keys(localStorage).some((key) => key.startsWith('grid:'))"))


def test_ended_session_loses_no_letter(sheet, paper, items, staff, session_of):
    sheet.page.context.clear_cookies()
    sheet.click(at(items[0], "regional_kk"))
    sheet.keyboard.press("Control+a")
    sheet.keyboard.type("Жаңа сөздер")
    sheet.keyboard.press("Enter")
    sheet.wait_for_selector("#grid-status a")
    assert stored(items[0], "regional_kk")() == (items[0].regional_kk,)
    sheet.enter(session_of(person(Role.AKIMAT_STAFF, paper.organisation)))
    sheet.click("#grid-status button")
    sheet.wait_for_timeout(1000)
    assert stored(items[0], "regional_kk")() == (items[0].regional_kk,)  # another person gets nothing
    sheet.enter(session_of(staff))
    sheet.click("#grid-status button")
    until(("Жаңа сөздер",), stored(items[0], "regional_kk"))


def test_block_is_pasted_with_a_preview_and_taken_back_by_one_key(sheet, items):
    sheet.click(at(items[1], "baseline"))
    with sheet.expect_navigation():
        sheet.evaluate(PASTE, "33,3\t0,1234\n1 234,5\t475,962")
    assert sheet.locator("ins").count() == 4
    assert IndicatorListItem.objects.filter(baseline="33,3").count() == 0
    with sheet.expect_navigation():
        sheet.click("button[name=confirm]")
    assert stored(items[2], "baseline", "target")() == ("1 234,5", "475,962")
    sheet.click(at(items[0], "target"))
    with sheet.expect_navigation():
        sheet.evaluate(CYRILLIC_UNDO)
    assert stored(items[1], "baseline", "target")() == ("4,2", "5,0")
    assert sheet.problems == []


def test_cell_typed_before_the_scripts_have_come_is_stored(paper, items, staff, signed_in_page):
    page = signed_in_page(staff)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/grid.js", hold)
    page.goto(paper.get_absolute_url(), wait_until="commit")
    page.fill(at(items[0], "target"), "77")
    page.select_option(at(items[1], "classification"), "3")
    page.keyboard.press("Tab")
    until(1, lambda: page.wait_for_timeout(50) or len(held))
    held[0].continue_()
    until(("77",), stored(items[0], "target"))
    until((3,), stored(items[1], "classification"))
    changed = [entry.changes for entry in AuditEntry.objects.of(paper)]
    assert sum(len(fields) for lines in changed for fields in lines.values()) == 2
    assert page.problems == []


def test_line_break_in_a_field_of_one_line_is_nobody_s_edit(sheet, items):
    """The browser leaves it out by itself; whoever only opens the page changes nothing."""
    sent = []
    sheet.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    IndicatorListItem.objects.filter(pk=items[0].pk).update(code="8.5.2\n8.5.3")
    sheet.reload()
    assert sheet.input_value(at(items[0], "code")) == "8.5.28.5.3"
    sheet.wait_for_timeout(500)
    assert sent == []


def test_word_saved_in_a_pause_keeps_the_blank_after_it(sheet, items):
    saved = sheet.locator("#grid-status", has_text="Сақталды")
    sheet.click(at(items[0], "regional_kk"))
    sheet.keyboard.press("Control+a")
    sheet.keyboard.type("Жаңа ")
    saved.wait_for()
    assert stored(items[0], "regional_kk")() == ("Жаңа",)
    sheet.keyboard.type("сөздер ")
    sheet.keyboard.press("Tab")
    until(("Жаңа сөздер",), stored(items[0], "regional_kk"))
    until("Жаңа сөздер", lambda: sheet.input_value(at(items[0], "regional_kk")))


def test_bar_says_saved_still_when_a_cell_that_was_saved_in_a_pause_is_left(sheet, items):
    saved = sheet.locator("#grid-status", has_text="Сақталды")
    sheet.click(at(items[0], "target"))
    sheet.keyboard.type("77")
    saved.wait_for()
    sheet.keyboard.press("Tab")
    assert saved.count() == 1


def test_block_pasted_while_a_cell_is_being_saved_waits_for_it(sheet, items):
    """Else the rows would change after the preview, which would be shown again as out of date."""
    held = []

    def hold(route):
        held.append(route)

    sheet.route("**/cells/", hold)
    sheet.click(at(items[0], "target"))
    sheet.keyboard.type("77")
    sheet.keyboard.press("Enter")
    until(1, lambda: sheet.wait_for_timeout(50) or len(held))
    sheet.click(at(items[1], "baseline"))
    sheet.evaluate(PASTE, "33,3\t0,1234")
    sheet.wait_for_timeout(500)
    assert sheet.locator("ins").count() == 0
    with sheet.expect_navigation():
        held[0].continue_()
    assert sheet.locator("ins").count() == 2
    with sheet.expect_navigation():
        sheet.click("button[name=confirm]")
    assert stored(items[0], "target")() == ("77",)
    assert stored(items[1], "baseline", "target")() == ("33,3", "0,1234")


def test_the_key_takes_no_paste_back_once_something_was_typed(sheet, items):
    sheet.click(at(items[1], "baseline"))
    with sheet.expect_navigation():
        sheet.evaluate(PASTE, "33,3\t0,1234")
    with sheet.expect_navigation():
        sheet.click("button[name=confirm]")
    sheet.click(at(items[0], "target"))
    sheet.keyboard.type("9")
    sheet.keyboard.press("Enter")
    until(("9",), stored(items[0], "target"))
    sheet.click(at(items[0], "target"))
    sheet.evaluate(CYRILLIC_UNDO)
    sheet.wait_for_timeout(500)
    assert sheet.locator("#undo").count() == 1
    assert stored(items[1], "baseline", "target")() == ("33,3", "0,1234")


def test_question_about_a_number_stays_while_its_neighbour_is_saved(sheet, items):
    sheet.click(at(items[0], "target"))
    sheet.keyboard.type("1.234,5")
    sheet.keyboard.press("Enter")
    question = sheet.locator(f"#line-{items[0].pk} [data-complaint=target] button")
    question.first.wait_for()
    sheet.click(at(items[0], "baseline"))
    sheet.keyboard.type("8")
    sheet.keyboard.press("Enter")
    sheet.locator(f"#line-{items[0].pk} [data-state=saved]").wait_for()
    assert question.count() == 2
    assert sheet.get_attribute(at(items[0], "target"), "aria-invalid") == "true"


def test_cell_on_which_the_portal_has_no_word_is_sent_once(sheet, items):
    """Kept on this computer since before a field was renamed: it must not be sent for ever."""
    sent = []
    sheet.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    line = items[0].pk
    sheet.evaluate(
        """([line]) => {
          const form = document.getElementById("grid");
          const cells = [{ line, field: "renamed_since", value: "1", was: "" }];
          const kept = JSON.stringify({ at: Date.now(), cells });
          localStorage.setItem(`grid:${form.dataset.user}:${form.dataset.paper}`, kept);
        }""",
        [line],
    )
    sheet.reload()
    sheet.wait_for_timeout(1000)
    assert len(sent) == 1
    assert sheet.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('grid:'))") == []


def test_rows_are_found_by_their_words(sheet, items):
    IndicatorListItem.objects.filter(pk=items[2].pk).update(regional_kk="Ұлытаудағы өсім")
    sheet.reload()
    sheet.fill("[data-finds]", "ұлытау")
    assert sheet.locator("#rows tbody tr:not([hidden])").count() == 1


def test_enter_without_scripts_saves_and_adds_no_row(paper, items, staff, signed_in_page):
    page = signed_in_page(staff, script=False)
    page.visit(paper.get_absolute_url())
    page.fill(at(items[0], "code"), "8.5.2")
    with page.expect_navigation():
        page.press(at(items[0], "code"), "Enter")
    assert stored(items[0], "code")() == ("8.5.2",)
    assert paper.items.count() == len(items)
