"""Many lines saved at once, proved on the rows of a list."""

import threading
from decimal import Decimal

import pytest
from django.db import connections
from django.utils import timezone

from apps.accounts.models import Role
from apps.grid.edits import Edit
from apps.grid.tables import Locked
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.indicators.tables import ItemTable
from apps.workflow.models import AuditEntry
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.factories.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def paper():
    return IndicatorListFactory()


@pytest.fixture
def staff(paper):
    return person(Role.AKIMAT_STAFF, paper.organisation)


@pytest.fixture
def table(paper, staff):
    return ItemTable(paper, staff)


def test_changed_cells_are_stored_with_one_entry_of_history(table, paper, staff):
    first, second, untouched = IndicatorListItemFactory.create_batch(3, indicator_list=paper)
    before = untouched.changed_at
    outcome = table.save(
        {
            first.pk: Edit({"baseline": "1 234,5", "code": first.code}),
            second.pk: Edit({"target": "кемінде 90", "classification": "3"}),
            untouched.pk: Edit({"baseline": untouched.baseline}),
        }
    )
    first.refresh_from_db()
    second.refresh_from_db()
    untouched.refresh_from_db()
    assert (first.baseline, first.baseline_value) == ("1 234,5", Decimal("1234.5"))
    assert (second.target, second.target_value, second.classification) == ("кемінде 90", None, 3)
    assert (first.version, second.version, untouched.version) == (2, 2, 1)
    assert (first.changed_by, untouched.changed_by, untouched.changed_at) == (staff, None, before)
    assert outcome.cells == 3
    [entry] = AuditEntry.objects.of(paper)
    assert entry.action == "edit"
    assert entry.changes == {
        f"line:{first.pk}": {"baseline": ["4,2", "1\xa0234,5"]},
        f"line:{second.pk}": {"target": ["5,0", "кемінде 90"], "classification": [1, 3]},
    }
    paper.refresh_from_db()
    assert paper.version == 2


def test_nothing_changed_writes_nothing(table, paper):
    item = IndicatorListItemFactory(indicator_list=paper)
    assert table.save({item.pk: Edit({"baseline": "4.2"})}).cells == 0
    paper.refresh_from_db()
    assert paper.version == 1
    assert not AuditEntry.objects.of(paper).exists()


def test_one_bad_cell_does_not_keep_the_others(table, paper):
    item = IndicatorListItemFactory(indicator_list=paper)
    outcome = table.save({item.pk: Edit({"baseline": "1.234,5", "target": "6"})})
    item.refresh_from_db()
    assert (item.baseline, item.target) == ("4,2", "6")
    [refusal] = outcome.refused
    assert (refusal.line, refusal.field, refusal.code, refusal.typed) == (
        item.pk,
        "baseline",
        "ambiguous",
        "1.234,5",
    )
    assert refusal.choices == ("1\xa0234,5", "1,2345")


def test_cell_changed_by_another_since_it_was_seen_is_a_conflict(table, paper):
    other = person(Role.AKIMAT_STAFF, paper.organisation, full_name="Г. Сәтбаева")
    item = IndicatorListItemFactory(indicator_list=paper)
    ItemTable(paper, other).save({item.pk: Edit({"target": "77"})})
    outcome = table.save(
        {item.pk: Edit({"target": "88", "code": "9.9.9"}, was={"target": "5,0", "code": item.code})}
    )
    item.refresh_from_db()
    assert (item.target, item.code) == ("77", "9.9.9")
    [refusal] = outcome.refused
    assert (refusal.code, refusal.theirs, refusal.typed) == ("conflict", "77", "88")
    assert "Г. Сәтбаева" in str(refusal.message)


def test_two_people_in_two_cells_of_a_row_do_not_meet(table, paper):
    item = IndicatorListItemFactory(indicator_list=paper)
    ItemTable(paper, table.actor).save({item.pk: Edit({"code": "9.9.9"})})
    outcome = table.save({item.pk: Edit({"target": "88"}, was={"target": "5,0"})})
    assert not outcome.refused
    item.refresh_from_db()
    assert (item.code, item.target) == ("9.9.9", "88")


def test_the_same_edit_sent_twice_is_stored_once(table, paper):
    item = IndicatorListItemFactory(indicator_list=paper)
    edit = {item.pk: Edit({"target": "88"}, was={"target": "5,0"})}
    assert table.save(edit).cells == 1
    again = table.save(edit)
    assert (again.cells, again.refused) == (0, [])
    assert AuditEntry.objects.of(paper).count() == 1


def test_stale_page_without_scripts_overwrites_nothing(table, paper):
    item = IndicatorListItemFactory(indicator_list=paper)
    table.save({item.pk: Edit({"target": "77"}, version=1)})
    outcome = table.save({item.pk: Edit({"target": "88", "baseline": "4,2"}, version=1)})
    item.refresh_from_db()
    assert item.target == "77"
    assert [(refusal.field, refusal.code) for refusal in outcome.refused] == [("target", "conflict")]


def test_paper_that_left_meanwhile_is_not_edited(table, paper):
    item = IndicatorListItemFactory(indicator_list=paper)
    IndicatorList.objects.filter(pk=paper.pk).update(status="sent")
    with pytest.raises(Locked):
        table.save({item.pk: Edit({"target": "88"})})
    item.refresh_from_db()
    assert item.target == "5,0"


