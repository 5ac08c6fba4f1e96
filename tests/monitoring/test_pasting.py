"""A block of Annex 2 from Excel: recognised, previewed, stored; the same words as everywhere."""

import re
import unicodedata

import pytest
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.models import Role
from apps.monitoring.pasting import LinePaste
from apps.monitoring.table import ReportTable
from tests.factories.monitoring import ItemFactory, LineFactory, ListFactory, ReportFactory
from tests.factories.people import OrganisationFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

HEAD = (
    "№ п/п\tНаименование\tОтветственные\tИсточник информации\tЕдиница измерения\tОтчетный год\tПлан\tФакт\t"
)
HEAD += "Пояснения при необходимости\n1\t2\t3\t4\t5\t6\t7\t8\t9\n"


@pytest.fixture
def akimat():
    return OrganisationFactory()


@pytest.fixture
def staff(akimat):
    return person(Role.AKIMAT_STAFF, akimat, language="ru")


@pytest.fixture
def table(akimat, staff):
    return ReportTable(ReportFactory(organisation=akimat), staff)


def read(table, block: str, language: str = "ru"):
    return LinePaste(table.paper, table.lines(), language).read(block)


def row(number: int, name: str, plan: str, fact: str, comment: str = "") -> str:
    return f"{number}.\t{name}\tУправление\tБНС\t%\t2026\t{plan}\t{fact}\t{comment}\n"


def test_the_whole_form_is_recognised_with_head_numbers_and_sections(table):
    block = (
        HEAD
        + "Индикаторы\n"
        + row(1, "Доходы", "3,8", "3,9")
        + "Мероприятия*\n"
        + row(1, "Курсы", "24", "21")
    )
    pasted = read(table, block)
    assert [(one.more["section"], one.values["name_ru"], one.values["fact"]) for one in pasted.rows] == [
        ("indicators", "Доходы", "3,9"),
        ("measures", "Курсы", "21"),
    ]
    assert pasted.block.has_header
    assert (pasted.added, pasted.changed, pasted.refused) == (2, 0, 0)


def test_a_kazakh_form_is_recognised_too(table):
    block = (
        "р/с №\tАтауы\tЖауаптылар\tАқпарат көзі\tӨлшем бірлігі\tЕсепті жыл\tЖоспар\tФакт\tҚажет болған кезде "
        "түсіндірмелер\nІс-шара*\n1.\tКурстар\tБасқарма\tЕсеп\tкурс\t2026\t24\t21\t\n"
    )
    [one] = read(table, block, "kk").rows
    assert (one.more["section"], one.values["name_kk"], one.values["fact"]) == ("measures", "Курстар", "21")


def test_rows_fall_on_the_lines_of_the_same_name(table):
    known = LineFactory(report=table.paper, name_ru="Уровень безработицы", fact="4,7", fact_value="4.7")
    pasted = read(table, HEAD + row(1, "уровень  безработицы", "4,6", "4,5"))
    [one] = pasted.rows
    assert one.line == known
    assert one.changes["fact"] == ["4,7", "4,5"]
    assert pasted.added == 0


def test_of_two_lines_with_one_name_the_first_row_falls_on_the_first(table):
    first, second = (LineFactory(report=table.paper, position=place, fact="") for place in (1, 2))
    block = HEAD + "".join(row(1, first.name_ru, "4,6", fact) for fact in ("1", "2", "3"))
    pasted = read(table, block)
    assert [(one.line, one.values["fact"]) for one in pasted.rows] == [
        (first, "1"),
        (second, "2"),
        (None, "3"),
    ]


def test_a_row_without_a_name_falls_on_no_line(table):
    LineFactory(report=table.paper, name_ru="")
    [one] = read(table, HEAD + row(1, "", "4,6", "4,5")).rows
    assert one.line is None


def test_letters_taken_apart_by_a_mac_are_put_together(table):
    known = LineFactory(report=table.paper, name_ru="Занятый район")
    [one] = read(table, unicodedata.normalize("NFD", HEAD + row(1, "Занятый район", "4,6", "4,5"))).rows
    assert one.line == known
    assert "name_ru" not in one.changes


def test_a_row_that_the_list_in_force_lacks_is_left_out(akimat, staff):
    report = ReportFactory(organisation=akimat, indicator_list=ListFactory(organisation=akimat))
    table = ReportTable(report, staff)
    pasted = read(table, HEAD + row(1, "Новый", "1", "2"))
    assert (pasted.added, pasted.refused) == (0, 1)
    assert pasted.new_lines() == []


def test_an_ambiguous_number_is_refused_and_the_rest_is_taken(table):
    pasted = read(table, HEAD + row(1, "Зарплата", "2 450", "2.512,4"))
    assert set(pasted.rows[0].errors) == {"fact"}
    [added] = pasted.new_lines()
    assert added["plan"] == "2 450"
    assert "fact" not in added


