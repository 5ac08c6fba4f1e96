"""Annex 1 copied from Excel: what its columns are called, and on which row of the list a pasted one falls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from apps.grid.paste import Row
from apps.grid.pasting import Paste, PastedRow
from apps.indicators.forms import ItemForm, words_of
from apps.indicators.models import IndicatorListItem


class ItemPaste(Paste):
    """Rows fall on those with the same indicator number, unless all are to be `added`."""

    form_class, line_model = ItemForm, IndicatorListItem
    headings = {
        "code": ("№ индикатора", "индикатор №", "номер индикатора", "код"),
        "national": ("Национальный индикатор", "Ұлттық индикатор"),
        "regional": ("Индикатор для региона", "Өңірге арналған индикатор", "Региональный индикатор"),
        "classification": ("Классификация 1, 2, 3", "Жіктеу 1, 2, 3", "Классификация", "Жіктеу"),
        "baseline": ("Базовое значение", "Базалық мәні"),
        "target": ("Целевое значение", "Нысаналы мәні"),
        "responsible": ("Ответственный МИО", "Жауапты ЖАО", "Ответственные", "Жауаптылар"),
    }
    merged = (frozenset({"code", "national"}), frozenset({"responsible"}))
    spoken = frozenset({"national", "regional", "responsible"})
    numbers = frozenset({"baseline", "target"})
    head_template = "indicators/_preview_head.html"

    def __init__(self, lines: Iterable[Any] = (), language: str = "", *, adds_all: bool = False) -> None:
        super().__init__(lines, language)
        self.adds_all = adds_all

    def heading_of(self, name: str) -> str:
        return words_of(name)

    def matched(self, rows: Iterable[Row]) -> Iterator[PastedRow]:
        waiting = [] if self.adds_all else list(self.lines)
        for values in rows:
            yield self.row(values, self._take(waiting, values))

    def _take(self, waiting: list[Any], values: dict[str, str]) -> IndicatorListItem | None:
        """Take the row with the same number out of the waiting ones, the one with the same words first."""
        code, words = values.get("code", "").strip(), values.get(self.field_of("regional"))
        alike = [item for item in waiting if code and item.code == code]
        alike.sort(key=lambda item: words not in {item.regional_kk, item.regional_ru})
        if not alike:
            return None
        waiting.remove(alike[0])
        return alike[0]
