"""A block of Annex 1 copied from Excel: what it would change, before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.grid.forms import printable
from apps.grid.paste import Block, Column, TooLong, read_block
from apps.grid.tables import Edit
from apps.indicators.forms import COLUMNS, ItemForm
from apps.indicators.models import IndicatorListItem
from apps.ui.localised import localised

HEADINGS = {
    "code": ("№ индикатора", "индикатор №", "номер индикатора", "код"),
    "national": ("Национальный индикатор", "Ұлттық индикатор"),
    "regional": ("Индикатор для региона", "Өңірге арналған индикатор", "Региональный индикатор"),
    "classification": ("Классификация 1, 2, 3", "Жіктеу 1, 2, 3", "Классификация", "Жіктеу"),
    "baseline": ("Базовое значение", "Базалық мәні"),
    "target": ("Целевое значение", "Нысаналы мәні"),
    "responsible": ("Ответственный МИО", "Жауапты ЖАО", "Ответственные", "Жауаптылар"),
}
MERGED = {"code", "national", "responsible"}
SPOKEN = {"national", "regional", "responsible"}


def columns(language: str) -> list[Column]:
    """The columns of Annex 1, their words going to the language of the block."""
    return [
        Column(f"{name}_{language}" if name in SPOKEN else name, HEADINGS[name], fills_down=name in MERGED)
        for name in COLUMNS
    ]


def column_of(name: str) -> str:
    return name.removesuffix("_kk").removesuffix("_ru")


@dataclass
class PastedRow:
    """A row of the block, its place in the list where it has one, what it changes, what was refused."""

    number: int
    values: dict[str, str]
    item: IndicatorListItem | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    place: int = 0

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The seven columns as the preview shows them."""
        shown = []
        for name in COLUMNS:
            key = next((key for key in self.values if column_of(key) == name), "")
            before, after = self.changes.get(key, ["", ""])
            kept = self.values.get(key) or self._kept(name)
            shown.append(
                {
                    "old": before if self.item else "",
                    "new": after if key in self.changes else kept,
                    "error": self.errors.get(key, ""),
                    "is_changed": key in self.changes,
                    "is_number": name in {"baseline", "target"},
                }
            )
        return shown

    def _kept(self, name: str) -> Any:
        """What stands in a column that the block leaves alone."""
        if self.item is None:
            return ""
        return localised(self.item, name) if name in SPOKEN else getattr(self.item, name) or ""


@dataclass
class Pasted:
    """A block that was read: rows that would be added, rows that would change, cells that were refused."""

    block: Block
    rows: list[PastedRow] = field(default_factory=list)
    language: str = "kk"
    is_too_long: bool = False

    @classmethod
    def read(
        cls,
        text: str,
        *,
        language: str = "",
        onto: Sequence[IndicatorListItem] = (),
        matching: Sequence[IndicatorListItem] = (),
        whole: Sequence[IndicatorListItem] = (),
        start: str = "",
    ) -> Pasted:
        """Read a block.

        Its rows fall one by one on the rows `onto`, or on those of `matching` that have the same indicator
        number; what is left over is new. `whole` is the list, for the numbers of its rows; `start` is the
        field on which the first column falls.
        """
        language = language or ("ru" if (get_language() or "kk").startswith("ru") else "kk")
        try:
            block = read_block(printable(text), columns(language), start=start)
        except TooLong:
            return cls(Block(), language=language, is_too_long=True)
        found = cls(block, language=language)
        waiting = list(matching)
        places = {item.pk: place for place, item in enumerate(whole or matching, start=1)}
        for number, values in enumerate(block.rows):
            item = onto[number] if number < len(onto) else _take_match(waiting, values)
            form = ItemForm(item or IndicatorListItem(), values)
            form.is_valid()
            row = PastedRow(number + 1, values, item, form.changes())
            row.place = places.get(item.pk if item else 0, 0)
            row.errors = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
            found.rows.append(row)
        return found

    @property
    def refused(self) -> int:
        return sum(len(row.errors) for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(len(row.changes) for row in self.rows if row.item)

    @property
    def added(self) -> int:
        return sum(1 for row in self.rows if row.item is None)

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
            said.append(_("merged cells filled: {count}").format(count=self.block.filled_down))
        if self.block.unread:
            said.append(_("cells beyond the columns of the form: {count}").format(count=self.block.unread))
        return said


def _take_match(waiting: list[IndicatorListItem], values: dict[str, str]) -> IndicatorListItem | None:
    """Take the row with the same number out of the waiting ones, the one with the same words first."""
    code = values.get("code", "").strip()
    alike = [item for item in waiting if code and item.code == code]
    words = {value for name, value in values.items() if column_of(name) == "regional"}
    alike.sort(key=lambda item: not ({item.regional_kk, item.regional_ru} & words))
    if not alike:
        return None
    waiting.remove(alike[0])
    return alike[0]


def rows_to_add(pasted: Pasted) -> list[dict[str, Any]]:
    """New rows as the model takes them; a cell that was refused stays empty."""
    return [_cleaned(row) for row in pasted.rows if row.item is None]


def _cleaned(row: PastedRow) -> dict[str, Any]:
    item = IndicatorListItem()
    names = row.values.keys() - row.errors.keys()
    form = ItemForm(item, {name: row.values[name] for name in names})
    form.is_valid()
    form.apply()
    written = {column for name in names for column in ItemForm.columns_of(name)}
    return {column: getattr(item, column) for column in written}


def edits(pasted: Pasted) -> dict[int, Edit]:
    """Changes to the rows that the block fell on, each knowing what the preview showed as the old value."""
    return {
        row.item.pk: Edit(
            {name: row.values[name] for name in row.changes},
            was={name: "" if before is None else str(before) for name, (before, _new) in row.changes.items()},
        )
        for row in pasted.rows
        if row.item is not None and row.changes
    }
