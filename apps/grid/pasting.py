"""A block copied from Excel for one paper: what it would change and add, before anything is stored.

An upper app says what the columns are called and on which line a row of the block falls:

    class ItemPaste(Paste):
        form_class, line_model = ItemForm, IndicatorListItem
        headings = {"code": ("№ индикатора",), "regional": ("Индикатор для региона", …)}
        spoken = {"regional"}

        def matched(self, rows): yield from (self.row(values, known.get(values["code"])) for values in rows)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from apps.grid.edits import Edit, column_of
from apps.grid.forms import LineForm, printable
from apps.grid.paste import Block, Column, Row, TooLong, read_block
from apps.ui.dates import spoken as language_of
from apps.ui.localised import localised


class Paste(ABC):
    """How one paper reads a block: its columns, in the form's order, and its `lines`, in their order.

    `merged` are the groups of columns that Excel merges together; `spoken` ones have a field for each
    language; `numbers` are written to the right. `adds_below`: rows dropped below the last line are new ones.
    `head_template` is the head of the form above a preview.
    """

    headings: ClassVar[Mapping[str, Sequence[str]]]
    merged: ClassVar[Sequence[frozenset[str]]] = ()
    spoken: ClassVar[frozenset[str]] = frozenset()
    numbers: ClassVar[frozenset[str]] = frozenset()
    form_class: ClassVar[type[LineForm]]
    line_model: ClassVar[type[Any]]
    adds_below: ClassVar[bool] = True
    head_template: ClassVar[str]

    def __init__(self, lines: Iterable[Any] = (), language: str = "") -> None:
        self.lines = list(lines)
        self.language = language_of(language)
        self.left_empty: Collection[int] = ()
        self._places = {line.pk: place for place, line in enumerate(self.lines, start=1)}

    # What an upper app says

    @abstractmethod
    def matched(self, rows: Iterable[Row]) -> Iterator[PastedRow]:
        """Give each row of a whole block its line; a row without one is a new line."""

    def prepared(self, text: str) -> str:
        """The text of a block as the columns expect it."""
        return text

    def place_of(self, line: Any) -> int:
        """The number under which the page shows a line."""
        return self._places.get(line.pk, 0)

    @abstractmethod
    def heading_of(self, name: str) -> str:
        """What the page calls a column."""

    # What the grid does

    @property
    def columns(self) -> list[Column]:
        """The columns of the form, their words going to the language of the block."""
        return [
            Column(self.field_of(name), headings, merged_with=self._merged_with(name))
            for name, headings in self.headings.items()
        ]

    def field_of(self, name: str) -> str:
        return f"{name}_{self.language}" if name in self.spoken else name

    def _merged_with(self, name: str) -> str:
        return next((min(group) for group in self.merged if name in group), "")

    def read(self, text: str) -> Pasted:
        """Read a whole block: each row falls on the line that it speaks of."""
        return self._read(text)

    def drop(self, text: str, line: str, start: str) -> Pasted:
        """Read a block that was dropped on a cell: its rows fall one by one on the lines from there down.

        `line` is the key of the cell's line, `start` the cell's field.
        """
        if start[-3:] in {"_kk", "_ru"}:
            self.language = start[-2:]
        if start not in {column.field for column in self.columns}:
            return self._read(text)
        keys = [str(one.pk) for one in self.lines]
        place = keys.index(line) if line in keys else len(keys)
        return self._read(text, start, self.lines[place:])

    def row(self, values: Row, line: Any = None, **more: Any) -> PastedRow:
        """Judge a row by the form of its line; `more` is what a new line is told beside the block."""
        form = self.form_class(line or self.line_model(), values)
        form.is_valid()
        row = PastedRow(self, values, line, form.changes(), more=more)
        row.errors = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
        return row

    def cleaned(self, row: PastedRow) -> dict[str, Any]:
        """A new line as the model takes it; a cell that was refused stays empty."""
        line = self.line_model()
        names = row.values.keys() - row.errors.keys()
        form = self.form_class(line, {name: row.values[name] for name in names})
        form.is_valid()
        form.apply()
        written = {column for name in form.fields for column in form.columns_of(name)}
        return {**row.more, **{column: getattr(line, column) for column in written}}

    def _read(self, text: str, start: str = "", onto: Sequence[Any] = ()) -> Pasted:
        try:
            text = self.prepared(printable(text))
            block = read_block(text, self.columns, start=start, left_empty=self.left_empty)
        except TooLong:
            return Pasted(self, Block(), is_too_long=True)
        rows = list(self._dropped(block.rows, onto) if start else self.matched(block.rows))
        below = block.rows[len(onto) :] if start and not self.adds_below else []
        return Pasted(self, block, rows, left_out=sum(1 for values in below if values))

    def _dropped(self, rows: Iterable[Row], onto: Sequence[Any]) -> Iterator[PastedRow]:
        for number, values in enumerate(rows):
            if number < len(onto):
                yield self.row(values, onto[number])
            elif self.adds_below and values:
                yield self.row(values)


@dataclass
class PastedRow:
    """A row of the block: the line on which it falls, what it changes there, and what was refused.

    An error without a field leaves out the whole row.
    """

    paste: Paste
    values: Row
    line: Any = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.line is None and "" not in self.errors

    @property
    def filled(self) -> str:
        """The columns that took the value of the row above, or may not, in words."""
        names = [*self.values.filled, *self.values.refused]
        return ", ".join(self.paste.heading_of(column_of(name)) for name in names)

    @property
    def faults(self) -> list[dict[str, str]]:
        """What was refused, column by column: where, what was typed unless the reason says it, and why."""
        return [
            {
                "column": capfirst(self.paste.heading_of(column_of(name))) if name else "",
                "typed": ""
                if (typed := self.values.get(name, "")) in message
                else Truncator(typed).chars(60),
                "message": message,
            }
            for name, message in self.errors.items()
        ]

    @property
    def place(self) -> int:
        return self.paste.place_of(self.line) if self.line else 0

    @property
    def cells(self) -> Iterator[dict[str, Any]]:
        """The columns of the form as the preview shows them, with what the block leaves alone."""
        for name in self.paste.headings:
            key = self.paste.field_of(name)
            before, after = self.changes.get(key, ("", ""))
            yield {
                "old": before if self.line else "",
                "new": after if key in self.changes else self.values.get(key) or self._kept(name),
                "error": self.errors.get(key, ""),
                "is_changed": key in self.changes,
                "is_number": name in self.paste.numbers,
                "is_filled": key in self.values.filled,
            }

    def _kept(self, name: str) -> Any:
        if self.line is None:
            return ""
        if name in self.paste.spoken:
            return localised(self.line, name, self.paste.language)
        return getattr(self.line, name) or ""


@dataclass
class Pasted:
    """A block that was read: lines that would change, lines that would be added, cells that were refused."""

    paste: Paste
    block: Block
    rows: list[PastedRow] = field(default_factory=list)
    left_out: int = 0
    is_too_long: bool = False

    @property
    def refused(self) -> int:
        return sum(len(row.errors) for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(len(row.changes) for row in self.rows if row.line)

    @property
    def added(self) -> int:
        return sum(row.is_new for row in self.rows)

    @property
    def is_whole(self) -> bool:
        return bool(self.rows) and not self.refused

    @property
    def recognised(self) -> list[str]:
        """What was understood of the block's shape, in words."""
        said = []
        if self.block.has_header:
            said.append(_("the header row was recognised"))
        if self.block.has_ordinals:
            said.append(_("the column of row numbers was left out"))
        if self.block.filled_down:
            filled = _("empty cells taken for merged ones and filled from the row above: {count}")
            said.append(filled.format(count=self.block.filled_down))
        if self.block.unread:
            said.append(_("cells beyond the columns of the form: {count}").format(count=self.block.unread))
        if self.left_out:
            said.append(
                _("rows below the last one of the form, left out: {count}").format(count=self.left_out)
            )
        return said

    @property
    def left_empty(self) -> str:
        """The numbers of the rows that take nothing from the row above, as the preview sends them back."""
        return ",".join(str(row.number) for row in self.block.rows if row.refused)

    def edits(self) -> dict[int, Edit]:
        """Changes to known lines, each knowing what the preview showed as the old value."""
        return {
            row.line.pk: Edit(
                {name: row.values[name] for name in row.changes},
                was={name: "" if old is None else str(old) for name, (old, _new) in row.changes.items()},
            )
            for row in self.rows
            if row.line and row.changes
        }

    def new_lines(self) -> list[dict[str, Any]]:
        """New lines as `Table.add` takes them."""
        return [self.paste.cleaned(row) for row in self.rows if row.is_new]
