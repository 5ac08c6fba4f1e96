"""Pages of the lists: what they show, to whom, at what cost, and what they do without scripts."""

import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from apps.grid.tables import Locked
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.indicators.tables import ItemTable
from apps.organisations.models import Organisation
from apps.workflow.models import AuditEntry, HandOver, Remark
from tests.factories.indicators import (
    IndicatorListFactory,
    IndicatorListItemFactory,
    TypicalListFactory,
    TypicalListItemFactory,
    recommending,
)
from tests.factories.people import OrganisationFactory
from tests.words import said

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

BLOCK = (
    "№\t№ индикатора\tНациональный индикатор\tИндикатор для региона\tКлассификация 1, 2, 3"
    "\tБазовое значение\tЦелевое значение\tОтветственный МИО\n"
    "1.\t1.2.1\tДоля населения\tДоля населения области\t1\t4,2\tне менее 90\tУправление занятости\n"
    "2.\t\t\tЕще одна доля\t2\t1 234,5\t5\t\n"
)


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


@pytest.fixture
def paper(akimat):
    return IndicatorListFactory(organisation=akimat)


@pytest.fixture
def staff(client, people):
    client.force_login(people["staff"])
    return people["staff"]


class FormReader(HTMLParser):
    """Collects the values of a page's form, as a browser without scripts would send them."""

    def __init__(self):
        super().__init__()
        self.sent, self.open, self.is_chosen = {}, "", False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "input":
            self.sent[given.get("name", "")] = given.get("value", "")
        elif tag in {"textarea", "select"}:
            self.open = given.get("name", "")
            self.sent[self.open] = ""
        self.is_chosen = tag == "textarea" or "selected" in given

    def handle_data(self, data):
        if self.open and self.is_chosen:
            self.sent[self.open] += data.removeprefix("\n")  # a browser drops the first new line as well

    def handle_endtag(self, tag):
        self.is_chosen = False
        if tag in {"textarea", "select"}:
            self.open = ""


def form_of(page):
    reader = FormReader()
    reader.feed(page.content.decode())
    return {name: value for name, value in reader.sent.items() if name.startswith("line-")}


# Cost