def test_a_block_dropped_on_a_cell_fills_the_lines_below_it(table):
    lines = [LineFactory(report=table.paper, position=place) for place in (1, 2, 3)]
    pasted = LinePaste(table.paper, lines).drop(
        "5,1\t5,2\n6,1\t6,2\n7,1\t7,2\n8,1\t8,2", str(lines[1].pk), "plan"
    )
    assert {key: dict(edit.values) for key, edit in pasted.edits().items()} == {
        lines[1].pk: {"plan": "5,1", "fact": "5,2"},
        lines[2].pk: {"plan": "6,1", "fact": "6,2"},
    }
    assert (pasted.added, pasted.left_out) == (0, 2)
    with override("ru"):
        assert pasted.recognised == ["строк ниже последней, не включено: 2"]


def test_an_empty_row_dropped_on_a_cell_leaves_its_line_alone(table):
    lines = [LineFactory(report=table.paper, position=place) for place in (1, 2, 3)]
    pasted = LinePaste(table.paper, lines).drop("5,1\n\n7,1\n\n", str(lines[0].pk), "fact")
    assert {key: edit.values["fact"] for key, edit in pasted.edits().items()} == {
        lines[0].pk: "5,1",
        lines[2].pk: "7,1",
    }


def test_a_block_dropped_on_what_is_no_column_of_the_form_is_read_as_a_whole(table):
    line = LineFactory(report=table.paper)
    pasted = LinePaste(table.paper, [line], "ru").drop("Доходы\tУправление", str(line.pk), "expected_on")
    assert [one.line for one in pasted.rows] == [None]


def test_a_block_too_long_is_not_read(table):
    assert read(table, "x" * 1_000_001).is_too_long


@pytest.fixture
def page(table, staff, client):
    client.force_login(staff)
    return reverse("monitoring:monitoringreport_paste", kwargs={"pk": table.paper.pk}).replace("/kk/", "/ru/")


def test_the_page_shows_what_will_change_before_it_does(table, page, client):
    LineFactory(report=table.paper, name_ru="Уровень безработицы")
    block = HEAD + row(1, "Уровень безработицы", "4,6", "4,5")
    shown = client.post(page, {"text": block, "language": "ru"})
    assert shown.status_code == 200
    assert "4,5" in shown.content.decode()
    assert table.paper.lines.get().fact == "4,7"
    sent = {"text": block, "language": "ru", "version": table.paper.version, "confirm": "1"}
    assert client.post(page, sent).status_code == 302
    assert table.paper.lines.get().fact == "4,5"


def test_a_refused_row_below_the_title_of_a_section_is_named_by_its_place_in_the_block(table, page, client):
    block = HEAD + "Мероприятия*\n" + row(1, "Курсы", "24", "1.234,5")
    shown = client.post(page, {"text": block, "language": "ru"}).content.decode()
    [link] = re.findall(r'<a href="#(row-[0-9]+)">Строка ([0-9]+) блока', shown)
    assert link == ("row-2", "2")
    assert shown.count('id="row-2"') == 1


def test_rows_are_added_where_there_is_no_list(table, page, client):
    block = HEAD + row(1, "Доходы", "3,8", "3,9") + "Мероприятия*\n" + row(1, "Курсы", "24", "21", "К осени")
    sent = {"text": block, "language": "ru", "version": table.paper.version, "confirm": "1"}
    client.post(page, sent)
    assert list(table.paper.lines.values_list("section", "position", "name_ru", "fact", "comment_ru")) == [
        ("indicators", 1, "Доходы", "3,9", ""),
        ("measures", 1, "Курсы", "21", "К осени"),
    ]


def test_a_preview_of_yesterday_is_shown_anew(table, page, client):
    block = HEAD + row(1, "Доходы", "3,8", "3,9")
    sent = {"text": block, "language": "ru", "version": table.paper.version + 7, "confirm": "1"}
    assert client.post(page, sent).status_code == 200
    assert not table.paper.lines.exists()


@pytest.mark.parametrize("text", ["", "\n\t\n"])
def test_nothing_pasted_is_said(page, client, text):
    assert client.post(page, {"text": text, "language": "ru"}).status_code == 422


def test_a_department_does_not_paste_over_the_report(table, page, client):
    department = OrganisationFactory(department=True, region=table.paper.region)
    client.force_login(person(Role.DEPARTMENT_EXECUTOR, department))
    assert client.get(page).status_code == 404


def test_measures_of_the_list_are_found_by_their_name(akimat, staff):
    listed = ListFactory(organisation=akimat)
    report = ReportFactory(organisation=akimat, indicator_list=listed)
    line = LineFactory(
        report=report,
        measure=True,
        name_ru="Курсы",
        item=ItemFactory(indicator_list=listed, measure=True),
    )
    block = HEAD + "Мероприятия*\n" + row(1, "Курсы", "24", "21")
    [one] = read(ReportTable(report, staff), block).rows
    assert one.line == line