def test_foreign_row_and_unknown_field_are_out_of_reach(table, paper):
    foreign = IndicatorListItemFactory()
    item = IndicatorListItemFactory(indicator_list=paper)
    outcome = table.save(
        {
            foreign.pk: Edit({"target": "88"}),
            item.pk: Edit({"indicator_list": str(foreign.indicator_list_id)}),
        }
    )
    assert [(refusal.line, refusal.field, refusal.code) for refusal in outcome.refused] == [
        (foreign.pk, "target", "gone"),
        (item.pk, "indicator_list", "gone"),
    ]
    item.refresh_from_db()
    foreign.refresh_from_db()
    assert (foreign.target, item.indicator_list_id) == ("5,0", paper.pk)


def test_failing_history_undoes_the_save(table, paper, monkeypatch):
    item = IndicatorListItemFactory(indicator_list=paper)

    def fail(*_args):
        raise RuntimeError("no history")

    monkeypatch.setattr(table, "record", fail)
    with pytest.raises(RuntimeError):
        table.save({item.pk: Edit({"target": "88"})})
    item.refresh_from_db()
    assert (item.target, item.version) == ("5,0", 1)


@pytest.mark.parametrize("rows", [1, 3, 250])
def test_rows_of_nine_fields_cost_the_same_queries(table, paper, django_assert_num_queries, rows):
    items = IndicatorListItemFactory.create_batch(rows, indicator_list=paper)
    edits = {
        item.pk: Edit(
            {
                "code": f"1.1.{number}",
                "national_kk": f"а {number}",
                "regional_kk": f"ә {number}",
                "classification": "2",
                "baseline": f"{number},5",
                "target": f"{number} 000",
                "responsible_kk": f"б {number}",
                "unit_kk": "%",
                "target_year": "2031",
            }
        )
        for number, item in enumerate(items)
    }
    table.save({items[0].pk: Edit({"unit_ru": "%"})})  # content types and roles are read once
    # A savepoint and its end, the paper locked, the rows, one update of them, the paper, three of history.
    with django_assert_num_queries(9):
        outcome = table.save(edits)
    assert outcome.cells == 9 * rows
    assert (
        IndicatorListItem.objects.filter(indicator_list=paper, unit_kk="%", target_year=2031).count() == rows
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.servers
def test_two_connections_in_two_cells_lose_nothing(table, paper, staff):
    item = IndicatorListItemFactory(indicator_list=paper)
    barrier = threading.Barrier(2)

    def edit(values):
        barrier.wait()
        ItemTable(paper, staff).save({item.pk: Edit(values, was={})})
        connections.close_all()

    threads = [
        threading.Thread(target=edit, args=[values]) for values in ({"target": "88"}, {"baseline": "77"})
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    item.refresh_from_db()
    assert (item.target, item.baseline, item.version) == ("88", "77", 3)
    assert AuditEntry.objects.of(paper).count() == 2


class LocklessTable(ItemTable):
    """What the table would be if it trusted the paper as it read it; both readers meet before they write."""

    def __init__(self, paper, actor, barrier):
        super().__init__(paper, actor)
        self.barrier = barrier

    def lock(self):
        self.paper = IndicatorList.objects.get(pk=self.paper.pk)
        return self.paper

    def store(self, outcome):
        self.barrier.wait(timeout=5)
        super().store(outcome)


@pytest.mark.django_db(transaction=True)
@pytest.mark.servers
def test_without_the_lock_a_change_goes_uncounted(paper, staff):
    item = IndicatorListItemFactory(indicator_list=paper)
    barrier = threading.Barrier(2)

    def edit(values):
        LocklessTable(paper, staff, barrier).save({item.pk: Edit(values, was={})})
        connections.close_all()

    threads = [
        threading.Thread(target=edit, args=[values]) for values in ({"target": "88"}, {"baseline": "77"})
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    item.refresh_from_db()
    paper.refresh_from_db()
    assert (item.version, paper.version) == (2, 2)  # two changes, one counted: the other went unseen


def test_lines_are_added_moved_and_deleted_with_their_history(table, paper):
    first, second = IndicatorListItemFactory.create_batch(2, indicator_list=paper)
    [third] = table.add([{"code": "5.5.5"}])
    assert [item.code for item in table.lines()] == [first.code, second.code, "5.5.5"]
    table.move(third.pk, -1)
    table.move(first.pk, -1)  # it is the first already
    assert list(table.lines().values_list("pk", "position")) == [(first.pk, 1), (third.pk, 2), (second.pk, 3)]
    assert table.delete([third.pk, first.pk, 0]) == 2
    assert list(table.lines().values_list("pk", "position")) == [(second.pk, 1)]
    actions = AuditEntry.objects.of(paper).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["added", "moved", "deleted"]
    gone = AuditEntry.objects.of(paper).latest("pk").changes[f"line:{first.pk}"]
    assert gone["code"] == [first.code, ""]


def test_moving_a_row_is_no_change_of_its_words(table, paper):
    _first, second = IndicatorListItemFactory.create_batch(2, indicator_list=paper)
    moment = timezone.now()
    table.move(second.pk, -1)
    assert not paper.items.filter(changed_at__gt=moment).exists()
