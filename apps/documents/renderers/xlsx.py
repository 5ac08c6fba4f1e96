"""Papers as workbooks: the look of the form, numbers that are numbers, words that never become formulas."""

from __future__ import annotations

import io
import re
from datetime import datetime
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from apps.documents.editions import Edition
from apps.documents.renderers import fonts
from apps.documents.renderers.archive import settled
from apps.documents.renderers.numbers import number_format

PAGE_WIDTH = {True: 267, False: 170}
SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
LONGEST = 32_767  # letters that a cell can hold
TALLEST = 409  # points that a row can be high
RISKY = tuple("=+-@\t\r\n＝＋－＠'")
HAIR = Side(style="thin")
BOX = Border(left=HAIR, right=HAIR, top=HAIR, bottom=HAIR)
# style: size, bold, horizontal, vertical, boxed
STYLES = {
    "paper title": (12, True, "center", "center", False),
    "paper caption": (11, False, "center", "top", False),
    "paper right": (11, False, "right", "top", False),
    "paper text": (11, False, "left", "top", False),
    "paper strong": (11, True, "left", "center", False),
    "paper note": (10, False, "left", "top", False),
    "table head": (9, True, "center", "center", True),
    "table ordinal": (9, False, "center", "center", True),
    "table group": (10, True, "center", "center", True),
    "table left": (10, False, "left", "top", True),
    "table center": (10, False, "center", "top", True),
    "table right": (10, False, "right", "top", True),
}
BLOCK_STYLES = {
    "form": "paper right",
    "body": "paper text",
    "strong": "paper strong",
    "note": "paper note",
}


def render(edition: Edition) -> bytes:
    """Render an edition as a workbook of one sheet."""
    book = Workbook()
    # The width of a column is counted in digits of this font.
    book._named_styles["Normal"].font = Font(name=fonts.OFFICE_FAMILY, size=11)  # type: ignore[attr-defined] # noqa: SLF001
    for name, (size, bold, horizontal, vertical, boxed) in STYLES.items():
        style = NamedStyle(
            name,
            font=Font(name=fonts.OFFICE_FAMILY, size=size, bold=bold),
            alignment=Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True),
        )
        if boxed:
            style.border = BOX
        book.add_named_style(style)
    sheet = book.worksheets[0]
    SheetWriter(sheet, edition).write()
    book.properties.title = edition.title
    book.properties.language = edition.main_language
    book.properties.creator = ""
    book.properties.created = book.properties.modified = datetime.fromisoformat(edition.dated)
    target = io.BytesIO()
    book.save(target)
    return settled(target.getvalue(), edition.dated)


