"""Papers as workbooks: the look of the form, numbers that are numbers, words that never become formulas."""

from __future__ import annotations

import io
import re
from datetime import datetime
from itertools import accumulate, pairwise
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
        tables = [block for block in edition.blocks() if block["type"] == "table"]
        self.main_table = max(tables, key=row_count, default=None)
        shares = [self.edges_of(table) for table in tables] or [[0, round(self.width * 0.6), self.width]]
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
        for block in self.edition.blocks():
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
                self.write_line(f"{name.words}: {said.words}", "paper text")

    def write_signatures(self, block: dict[str, Any]) -> None:
        for item in block["items"]:
            position, name = (self.edition.printed(item[part]) for part in ("position", "name"))
            self.cells.begin_row()
            self.write_halves(position, name, "paper signature")

    def write_table(self, block: dict[str, Any]) -> None:
        columns = block["columns"]
        places = {edge: number for number, edge in enumerate(self.edges)}
        spans = [(places[left] + 1, places[right]) for left, right in pairwise(self.edges_of(block))]
        top = self.cells.row + 1
        self.write_row([column["heading"] for column in columns], spans, ["table head"] * len(columns))
        if block["ordinals"]:
            numbers = [{"text": str(number)} for number in range(1, len(columns) + 1)]
            self.write_row(numbers, spans, ["table ordinal"] * len(columns))
        if block is self.main_table:
            self.sheet.print_title_rows = f"{top}:{self.cells.row}"
            self.sheet.freeze_panes = f"A{self.cells.row + 1}"
        styles = [f"table {column['align']}" for column in columns]
        for group in block["groups"]:
            if group["title"]:
                self.write_line(self.edition.printed(group["title"]), "table group")
            for row in group["rows"]:
                self.write_row(row, spans, styles)

    def write_row(self, row: list[dict[str, str]], spans: list[tuple[int, int]], styles: list[str]) -> None:
        self.cells.begin_row()
        for cell, (first, last), style in zip(row, spans, styles, strict=True):
            self.cells.put(self.edition.printed(cell), style, first, last, typed=cell)

    def write_line(self, words: str, style: str, first: int = 1, *, space: float = 0) -> None:
        """Write words across the sheet."""
        self.cells.begin_row()
        self.cells.put(words, style, first, self.last, space=space)

    def write_halves(self, left: str, right: str, style: str) -> None:
        middle = self.column_from(0.55)
        self.cells.begin_row()
        self.cells.put(left, style, 1, middle - 1, space=6)
        self.cells.put(right, f"{style} right", middle, self.last, space=6)

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
