"""Blocks copied from Excel."""

import pytest

from apps.grid.paste import LONGEST, Column, TooLong, cells, read_block

pytestmark = pytest.mark.embedded

COLUMNS = (
    Column("code", ("№ индикатора", "индикатор №"), merged_with="code"),
    Column("name", ("Наименование", "Атауы"), merged_with="code"),
    Column("plan", ("План", "Жоспар")),
    Column("fact", ("Факт",)),
)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("a\tb\nc\td\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\rb", [["a"], ["b"]]),
        ('"two\nlines"\tb', [["two\nlines", "b"]]),
        ('"a ""word"", b"\tc', [['a "word", b', "c"]]),
        ('"a\tb"\tc', [["a\tb", "c"]]),
        ('"unclosed\tb\nc', [['"unclosed', "b"], ["c"]]),
        ('5" pipe\tb', [['5" pipe', "b"]]),
        ('"quoted" and more\tb', [['"quoted" and more', "b"]]),
        ("\n\na\t\n\n", [["a", ""]]),
        ("", []),
        ("\n\t\n", []),
        ("###", [["###"]]),
    ],
)
def test_block_is_split_as_excel_wrote_it(text, table):
    assert cells(text) == table


def test_header_row_is_recognised_in_either_language_and_any_order():
    block = read_block("Факт\tАтауы\n12\tбір\n", COLUMNS)
    assert block.has_header
    assert block.rows == [{"fact": "12", "name": "бір"}]


def test_header_with_line_breaks_soft_hyphens_and_its_numbering_row_is_left_out():
    block = read_block(
        '№\t№ индика\xadтора\t"Наимено\xadвание"\tПлан\n1\t2\t3\t4\n1.\t1.2.1\tx\t5\n', COLUMNS
    )
    assert (block.has_header, block.has_ordinals) == (True, True)
    assert block.rows == [{"code": "1.2.1", "name": "x", "plan": "5"}]


def test_leading_column_of_ordinals_is_left_out():
    block = read_block("1.\t1.2.1\tx\t5\t6\n2.\t1.2.2\ty\t7\t8", COLUMNS)
    assert block.has_ordinals
    assert block.rows[1] == {"code": "1.2.2", "name": "y", "plan": "7", "fact": "8"}


def test_codes_are_not_taken_for_ordinals():
    block = read_block("1.2.1\tx\n1.2.2\ty", COLUMNS)
    assert block.rows == [{"code": "1.2.1", "name": "x"}, {"code": "1.2.2", "name": "y"}]


def test_merged_cells_take_the_value_above():
    block = read_block("1.2.1\tx\t5\n\t\t7\n\t\t8", COLUMNS)
    assert [row["code"] for row in block.rows] == ["1.2.1"] * 3
    assert [row["plan"] for row in block.rows] == ["5", "7", "8"]
    assert block.filled_down == 4


def test_cells_merged_together_speak_for_each_other():
    """A row that has a name of its own has no number, not that of the row above."""
    block = read_block("1.2.1\tx\t5\n\ty\t7\n\t\t8\n1.2.1\tx\t1\n1.2.1\t\t2", COLUMNS)
    assert [(row.get("code"), row["name"]) for row in block.rows] == [
        ("1.2.1", "x"),
        ("", "y"),
        ("", "y"),
        ("1.2.1", "x"),
        ("1.2.1", "x"),
    ]
    assert [row.filled for row in block.rows] == [(), (), ("name",), (), ("name",)]


def test_row_that_is_left_empty_takes_nothing_and_passes_it_on():
    block = read_block("1.2.1\tx\t5\n\t\t7\n\t\t8", COLUMNS, left_empty={2})
    assert [row["code"] for row in block.rows] == ["1.2.1", "", "1.2.1"]
    assert [(row.filled, row.refused) for row in block.rows] == [
        ((), ()),
        ((), ("code", "name")),
        (("code", "name"), ()),
    ]
    assert block.filled_down == 2


def test_block_may_start_at_any_column():
    block = read_block("33,3\t0,1234\n1 234,5\t475,962", COLUMNS, start="plan")
    assert block.rows == [{"plan": "33,3", "fact": "0,1234"}, {"plan": "1 234,5", "fact": "475,962"}]


def test_empty_row_dropped_on_cells_keeps_the_place_of_those_below_it():
    assert read_block("\n5,1\n\n7,1\n\n", COLUMNS, start="plan").rows == [
        {},
        {"plan": "5,1"},
        {},
        {"plan": "7,1"},
    ]
    assert read_block("\n5,1\n\n7,1\n", COLUMNS).rows == [{"code": "5,1"}, {"code": "7,1"}]


def test_row_of_numbers_pasted_into_cells_is_not_a_header():
    assert read_block("1\t2", COLUMNS, start="plan").rows == [{"plan": "1", "fact": "2"}]


def test_cells_beyond_the_last_column_are_counted():
    assert read_block("1.2.1\tx\t1\t2\textra", COLUMNS).unread == 1


def test_endless_block_is_refused_and_hostile_quotes_are_read_in_time():
    with pytest.raises(TooLong):
        cells("a" * (LONGEST + 1))
    assert len(cells('"a\t' * 100_000)[0]) > 1
    assert cells('"' * 300_001)
