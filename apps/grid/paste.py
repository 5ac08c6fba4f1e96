"""A block copied from Excel: its quotes, inner new lines, header row, leading № column and merged cells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

LONGEST = 1_000_000

# A quoted cell ends at a tab, a line end or the end of the block; what else begins with a quote is plain.
_CELL = re.compile(
    r'(?:"(?P<quoted>[^"]*(?:""[^"]*)*)"(?=[\t\r\n]|\Z)|(?P<plain>[^\t\r\n]*))(?P<end>\t|\r\n|\r|\n|\Z)'
)
_ORDINAL = re.compile(r"(?:№\s*)?[0-9]{1,4}\s*[.)]?")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Column:
    """A column that a block may bring: the field it fills and the headings it is known by, in any language.

    `merged_with` names the columns that Excel merges together, if it does: their empty cells take the values
    of the row above, where all that the row says in them is the same.
    """

    field: str
    headings: Sequence[str] = ()
    merged_with: str = ""


class Row(dict[str, str]):
    """The cells of a row by field; `number` is its place in the block, from 1.

    `filled` names the cells that took the value of the row above, `refused` says that a person forbade it.
    """

    number: int = 0
    filled: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass
class Block:
    """What was read: `rows` by field, and what was recognised on the way, so that the preview can say it."""

    rows: list[Row] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    has_header: bool = False
    has_ordinals: bool = False
    unread: int = 0

    @property
    def filled_down(self) -> int:
        return sum(len(row.filled) for row in self.rows)


class TooLong(ValueError):
    """The block is larger than any list could be."""


def cells(text: str, *, from_first: bool = True) -> list[list[str]]:
    r"""Split a block into rows of cells as Excel writes them; empty rows at the ends are left out.

    With `from_first` off, those at the beginning stay: what falls on the cells of a sheet keeps its place.

    >>> cells('4,2\t"two\nlines"\r\n"a ""word"", b"\t\r\n')
    [['4,2', 'two\nlines'], ['a "word", b', '']]
    """
    if len(text) > LONGEST:
        raise TooLong
    rows: list[list[str]] = [[]]
    position = 0
    while position <= len(text):
        found = _CELL.match(text, position)
        if found is None:  # cannot be: the plain branch matches anything
            break
        quoted = found["quoted"]
        rows[-1].append(found["plain"].strip() if quoted is None else quoted.replace('""', '"').strip())
        position = found.end()
        if not found["end"]:
            break
        if found["end"] != "\t":
            rows.append([])
    while rows and not any(rows[-1]):
        rows.pop()
    while from_first and rows and not any(rows[0]):
        rows.pop(0)
    return rows


def read_block(
    text: str, columns: Sequence[Column], *, start: str = "", left_empty: Collection[int] = ()
) -> Block:
    """Read a block into rows by field.

    Columns are found by the header row where there is one; otherwise they follow each other from `start`, or
    from the first column. A leading column of ordinals is left out. Cells beyond the last one are `unread`.
    Empty rows are left out, unless the block falls on the rows from `start` down: there they change nothing.
    Rows whose numbers are `left_empty` take nothing from the row above.
    """
    table = cells(text, from_first=not start)
    block = Block()
    if not table:
        return block
    header = _header(table[0], columns)
    if header:
        block.has_header = True
        table = table[2:] if len(table) > 1 and _is_numbering(table[1]) else table[1:]
    width = max((len(row) for row in table), default=0)
    if not header:
        names = [column.field for column in columns]
        first = names.index(start) if start in names else 0
        block.has_ordinals = not start and width > 1 and _are_ordinals(table, width, len(names))
        header = {place + block.has_ordinals: name for place, name in enumerate(names[first:])}
    else:
        block.has_ordinals = 0 not in header
    block.fields = list(dict.fromkeys(header[place] for place in sorted(header) if place < width))
    for row in table:
        if any(row):
            block.rows.append(Row({header[place]: one for place, one in enumerate(row) if place in header}))
            block.unread += sum(1 for place, value in enumerate(row[1:], 1) if value and place not in header)
        elif start:
            block.rows.append(Row())
    for number, filled in enumerate(block.rows, start=1):
        filled.number = number
    _fill_down(block, columns, left_empty)
    return block


def _header(row: Sequence[str], columns: Sequence[Column]) -> dict[int, str]:
    """Place → field for a row in which at least two cells, and half of those filled, are known headings."""
    known = {_words(heading): column.field for column in columns for heading in column.headings}
    places: dict[int, str] = {}
    for place, cell in enumerate(row):
        name = known.get(_words(cell))
        if name and name not in places.values():
            places[place] = name
    filled = sum(1 for cell in row if cell)
    return places if len(places) >= min(2, filled) and len(places) * 2 >= filled else {}


def _words(heading: str) -> str:
    """A heading without case, soft hyphens, line breaks and punctuation; № counts as a word."""
    return " ".join(_WORD.findall(heading.replace("\xad", "").replace("№", " no ").casefold()))


def _is_numbering(row: Sequence[str]) -> bool:
    """The row 1, 2, 3 … under the header of a form."""
    filled = [cell for cell in row if cell]
    return len(filled) > 1 and filled == [str(number) for number in range(1, len(filled) + 1)]


def _are_ordinals(table: Sequence[Sequence[str]], width: int, columns: int) -> bool:
    """Whether the first column numbers the rows, 1., 2., 3. …, or the block is wide enough to have one."""
    filled = [row[0] for row in table if row[0]]
    if not filled or not all(_ORDINAL.fullmatch(cell) for cell in filled):
        return False
    numbers = [int(re.sub(r"\D", "", cell)) for cell in filled]
    return width > columns or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _fill_down(block: Block, columns: Sequence[Column], left_empty: Collection[int]) -> None:
    """Give merged cells their value back: Excel copies it with the first row alone.

    The text of a block does not tell merged cells from empty ones. Columns that are merged together speak for
    each other: a row that says something else in one of them has cells that are empty indeed.
    """
    merged: dict[str, list[str]] = defaultdict(list)
    for column in columns:
        if column.merged_with and column.field in block.fields:
            merged[column.merged_with].append(column.field)
    for names in merged.values():
        above: dict[str, str] = {}
        for row in block.rows:
            said = {name: row[name] for name in names if row.get(name)}
            if said.items() <= above.items():
                _take_over(row, {name: above[name] for name in above.keys() - said.keys()}, left_empty)
            else:
                above = said


def _take_over(row: Row, values: dict[str, str], left_empty: Collection[int]) -> None:
    names = tuple(sorted(values))
    if row.number in left_empty:
        row.refused += names
    else:
        row.update(values)
        row.filled += names
