"""Papers as workbooks: the look of the form, numbers that are numbers, words that never become formulas."""

from __future__ import annotations

import io
import re
from datetime import datetime
from itertools import accumulate, pairwise, zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from apps.documents.editions import Edition
from apps.documents.renderers import fonts
from apps.documents.renderers.archive import UndatedZip
from apps.documents.renderers.cells import Cells, set_width_unit

PAGE_WIDTH = {True: 267, False: 170}
SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
LONGEST_SHEET_NAME = 31
BLOCK_STYLES = {
    "caption": "paper caption",
    "stamp": "paper caption",
    "form": "paper form",
    "body": "paper text",
    "strong": "paper strong",
    "note": "paper note",
    "item": "paper text",
    "mark": "paper mark",
}


def render(edition: Edition) -> bytes:
    """Render an edition as a workbook of one sheet."""
    book = Workbook()
    set_width_unit(book)
    SheetWriter(book.worksheets[0], edition).write()
    book.properties.title = edition.title
    book.properties.language = edition.main_language
    book.properties.creator = ""
    book.properties.created = book.properties.modified = datetime.fromisoformat(edition.dated)
    target = io.BytesIO()
    ExcelWriter(book, UndatedZip(target, "w")).save()
    return target.getvalue()


class SheetWriter:
    """Writes the blocks one under the other; the sheet's columns are those of its tables."""

    def __init__(self, sheet: Worksheet, edition: Edition) -> None:
        self.sheet = sheet
        self.edition = edition
        self.width = PAGE_WIDTH[edition.is_landscape]
        self.blocks = edition.blocks()
        tables = [block for block in self.blocks if block["type"] == "table"]
        self.main_table = max(tables, key=row_count, default=None)
        plain = [round(self.width * share) for share in (0, 0.5, 0.7, 1)]
        shares = [self.edges_of(table) for table in tables] or [plain]
        self.edges = sorted({edge for share in shares for edge in share})
        widths: list[float] = [right - left for left, right in pairwise(self.edges)]
        self.last = len(widths)
        self.cells = Cells(sheet, widths, edition.main_language)

    def edges_of(self, table: dict[str, Any]) -> list[int]:
        """Return where columns begin and end when they are stretched together to the width of the page."""
        widths = list(accumulate(column["width"] for column in table["columns"]))
        return [0, *(round(self.width * width / widths[-1]) for width in widths)]

    def column_from(self, share: float) -> int:
        """Return the first column that begins at this share of the width or after it."""
        wanted = self.width * share
        return min(self.last, next(n for n, edge in enumerate(self.edges, start=1) if edge >= wanted))

    def write(self) -> None:
        for number, width in enumerate(self.cells.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = (width / 25.4 * 96 - 5) / 7
        for block in self.blocks:
            getattr(self, f"write_{block['type']}")(block)
        self.cells.end_row()
        self.set_page()

    def write_title(self, block: dict[str, Any]) -> None:
        self.write_line(self.edition.printed(block["items"][0]), "paper title", space=12)

    def write_heading(self, block: dict[str, Any]) -> None:
        self.write_line(self.edition.printed(block["items"][0]), "paper strong", space=8)

    def write_lines(self, block: dict[str, Any]) -> None:
        if block["style"] == "place":
            left, right = (self.edition.printed(item) for item in (*block["items"], {"text": ""})[:2])
            self.write_halves(left, right, "paper text")
            return
        for item in block["items"]:
            first = self.column_from(0.68)
            self.write_line(self.edition.printed(item), BLOCK_STYLES[block["style"]], first)

    def write_paragraphs(self, block: dict[str, Any]) -> None:
        for item in block["items"]:
            for piece in self.edition.pieces(item):
                self.write_line(piece.words, BLOCK_STYLES[block["style"]])

    def write_facts(self, block: dict[str, Any]) -> None:
        for pair in block["items"]:
            for name, said in self.edition.pairs(*pair):
                self.write_line(said.words, "paper text", label=f"{name.words}: ")

    def write_signatures(self, block: dict[str, Any]) -> None:
        """Write position and name, and a line to sign on between them where the columns leave room."""
        line, right = self.column_from(0.5), self.column_from(0.7)
        for item in block["items"]:
            position, name = (self.edition.printed(item[part]) for part in ("position", "name"))
            self.cells.begin_row()
            self.cells.put(position, "paper signature", 1, line - 1, space=20)
            if line < right:
                self.cells.put("", "paper sign", line, right - 1)
            self.cells.put(name, "paper signature right", right, self.last, space=20)

    def write_table(self, block: dict[str, Any]) -> None:
        columns = block["columns"]
        places = {edge: number for number, edge in enumerate(self.edges)}
        spans = [(places[left] + 1, places[right]) for left, right in pairwise(self.edges_of(block))]
        top = self.cells.row + 1
        self.write_row([column["heading"] for column in columns], spans, ["table head"] * len(columns))
        if block["ordinals"]:
            numbers = [{"number": str(number), "text": str(number)} for number in range(1, len(columns) + 1)]
            self.write_row(numbers, spans, ["table ordinal"] * len(columns))
        if block is self.main_table:
            self.sheet.print_title_rows = f"{top}:{self.cells.row}"
            self.freeze(top, self.cells.row + 1)
        styles = [f"table {column['align']}" for column in columns]
        for group in block["groups"]:
            if group["title"]:
                self.write_line(self.edition.printed(group["title"]), "table group")
            for row in group["rows"]:
                self.write_row(row, spans, styles)

    def write_row(self, row: list[dict[str, str]], spans: list[tuple[int, int]], styles: list[str]) -> None:
        """Write a row of a table; what is higher than a row can be goes on in the next."""
        portions = [
            self.cells.portions(self.edition.printed(cell), style, first, last)
            for cell, (first, last), style in zip(row, spans, styles, strict=True)
        ]
        for number, parts in enumerate(zip_longest(*portions, fillvalue="")):
            self.cells.begin_row()
            for words, cell, (first, last), style in zip(parts, row, spans, styles, strict=True):
                self.cells.put(words, style, first, last, typed=None if number else cell)

    def write_line(
        self, words: str, style: str, first: int = 1, *, space: float = 0, label: str = ""
    ) -> None:
        """Write words across the sheet."""
        for number, portion in enumerate(self.cells.portions(words, style, first, self.last)):
            self.cells.begin_row()
            self.cells.put(portion, style, first, self.last, space=space, label="" if number else label)

    def write_halves(self, left: str, right: str, style: str) -> None:
        middle = self.column_from(0.5)
        self.cells.begin_row()
        self.cells.put(left, style, 1, middle - 1, space=6)
        self.cells.put(right, f"{style} right", middle, self.last, space=6)

    def freeze(self, top: int, body: int) -> None:
        """Let the head of the table stay in sight, and nothing but the head.

        What stands above it would take half of the window: the window is scrolled to the head first.
        """
        self.sheet.freeze_panes = f"A{body}"
        view: Any = self.sheet.sheet_view
        view.topLeftCell = f"A{top}"
        view.pane.ySplit = body - top

    def set_page(self) -> None:
        sheet: Any = self.sheet
        sheet.title = SHEET_FORBIDDEN.sub(" ", self.edition.title)[:LONGEST_SHEET_NAME].strip(" '") or "1"
        sheet.print_area = f"A1:{get_column_letter(self.last)}{self.cells.row}"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if self.edition.is_landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.sheet_view.showGridLines = False
        margins = sheet.page_margins
        margins.left, margins.right, margins.top, margins.bottom = 0.79, 0.39, 0.6, 0.6
        margins.header = margins.footer = 0.3
        write_margin(sheet.oddFooter.center, "&P / &N", "Regular")
        write_margin(sheet.oddHeader.left, self.edition.margin_mark, "Bold")


def write_margin(part: Any, words: str, weight: str) -> None:
    part.text, part.font, part.size = words, f"{fonts.OFFICE_FAMILY},{weight}", 9


def row_count(table: dict[str, Any]) -> int:
    return sum(len(group["rows"]) for group in table["groups"])
