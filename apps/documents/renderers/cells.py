"""The cells of a workbook: safe words, numbers as typed, and rows as high as their words."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from apps.documents.renderers import fonts
from apps.documents.renderers.numbers import number_format
from apps.documents.renderers.sheet_pages import FAST, NO_BOND, Row

TALLEST = 409  # points that a row can be high
SLACK = 40  # points that are left to an office whose letters are wider than ours
FEW = 25  # letters that fit into a row, be it one a line
# Signs at which an office may take words for a formula when they are edited or copied.
RISKY = frozenset("=+-@\t\r\n＝＋－＠'")
GENERAL = "General"
LEADING = 1.2
DOT = 0.75  # points: an office rounds the height of a row to whole dots of the screen
LABEL = InlineFont(rFont=fonts.OFFICE_FAMILY, sz=11, b=True)
PADDING = 3  # millimetres of a cell's width that its words do not have
HAIR = Side(style="thin")
BOX = Border(left=HAIR, right=HAIR, top=HAIR, bottom=HAIR)
# style: size, bold, horizontal, vertical, boxed
STYLES = {
    "paper title": (12, True, "center", "center", False),
    "paper caption": (11, False, "center", "top", False),
    "paper form": (11, False, "right", "top", False),
    "paper text": (11, False, "left", "top", False),
    "paper text right": (11, False, "right", "top", False),
    "paper strong": (11, True, "left", "center", False),
    "paper signature": (11, True, "left", "bottom", False),
    "paper sign": (11, False, "left", "bottom", False),
    "paper signature right": (11, True, "right", "bottom", False),
    "paper note": (10, False, "left", "top", False),
    "paper mark": (10, False, "center", "top", False),
    "table head": (9, True, "center", "center", True),
    "table ordinal": (9, False, "center", "center", True),
    "table group": (10, True, "center", "center", True),
    "table left": (10, False, "left", "top", True),
    "table center": (10, False, "center", "top", True),
    "table right": (10, False, "right", "top", True),
}


def set_width_unit(book: Workbook) -> None:
    """Count the widths of columns in digits of the papers' font, which every office has."""
    styles: Any = book._named_styles  # type: ignore[attr-defined] # noqa: SLF001 - there is no other way
    styles["Normal"].font = Font(name=fonts.OFFICE_FAMILY, size=11)


def named_style(name: str) -> NamedStyle:
    size, bold, horizontal, vertical, boxed = STYLES[name]
    return NamedStyle(
        name,
        font=Font(name=fonts.OFFICE_FAMILY, size=size, bold=bold),
        alignment=Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True),
        border=BOX if boxed else Border(bottom=HAIR) if name == "paper sign" else Border(),
    )


class Cells:
    """Writes cells of a sheet row by row; `widths` are those of its columns in millimetres."""

    def __init__(self, sheet: Worksheet, widths: list[float], language: str) -> None:
        self.sheet = sheet
        self.widths = widths
        self.language = language
        self.row = 0
        self.height = 0.0
        self.bond = NO_BOND
        self.rows: list[Row] = []
        self.rooms: dict[tuple[float, int, int], float] = {}
        self.looks: dict[tuple[str, str, bool], Any] = {}

    def begin_row(self, height: float = 0.0) -> None:
        self.end_row()
        self.row += 1
        self.height, self.bond = height, NO_BOND

    def keep(self, bond: int = FAST) -> None:
        """Keep this row on the page of the next one."""
        self.bond = bond

    def end_row(self) -> None:
        """Make the row as high as its words: an office does it when one edits, not when one prints."""
        if self.height:
            height = min(TALLEST, ceil(self.height / DOT) * DOT)
            self.sheet.row_dimensions[self.row].height = height
            self.rows.append(Row(height, self.bond))
            self.height = 0.0

    def put(
        self,
        words: str,
        style: str,
        first: int,
        last: int,
        *,
        typed: dict[str, str] | None = None,
        space: float = 0,
        label: str = "",
    ) -> None:
        """Write words over one or more columns of the row, a bold `label` before them; a number if typed."""
        cell = self.sheet.cell(self.row, first)
        shown = number_format(words, typed["number"], self.language) if typed and "number" in typed else None
        if typed and shown:
            cell.value = Decimal(typed["number"])
        elif label:
            cell.value = CellRichText(TextBlock(LABEL, label), words)
        elif words:
            cell.value = words
            cell.data_type = "s"
        self.dress(cell, style, shown or GENERAL, is_guarded=not shown and words[:1] in RISKY)
        if last > first:
            self.merge(style, first, last)
        self.make_room(label + words, style, first, last, space)

    def portions(self, words: str, style: str, first: int, last: int) -> list[str]:
        """Divide words that are higher than a row can be, so that all of them are printed."""
        if len(words) <= FEW:
            return [words]
        size, bold = STYLES[style][:2]
        most = int((TALLEST - SLACK) / (size * LEADING))
        room = self.room(size, first, last)
        if line_count(words, room, bold) <= most:
            return [words]
        ruler = fonts.ruler(fonts.BOLD if bold else fonts.REGULAR)
        lines = [line for paragraph in words.split("\n") for line in mark_end(ruler.lines(paragraph, room))]
        return ["".join(lines[at : at + most]).removesuffix("\n") for at in range(0, len(lines), most)]

    def dress(self, cell: Any, style: str, shown: str = GENERAL, *, is_guarded: bool = False) -> None:
        """Give the cell a style. Cells of one look share it: none of them is changed afterwards."""
        look = (style, shown, is_guarded)
        if look not in self.looks:
            known = style in self.sheet.parent.named_styles  # type: ignore[union-attr]
            cell.style = style if known else named_style(style)
            if shown != GENERAL:
                cell.number_format = shown
                # A number that is wider than its column would be shown as ####, and none is ever wrapped.
                horizontal, vertical = STYLES[style][2:4]
                cell.alignment = Alignment(horizontal=horizontal, vertical=vertical, shrink_to_fit=True)
            if is_guarded:
                cell.quotePrefix = True
            self.looks[look] = cell._style  # noqa: SLF001 - asked for by name, a style costs more than its cell
        cell._style = self.looks[look]  # noqa: SLF001

    def merge(self, style: str, first: int, last: int) -> None:
        """Join cells of the row; the hidden ones keep the frame, or it would have gaps."""
        if STYLES[style][-1]:
            for column in range(first + 1, last + 1):
                self.dress(self.sheet.cell(self.row, column), style)
        place = f"{get_column_letter(first)}{self.row}:{get_column_letter(last)}{self.row}"
        self.sheet.merged_cells.add(place)

    def make_room(self, words: str, style: str, first: int, last: int, space: float) -> None:
        size, bold = STYLES[style][:2]
        lines = line_count(words, self.room(size, first, last), bold)
        height = lines * size * LEADING + 4 + space
        self.height = max(self.height, height)

    def room(self, size: float, first: int, last: int) -> float:
        """Return how much words have of these columns, in thousandths of their size."""
        place = (size, first, last)
        if place not in self.rooms:
            self.rooms[place] = (sum(self.widths[first - 1 : last]) - PADDING) * 72 / 25.4 * 1000 / size
        return self.rooms[place]


def mark_end(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1] + "\n"]


@lru_cache(maxsize=10_000)
def line_count(words: str, room: float, bold: bool) -> int:
    return len(fonts.ruler(fonts.BOLD if bold else fonts.REGULAR).lines(words, room))