class SheetWriter:
    """Writes the blocks one under the other; the sheet's columns are those of its tables."""

    def __init__(self, sheet: Worksheet, edition: Edition) -> None:
        self.sheet = sheet
        self.edition = edition
        self.row = 0
        width = PAGE_WIDTH[edition.is_landscape]
        tables = [block for block in edition.blocks() if block["type"] == "table"]
        self.main_table = max(tables, key=row_count, default=None)
        shares = [edges_of(table["columns"], width) for table in tables] or [[0.0, width * 0.6, float(width)]]
        self.edges = sorted({round(edge) for share in shares for edge in share})
        self.widths = [right - left for left, right in pairwise(self.edges)]

    @property
    def last(self) -> int:
        return len(self.widths)

    def write(self) -> None:
        for number, width in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = (width / 25.4 * 96 - 5) / 7
        for block in self.edition.blocks():
            getattr(self, f"write_{block['type']}")(block)
        self.set_page()

    def write_title(self, block: dict[str, Any]) -> None:
        self.write_line(self.edition.printed(block["items"][0]), "paper title", space=12)

    def write_heading(self, block: dict[str, Any]) -> None:
        self.write_line(self.edition.printed(block["items"][0]), "paper strong", space=8)

    def write_lines(self, block: dict[str, Any]) -> None:
        if block["style"] == "place":
            left, right = (self.edition.printed(item) for item in (*block["items"], {"text": ""})[:2])
            self.write_halves(left, right, "paper text", "top")
            return
        style = BLOCK_STYLES.get(block["style"], "paper caption")
        for item in block["items"]:
            self.write_line(self.edition.printed(item), style, first=self.column_from(0.68))

    def write_paragraphs(self, block: dict[str, Any]) -> None:
        for item in block["items"]:
            for piece in self.edition.pieces(item):
                self.write_line(piece.words, BLOCK_STYLES[block["style"]])

    def write_facts(self, block: dict[str, Any]) -> None:
        for pair in block["items"]:
            for name, said in self.edition.pairs(*pair):
                self.write_line(f"{name.words}: {said.words}", "paper text")

    def write_signatures(self, block: dict[str, Any]) -> None:
        for item in block["items"]:
            self.row += 1
            self.write_halves(
                self.edition.printed(item["position"]),
                self.edition.printed(item["name"]),
                "paper strong",
                "bottom",
            )

    def write_table(self, block: dict[str, Any]) -> None:
        columns = block["columns"]
        edges = [round(edge) for edge in edges_of(columns, PAGE_WIDTH[self.edition.is_landscape])]
        spans = [(self.edges.index(left) + 1, self.edges.index(right)) for left, right in pairwise(edges)]
        top = self.row + 1
        self.write_row(
            [self.edition.printed(column["heading"]) for column in columns], spans, ["head"] * len(columns)
        )
        if block["ordinals"]:
            numbers = [str(number) for number in range(1, len(columns) + 1)]
            self.write_row(numbers, spans, ["ordinal"] * len(columns))
        if block is self.main_table:
            self.sheet.print_title_rows = f"{top}:{self.row}"
            self.sheet.freeze_panes = f"A{self.row + 1}"
        aligns = [column["align"] for column in columns]
        for group in block["groups"]:
            if group["title"]:
                self.write_line(self.edition.printed(group["title"]), "table group", boxed=True)
            for row in group["rows"]:
                self.write_row(row, spans, aligns)

    def write_row(self, cells: list[Any], spans: list[tuple[int, int]], styles: list[str]) -> None:
        self.row += 1
        for words, (first, last), style in zip(cells, spans, styles, strict=True):
            self.put(words, first, f"table {style}")
            self.grow(self.words_of(words), f"table {style}", first, last)
            if last > first:
                self.merge(first, last, f"table {style}")

    def write_line(
        self, words: str, style: str, *, first: int = 1, space: float = 0, boxed: bool = False
    ) -> None:
        """Write words across the sheet."""
        self.row += 1
        self.put(words, first, style)
        if first < self.last:
            self.merge(first, self.last, style if boxed else None)
        self.grow(words, style, first, self.last, space)

    def write_halves(self, left: str, right: str, style: str, vertical: str) -> None:
        middle = self.column_from(0.55)
        self.row += 1
        self.put(left, 1, style)
        self.put(right, middle, style)
        for column, horizontal in ((1, "left"), (middle, "right")):
            self.sheet.cell(self.row, column).alignment = Alignment(
                horizontal=horizontal, vertical=vertical, wrap_text=True
            )
        if middle - 1 > 1:
            self.merge(1, middle - 1)
        if middle < self.last:
            self.merge(middle, self.last)
        self.grow(left, style, 1, middle - 1, 6)
        self.grow(right, style, middle, self.last, 6)

    def put(self, words: Any, column: int, style: str) -> None:
        """Write one cell: a number as a number, everything else as words whatever sign they begin with."""
        cell = self.sheet.cell(self.row, column)
        cell.style = style
        if isinstance(words, dict):
            shown = self.number(words)
            if shown:
                cell.value, cell.number_format = shown
                return
        words = self.words_of(words)
        if not words:
            return
        cell.value = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
        cell.data_type = "s"
        if words.startswith(RISKY):
            cell.quotePrefix = True

    def words_of(self, words: Any) -> str:
        return self.edition.printed(words) if isinstance(words, dict) else words

    def number(self, cell: dict[str, str]) -> tuple[Decimal, str] | None:
        if "number" not in cell:
            return None
        language = self.edition.main_language
        shown = number_format(cell[language], cell["number"], language)
        return (Decimal(cell["number"]), shown) if shown else None

    def merge(self, first: int, last: int, style: str | None = None) -> None:
        """Join cells of the row; the hidden ones keep the frame, or it would have gaps."""
        if style:
            for column in range(first + 1, last + 1):
                self.sheet.cell(self.row, column).style = style
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=first, end_column=last)

    def grow(self, words: str, style: str, first: int, last: int, space: float = 0) -> None:
        """Make the row high enough for the words: an office does it when one edits, not when one prints."""
        size, bold, *_rest = STYLES[style]
        ruler = fonts.ruler(fonts.BOLD if bold else fonts.REGULAR)
        room = (sum(self.widths[first - 1 : last]) - 3) * 72 / 25.4 * 1000 / size
        height = len(ruler.lines(words, room)) * size * 1.2 + 4 + space
        dimension = self.sheet.row_dimensions[self.row]
        dimension.height = min(TALLEST, max(height, dimension.height or 0))

    def column_from(self, share: float) -> int:
        """Return the first column that begins at this share of the width or after it."""
        wanted = self.edges[-1] * share
        return min(self.last, next(n for n, edge in enumerate(self.edges, start=1) if edge >= wanted))

    def set_page(self) -> None:
        sheet, edition = self.sheet, self.edition
        sheet.title = SHEET_FORBIDDEN.sub(" ", edition.title)[:31].strip(" '") or "1"
        sheet.print_area = f"A1:{get_column_letter(self.last)}{self.row}"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if edition.is_landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.sheet_view.showGridLines = False
        margins = sheet.page_margins
        margins.left, margins.right, margins.top, margins.bottom = 0.79, 0.39, 0.6, 0.6
        margins.header = margins.footer = 0.3
        margins_of: Any = sheet
        write_margin(margins_of.oddFooter.center, "&P / &N", "Regular")
        write_margin(margins_of.oddHeader.left, edition.margin_mark, "Bold")


def write_margin(part: Any, words: str, weight: str) -> None:
    part.text, part.font, part.size = words, f"{fonts.OFFICE_FAMILY},{weight}", 9


def edges_of(columns: list[dict[str, Any]], width: float) -> list[float]:
    """Return where columns begin and end when they are stretched together to the width of the page."""
    whole = sum(column["width"] for column in columns)
    return [0.0, *(width * part / whole for part in accumulate(column["width"] for column in columns))]


def row_count(table: dict[str, Any]) -> int:
    return sum(len(group["rows"]) for group in table["groups"])