COSTS = {"staff": 10, "reviewer": 11, "secretary": 11, "auditor": 10}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", COSTS)
def test_list_costs_the_same_whatever_its_rows(client, akimat, people, django_assert_num_queries, name, rows):
    state = {} if name == "staff" else {"sent": True}
    paper = IndicatorListFactory(organisation=akimat, recommended=True, **state)
    IndicatorList.objects.filter(pk=paper.pk).update(recommendation=recommending(paper))
    for item in IndicatorListItemFactory.create_batch(rows, indicator_list=paper, regional_ru=""):
        Remark.objects.create(
            paper=paper, line_id=item.pk, field="target", text="?", author=people["reviewer"]
        )
    client.force_login(people[name])
    client.get(paper.get_absolute_url())
    with django_assert_num_queries(COSTS[name]):
        assert client.get(paper.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_overview_costs_the_same_whatever_its_lists(client, people, django_assert_num_queries, rows):
    for code in range(20, 20 + rows):
        paper = IndicatorListFactory(organisation__region__code=f"{code}0000000", sent=True)
        IndicatorListItemFactory(indicator_list=paper)
    client.force_login(people["reviewer"])
    client.get(url("indicatorlist_list"))
    with django_assert_num_queries(7):
        page = client.get(url("indicatorlist_list"))
    assert page.content.count(b'<th scope="row">') == rows


def test_saved_cell_brings_back_everything_that_its_row_says(client, akimat, people, staff):
    paper = IndicatorListFactory(organisation=akimat, returned=True)
    first, again = IndicatorListItemFactory.create_batch(
        2, indicator_list=paper, code="1.2.1", regional_kk="Бір", regional_ru="Один"
    )
    Remark.objects.create(paper=paper, line_id=again.pk, text="?", author=people["reviewer"])
    cell = {"line": again.pk, "field": "target", "value": "7", "was": "5,0"}
    answer = client.post(
        url("indicatorlist_cells", paper.pk), {"cells": [cell]}, content_type="application/json"
    )
    row = answer.json()["rows"][str(again.pk)]["html"]
    assert row.strip() in client.get(paper.get_absolute_url()).text
    assert f'id="n-{again.pk}" href="rows/{again.pk}/">2.</a>' in row
    assert "Ескертулер: 1" in row
    assert "Осы индикатор тізбеде екі рет кездеседі." in row
    assert first.pk


@pytest.mark.parametrize("rows", [1, 3])
def test_whole_table_is_saved_at_one_cost(client, paper, staff, django_assert_num_queries, rows):
    first, *_others = IndicatorListItemFactory.create_batch(rows, indicator_list=paper)
    client.post(paper.get_absolute_url(), {f"line-{first.pk}-code": "1.1.1"})  # the history begins
    sent = form_of(client.get(paper.get_absolute_url()))
    assert (
        len(sent) == rows * 7
    )  # version, five cells in one language and the class; the national name is given
    for name in sent:
        if name.endswith("-target"):
            sent[name] = "77"
    # Session, person, roles, the list; a savepoint, the save and its history with the seat held.
    with django_assert_num_queries(14):
        answer = client.post(paper.get_absolute_url(), sent)
    assert (answer.status_code, answer["Location"]) == (302, paper.get_absolute_url())
    assert set(paper.items.values_list("target", flat=True)) == {"77"}


# Without scripts


def test_untouched_form_changes_nothing(client, paper, staff):
    IndicatorListItemFactory(indicator_list=paper, baseline="1234.5", target="12.5%", classification=None)
    sent = form_of(client.get(f"{paper.get_absolute_url()}?languages=both"))
    client.post(paper.get_absolute_url(), sent)
    assert not AuditEntry.objects.of(paper).exists()


def test_refused_cell_comes_back_as_typed_with_its_question(client, paper, staff):
    good, bad = IndicatorListItemFactory.create_batch(2, indicator_list=paper)
    sent = form_of(client.get(paper.get_absolute_url()))
    sent |= {f"line-{good.pk}-target": "7", f"line-{bad.pk}-target": "1.234,5"}
    page = client.post(paper.get_absolute_url(), sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert re.search(rf'id="line-{bad.pk}-target"[^>]*aria-invalid="true"[^>]*>1\.234,5</textarea>', text)
    assert f'href="#line-{bad.pk}-target"' in text
    assert "data-takes-focus" in text
    good.refresh_from_db()
    assert good.target == "7"
    choice = re.search(r'name="choose" value="([^"]+)"', text)[1]
    client.post(paper.get_absolute_url(), sent | {"choose": choice})
    bad.refresh_from_db()
    assert bad.target == "1\xa0234,5"


def test_classification_that_was_not_stored_stays_as_chosen(client, paper, staff):
    item = IndicatorListItemFactory(indicator_list=paper, classification=1)
    mine = form_of(client.get(paper.get_absolute_url())) | {f"line-{item.pk}-classification": "2"}
    theirs = mine | {f"line-{item.pk}-classification": "3"}
    client.post(paper.get_absolute_url(), theirs)
    page = client.post(paper.get_absolute_url(), mine)
    assert page.status_code == 422
    text = page.content.decode()
    assert re.search(rf'id="line-{item.pk}-classification"[^>]* data-stored="3" aria-invalid="true"', text)
    assert form_of(page)[f"line-{item.pk}-classification"] == "2"


def test_conflict_shows_both_values_and_lets_choose(client, paper, staff):
    item = IndicatorListItemFactory(indicator_list=paper)
    mine = form_of(client.get(paper.get_absolute_url())) | {f"line-{item.pk}-target": "88"}
    client.post(
        paper.get_absolute_url(),
        form_of(client.get(paper.get_absolute_url())) | {f"line-{item.pk}-target": "77"},
    )
    page = client.post(paper.get_absolute_url(), mine)
    text = page.content.decode()
    assert page.status_code == 422
    assert "88</textarea>" in text
    assert ": 77</button>" in text
    item.refresh_from_db()
    assert item.target == "77"
    client.post(paper.get_absolute_url(), form_of(page))
    item.refresh_from_db()
    assert item.target == "88"


def test_row_is_added_from_the_page(client, paper, staff):
    answer = client.post(paper.get_absolute_url(), {"add": "1"})
    item = paper.items.get()
    assert answer["Location"].endswith(f"#line-{item.pk}")
    assert (item.source, item.position) == ("own", 1)


def test_sent_list_is_read_only_and_says_why(client, akimat, staff):
    paper = IndicatorListFactory(organisation=akimat, sent=True)
    IndicatorListItemFactory(indicator_list=paper)
    text = client.get(paper.get_absolute_url()).content.decode()
    assert "<textarea" not in text
    assert "icons.svg#lock" in text
    answer = client.post(paper.get_absolute_url(), {f"line-{paper.items.get().pk}-target": "9"})
    assert answer.status_code == 302
    assert paper.items.get().target == "5,0"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_open_list_is_checked_before_it_is_sent(client, paper, staff, language):
    same = IndicatorListItemFactory(indicator_list=paper, target="4,2", target_value="4.2")
    with override(language):
        page = paper.get_absolute_url()
        asked = reverse("workflow:paper_transition", args=["indicators.indicatorlist", paper.pk, "send"])
    text = client.get(page).content.decode()
    assert f">{said('check and send', language)}</a>" in text
    assert said("send", language) not in text
    assert {"kk": "Тексеру қажет 1", "ru": "На проверку 1"}[language] in text
    text = client.get(asked).content.decode()
    assert said("send", language) in text
    assert {"kk": "<b>Тексеру қажет</b>", "ru": "<b>Проверьте</b>"}[language] in text
    assert f"#line-{same.pk}" in text


def test_remark_names_its_round_of_agreement(client, akimat, people):
    paper = IndicatorListFactory(organisation=akimat, sent=True)
    Remark.objects.create(paper=paper, text="?", author=people["reviewer"], round=2)
    client.force_login(people["reviewer"])
    with override("kk"):
        assert "келісудің 2-циклі" in client.get(paper.get_absolute_url()).text


def test_filters_show_what_they_name(client, paper, staff):
    plain = IndicatorListItemFactory(indicator_list=paper)
    same = IndicatorListItemFactory(indicator_list=paper, target="4,2", target_value="4.2")
    half = IndicatorListItemFactory(indicator_list=paper, regional_ru="")
    for view, wanted in (("", {plain, same, half}), ("check", {same}), ("untranslated", {half})):
        text = client.get(paper.get_absolute_url(), {"show": view}).content.decode()
        assert {item for item in (plain, same, half) if f'<tr id="line-{item.pk}"' in text} == wanted


def test_stranger_gets_404_everywhere(client, paper, people):
    item = IndicatorListItemFactory(indicator_list=paper)
    client.force_login(people["stranger_staff"])
    for name, args in (
        ("indicatorlist_detail", [paper.pk]),
        ("indicatorlist_add", [paper.pk]),
        ("indicatorlist_paste", [paper.pk]),
        ("indicatorlistitem_update", [paper.pk, item.pk]),
    ):
        assert client.get(url(name, *args)).status_code == 404, name
        assert client.post(url(name, *args)).status_code == 404, name


def test_pages_ask_nobody_in(client, paper):
    for name, args in (("indicatorlist_list", []), ("indicatorlist_detail", [paper.pk])):
        assert client.get(url(name, *args)).status_code == 302


@pytest.mark.parametrize("name", ["department", "reviewer", "auditor", "secretary"])
def test_others_may_not_add_paste_or_begin(client, akimat, people, name):
    paper = IndicatorListFactory(organisation=akimat, returned=True)
    client.force_login(people[name])
    assert client.get(url("indicatorlist_add", paper.pk)).status_code == 404
    assert client.get(url("indicatorlist_paste", paper.pk)).status_code == 404
    assert client.get(url("indicatorlist_create")).status_code == 302


# Beginnings


def test_list_begins_from_the_typical_list(client, akimat, staff):
    typical = TypicalListFactory(published=True, demonstration=True)
    first, second = TypicalListItemFactory.create_batch(2, typical_list=typical)
    page = client.get(url("indicatorlist_create"), {"way": "typical"})
    assert page.content.count(b" checked") == 2 + 1  # and the switch of single keys
    given = {"organisation": akimat.pk, "year": "2027", "items": [second.pk]}
    answer = client.post(url("indicatorlist_create") + "?way=typical", given)
    paper = IndicatorList.objects.get()
    assert answer["Location"] == paper.get_absolute_url()
    assert [row.code for row in paper.items.all()] == [second.code]
    assert first.pk
    text = client.get(paper.get_absolute_url()).content.decode()
    assert "демонстрациялық (ресми емес)" in text


@pytest.mark.parametrize(
    "wrong", [{"year": "1"}, {"year": ""}, {"items": []}, {"items": ["x"]}, {"organisation": "0"}]
)
def test_beginning_that_cannot_be_is_refused(client, akimat, staff, wrong):
    typical = TypicalListFactory(published=True)
    item = TypicalListItemFactory(typical_list=typical)
    given = {"organisation": akimat.pk, "year": "2027", "items": [item.pk]} | wrong
    assert client.post(url("indicatorlist_create") + "?way=typical", given).status_code == 422
    assert not IndicatorList.objects.exists()


def test_list_begins_from_the_last_edition(client, akimat, staff):
    earlier = IndicatorListFactory(organisation=akimat, published=True, year=2026)
    IndicatorListItemFactory(indicator_list=earlier)
    given = {"organisation": akimat.pk, "year": "2027", "earlier": earlier.pk}
    client.post(url("indicatorlist_create") + "?way=copy", given)
    assert IndicatorList.objects.get(status="draft").items.count() == 1


def test_list_for_excel_begins_empty_and_goes_to_the_paste(client, akimat, staff):
    given = {"organisation": akimat.pk, "year": "2027"}
    answer = client.post(url("indicatorlist_create") + "?way=paste", given)
    assert answer["Location"] == url("indicatorlist_paste", IndicatorList.objects.get().pk)


def test_one_begins_for_one_s_own_akimat_only(client, staff):
    foreign = Organisation.objects.get(region="110000000", kind="akimat")
    answer = client.post(
        url("indicatorlist_create") + "?way=empty", {"organisation": foreign.pk, "year": "2027"}
    )
    assert answer.status_code == 422


def test_rows_are_taken_over_from_the_typical_list(client, paper, staff):
    typical = TypicalListFactory(published=True)
    first, second = TypicalListItemFactory.create_batch(2, typical_list=typical)
    client.post(url("indicatorlist_add", paper.pk), {"items": [first.pk, "x", 0, "²", "9" * 5000]})
    assert [item.code for item in paper.items.all()] == [first.code]
    page = client.get(url("indicatorlist_add", paper.pk)).content.decode()
    assert second.regional_kk in page
    assert first.regional_kk not in page
    assert client.post(url("indicatorlist_add", paper.pk)).status_code == 422


# Paste


def test_block_is_previewed_then_stored_then_undone(client, paper, staff):
    existing = IndicatorListItemFactory(indicator_list=paper, code="1.2.1", target="5,0")
    existing.refresh_from_db()
    address = url("indicatorlist_paste", paper.pk)
    preview = client.post(address, {"text": BLOCK, "mode": "match", "language": "ru"})
    assert preview.status_code == 200
    assert paper.items.count() == 1
    pasted = preview.context["pasted"]
    assert (pasted.changed, pasted.added, pasted.refused) == (4, 1, 0)
    given = {"text": BLOCK, "mode": "match", "language": "ru", "confirm": "1"}
    client.post(address, given | {"version": str(paper.version)})
    rows = list(paper.items.all())
    assert (rows[0].pk, rows[0].target, rows[0].regional_ru) == (
        existing.pk,
        "не менее 90",
        "Доля населения области",
    )
    assert (rows[1].code, rows[1].baseline, rows[1].responsible_ru) == (
        "1.2.1",
        "1 234,5",
        "Управление занятости",
    )
    assert (rows[1].baseline_value, rows[1].regional_kk) == (Decimal("1234.5"), "")
    client.post(address, {"undo": "1", "version": IndicatorList.objects.get().version})
    [row] = paper.items.all()
    assert (row.target, row.target_value, row.regional_ru) == (
        "5,0",
        existing.target_value,
        existing.regional_ru,
    )


def test_errors_of_a_block_stand_in_a_row_of_their_own(client, paper, staff):
    block = "1.2.1\tА\tБ\t7\t1.234,5\t5\tУправление\n"
    text = client.post(
        url("indicatorlist_paste", paper.pk), {"text": block, "language": "ru"}
    ).content.decode()
    told = text.partition('class="explanation"')[2].partition("</div>")[0]
    assert "<b>Жіктеу</b>" in told
    assert "1 – өзекті индикаторлар" in told
    assert "<b>Базалық мәні</b>" in told
    assert "1.234,5" in told
    assert 'colspan="7"' in text


def test_cells_filled_from_above_are_shown_and_may_be_left_empty(client, paper, staff):
    address = url("indicatorlist_paste", paper.pk)
    given = {"text": BLOCK, "mode": "add", "language": "ru", "version": str(paper.version)}
    text = client.post(address, given).content.decode()
    assert "Жоғарыдағы жолдан толтырылды: индикатор №, ұлттық индикатор, жауапты ЖАО" in text
    assert 'name="left_empty" value="2"' in text
    shown = client.post(address, given | {"confirm": "1", "left_empty": "2"})
    assert "Бос қалдырылды" in shown.content.decode()
    assert not paper.items.exists()
    client.post(address, given | {"confirm": "1", "left_empty": "2", "left_empty_seen": "2"})
    assert [item.code for item in paper.items.all()] == ["1.2.1", ""]


def test_paste_pressed_twice_is_stored_once(client, paper, staff):
    given = {"text": BLOCK, "mode": "add", "language": "ru", "confirm": "1", "version": str(paper.version)}
    for _press in range(2):
        page = client.post(url("indicatorlist_paste", paper.pk), given)
    assert page.context["is_stale"]
    assert paper.items.count() == 2


def test_language_that_nobody_speaks_is_the_one_of_the_page(client, paper, staff):
    given = {"text": BLOCK, "language": "xx", "confirm": "1", "version": str(paper.version)}
    assert client.post(url("indicatorlist_paste", paper.pk), given).status_code == 302
    assert paper.items.first().regional_kk == "Доля населения области"


def test_department_is_not_led_to_a_page_that_it_does_not_have(client, paper, people):
    item = IndicatorListItemFactory(indicator_list=paper)
    item.departments.add(people["department"].assignments[0].organisation)
    for name, is_there in (("department", False), ("staff", True)):
        client.force_login(people[name])
        assert ("data-paste=" in client.get(paper.get_absolute_url()).text) == is_there


def test_paste_is_stored_whole_or_not_at_all(client, paper, staff, monkeypatch):
    """Changed cells and new rows are two steps; a list locked between them keeps nothing of the paste."""

    def locked(*_args, **_kwargs):
        raise Locked("sent meanwhile")

    existing = IndicatorListItemFactory(indicator_list=paper, code="1.2.1", target="5,0")
    monkeypatch.setattr(ItemTable, "add", locked)
    given = {"text": BLOCK, "mode": "match", "language": "ru", "confirm": "1", "version": str(paper.version)}
    client.post(url("indicatorlist_paste", paper.pk), given)
    existing.refresh_from_db()
    assert existing.target == "5,0"


def test_list_that_changed_since_the_preview_is_shown_again(client, paper, staff):
    given = {"text": BLOCK, "language": "ru", "confirm": "1", "version": "0"}
    page = client.post(url("indicatorlist_paste", paper.pk), given)
    assert page.status_code == 200
    assert page.context["is_stale"]
    assert not paper.items.exists()


def test_cells_in_error_stay_out_and_are_named(client, paper, staff):
    block = "1.2.1\tа\tә\t7\t1.234,5\t5\tб"
    address = url("indicatorlist_paste", paper.pk)
    preview = client.post(address, {"text": block, "language": "kk"})
    assert preview.context["pasted"].refused == 2
    client.post(address, {"text": block, "language": "kk", "confirm": "1", "version": "1"})
    item = paper.items.get()
    assert (item.code, item.classification, item.baseline, item.target) == ("1.2.1", None, "", "5")


def test_block_pasted_into_a_cell_falls_on_the_rows_below(client, paper, staff):
    first, second, third = IndicatorListItemFactory.create_batch(3, indicator_list=paper)
    block = "33,3\t0,1234\n1 234,5\t475,962\n−5\t12,5%"
    given = {"text": block, "line": str(second.pk), "field": "baseline", "confirm": "1", "version": "1"}
    client.post(url("indicatorlist_paste", paper.pk), given)
    values = list(paper.items.values_list("baseline", "target"))
    assert values == [
        (first.baseline, first.target),
        ("33,3", "0,1234"),
        ("1 234,5", "475,962"),
        ("−5", "12,5%"),
    ]
    assert third.pk


@pytest.mark.parametrize("text", ["", "\n\n", "\x00", "\t\t"])
def test_nothing_to_paste_is_said(client, paper, staff, text):
    assert client.post(url("indicatorlist_paste", paper.pk), {"text": text}).status_code == 422
    assert not paper.items.exists()


# One row


def test_row_is_edited_in_both_languages_with_its_departments(client, akimat, paper, staff):
    item = IndicatorListItemFactory(indicator_list=paper)
    department = OrganisationFactory(department=True, parent=akimat, region=akimat.region)
    address = url("indicatorlistitem_update", paper.pk, item.pk)
    assert client.get(address).status_code == 200
    given = {"do": "save", "version": "1", "unit_ru": "человек", "target_year": "2031", "direction": "lower"}
    client.post(address, given | {"regional_ru": "Новое", "departments": [department.pk]})
    item.refresh_from_db()
    assert (item.unit_ru, item.target_year, item.direction, item.regional_ru) == (
        "человек",
        2031,
        "lower",
        "Новое",
    )
    assert list(item.departments.all()) == [department]
    assert client.post(address, given | {"target_year": "сол"}).status_code == 422
    assert client.post(address, given | {"unit_ru": "иное"}).status_code == 409


def test_row_moves_and_goes_from_its_page(client, paper, staff):
    first, second = IndicatorListItemFactory.create_batch(2, indicator_list=paper)
    client.post(url("indicatorlistitem_update", paper.pk, second.pk), {"do": "up"})
    assert [item.pk for item in paper.items.all()] == [second.pk, first.pk]
    client.post(url("indicatorlistitem_update", paper.pk, second.pk), {"do": "delete"})
    assert [item.pk for item in paper.items.all()] == [first.pk]


def test_department_edits_its_row_and_neither_moves_nor_deletes_it(client, paper, people):
    item = IndicatorListItemFactory(indicator_list=paper)
    item.departments.add(people["department"].assignments[0].organisation)
    client.force_login(people["department"])
    address = url("indicatorlistitem_update", paper.pk, item.pk)
    client.post(address, {"do": "save", "version": "1", "target": "9"})
    item.refresh_from_db()
    assert (item.target, item.departments.count()) == ("9", 1)
    assert client.post(address, {"do": "delete"}).status_code == 404
    assert IndicatorListItem.objects.filter(pk=item.pk).exists()


# The typical list


def test_typical_list_says_that_it_is_a_demonstration(client, people):
    typical = TypicalListFactory(published=True, demonstration=True)
    TypicalListItemFactory(typical_list=typical)
    client.force_login(people["staff"])
    page = client.get(url("typicallist_detail", typical.pk)).content.decode()
    assert "демонстрациялық (ресми емес)" in page


# What the overview and the page say


@time_machine.travel("2026-11-20T09:00:00+05:00")
def test_overview_names_the_year_that_has_not_been_begun(client, akimat, staff):
    IndicatorListFactory(organisation=akimat, published=True, year=2026)
    assert (
        "2027 жылға арналған тізбе әлі басталған жоқ"
        in client.get(url("indicatorlist_list")).content.decode()
    )
    IndicatorList.objects.update(year=2027)
    text = client.get(url("indicatorlist_list")).content.decode()
    assert "басталған жоқ" not in text


def test_last_edition_is_offered_where_there_is_one(client, akimat, staff):
    copy = url("indicatorlist_create") + "?way=copy"
    assert copy not in client.get(url("indicatorlist_list")).content.decode()
    assert "Бұрынғы тізбе әлі жоқ" in client.get(copy).content.decode()
    IndicatorListFactory(organisation=akimat, published=True)
    assert copy in client.get(url("indicatorlist_list")).content.decode()
    assert "Бұрынғы тізбе әлі жоқ" not in client.get(copy).content.decode()


def test_act_without_number_and_date_is_said_to_lack_them(client, akimat, people):
    paper = IndicatorListFactory(organisation=akimat, agreed=True, recommended=True)
    client.force_login(people["approver"])
    address = f"/ru/papers/indicators.indicatorlist/{paper.pk}/steps/approve/"
    asked = client.get(address).content.decode()
    assert "Номер акта" in asked
    assert "Дата акта" in asked
    client.post(address, {"expected_version": paper.version, "act_kind": "resolution"})
    paper.refresh_from_db()
    assert (paper.status, paper.approved_on) == ("approved", None)
    page = f"/ru/lists/{paper.pk}/"
    assert "номер и дата не указаны" in client.get(page).content.decode()
    letter = HandOver.objects.of(paper).get()
    letter_page = f"/ru/papers/letters/{letter.pk}/"
    assert "Номер акта" in client.get(letter_page).content.decode()
    client.post(letter_page, {"outgoing_number": "17-1/12", "outgoing_date": "18.11.2026"})
    paper.refresh_from_db()
    assert (paper.act_number, f"{paper.approved_on}") == ("17-1/12", "2026-11-18")
    assert "не указан" not in client.get(page).content.decode()


def test_send_page_and_filter_count_the_same_rows(client, paper, staff):
    IndicatorListItemFactory.create_batch(3, indicator_list=paper, classification=None)
    IndicatorListItemFactory(indicator_list=paper, target="4,2", target_value="4.2")
    text = client.get(f"/ru/papers/indicators.indicatorlist/{paper.pk}/steps/send/").content.decode()
    assert text.count("(строк: 3)") == 1
    page = client.get(f"/ru/lists/{paper.pk}/", {"show": "empty"}).content.decode()
    assert "Не заполнено 3" in page
    assert "Она останется пометкой при документе и в истории изменений." in text


def test_recall_is_never_the_filled_button(client, akimat, staff):
    paper = IndicatorListFactory(organisation=akimat, sent=True)
    address = f"/kk/papers/indicators.indicatorlist/{paper.pk}/steps/recall/"
    assert (
        f'<a class="action plain" href="{address}">' in client.get(paper.get_absolute_url()).content.decode()
    )


# Letters of a list, after their steps: whose scan it may be

LETTERS = {
    "send": {"staff": 200, "approver": 200, "reviewer": 200, "auditor": 404, "stranger_staff": 404},
    "agree": {"staff": 200, "approver": 200, "reviewer": 200, "auditor": 404, "stranger_staff": 404},
    "approve": {"staff": 404, "approver": 200, "reviewer": 404, "auditor": 404, "stranger_staff": 404},
    "register_on_paper": {"staff": 200, "approver": 200, "reviewer": 404, "stranger_staff": 404},
}


@pytest.mark.parametrize("step", LETTERS)
def test_who_may_attach_the_scan_of_a_letter(client, akimat, people, step):
    paper = IndicatorListFactory(organisation=akimat, approved=True)
    letter = HandOver.objects.create(paper=paper, transition=step, entered_by=people["staff"])
    for name, status in LETTERS[step].items():
        client.force_login(people[name])
        assert client.get(f"/kk/papers/letters/{letter.pk}/attach/").status_code == status, name
        shown = f"/kk/papers/letters/{letter.pk}/attach/" in client.get(paper.get_absolute_url()).text
        assert shown == (status == 200), name
