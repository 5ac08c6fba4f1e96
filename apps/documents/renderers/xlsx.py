"""Papers as workbooks: the look of the form, numbers that are numbers, words that never become formulas."""

from __future__ import annotations

import io
import re
from datetime import datetime
from itertools import accumulate, pairwise, zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from apps.documents.editions import Edition, Piece
from apps.documents.renderers import fonts
from apps.documents.renderers.archive import UndatedZip
from apps.documents.renderers.cells import Cells, set_width_unit
from apps.documents.renderers.columns import column_widths
from apps.documents.renderers.sheet_pages import FAST, LOOSE, MARGIN, NO_BOND, page_ends, page_room

PAGE_WIDTH = {True: 267, False: 170}
SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
LONGEST_SHEET_NAME = 31
GAP = 6  # points between a table and what follows
MOST_FROZEN = 300  # points of the window; where more stood still, nothing could be scrolled on a small screen
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
        self.head = range(0)  # the rows of the main table's head

    def edges_of(self, table: dict[str, Any]) -> list[int]:
        """Return where columns begin and end on the page."""
        return [0, *(round(edge) for edge in accumulate(column_widths(table, self.width)))]

    def column_from(self, share: float) -> int:
        """Return the first column that begins at this share of the width or after it."""
        wanted = self.width * share
        return min(self.last, next(n for n, edge in enumerate(self.edges, start=1) if edge >= wanted))

    def write(self) -> None:
        for number, width in enumerate(self.cells.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = (width / 25.4 * 96 - 5) / 7
        for before, block in pairwise([{"type": ""}, *self.blocks]):
            if before["type"] == "table":
                self.leave_gap(FAST if before["notes"] else LOOSE if "together" in block else NO_BOND)
            getattr(self, f"write_{block['type']}")(block)
        self.cells.end_row()
        self.set_page()
        self.end_pages()

    def leave_gap(self, bond: int) -> None:
        """Leave room below a table, whose last row is bound to what follows."""
        self.cells.keep(bond)
        self.cells.begin_row(GAP)
        self.cells.keep(bond)

    def write_title(self, block: dict[str, Any]) -> None:
        self.write_line(self.edition.printed(block["items"][0]), "paper title", space=12, is_kept=True)

    def write_heading(self, block: dict[str, Any]) -> None:
        self.write_line(self.edition.printed(block["items"][0]), "paper strong", space=8, is_kept=True)

    def write_lines(self, block: dict[str, Any]) -> None:
        if block["style"] == "place":
            middle = self.column_from(0.5)
            for left, right in self.edition.halves(block):
                self.write_apart(left, "paper text", middle - 1, right, "paper text right", middle)
            return
        style, first = BLOCK_STYLES[block["style"]], self.column_from(0.68)
        for item in block["items"]:
            if block["is_beside"]:
                self.write_beside(self.edition.pieces(item), style, first)
            else:
                self.write_line(self.edition.printed(item), style, first)
            self.cells.keep()

    def write_beside(self, pieces: list[Piece], style: str, first: int) -> None:
        """Write the two languages of a caption beside each other.

        Their lines run on: this copy is worked with on the screen, and its head does not leave the window.
        """
        left, right = (Piece(piece.language, piece.words.replace("\n", " ")) for piece in pieces)
        self.write_apart([left], style, self.column_from(0.25) - 1, [right], style, first)

    def write_paragraphs(self, block: dict[str, Any]) -> None:
        together = "together" in block
        for item, is_kept in zip(block["items"], block["kept"], strict=True):
            for piece in self.edition.pieces(item):
                self.write_line(piece.words, BLOCK_STYLES[block["style"]], is_kept=is_kept or together)
            if not is_kept:
                self.cells.keep(NO_BOND)

    def write_facts(self, block: dict[str, Any]) -> None:
        for pair, is_kept in zip(block["items"], block["kept"], strict=True):
            for name, said in self.edition.pairs(*pair):
                self.write_line(said.words, "paper text", label=f"{name.words}: ", is_kept=is_kept)

    def write_signatures(self, block: dict[str, Any]) -> None:
        """Write position and name, and a line to sign on between them where the columns leave room."""
        line, right = self.column_from(0.5), self.column_from(0.7)
        for number, item in enumerate(block["items"], start=1):
            position, name = (self.edition.printed(item[part]) for part in ("position", "name"))
            self.cells.begin_row()
            self.cells.put(position, "paper signature", 1, line - 1, space=20)
            if line < right:
                self.cells.put("", "paper sign", line, right - 1)
            self.cells.put(name, "paper signature right", right, self.last, space=20)
            if number < len(block["items"]):
                self.cells.keep()

    def write_table(self, block: dict[str, Any]) -> None:
        columns = block["columns"]
        places = {edge: number for number, edge in enumerate(self.edges)}
        spans = [(places[left] + 1, places[right]) for left, right in pairwise(self.edges_of(block))]
        top = self.cells.row + 1
        self.write_row([column["heading"] for column in columns], spans, ["table head"] * len(columns))
        self.cells.keep()
        if block["ordinals"]:
            numbers = [{"number": str(number), "text": str(number)} for number in range(1, len(columns) + 1)]
            self.write_row(numbers, spans, ["table ordinal"] * len(columns))
            self.cells.keep()
        if block is self.main_table:
            self.head = range(top, self.cells.row + 1)
        styles = [f"table {column['align']}" for column in columns]
        for group in block["groups"]:
            if group["title"]:
                self.write_line(self.edition.printed(group["title"]), "table group", is_kept=True)
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
        self,
        words: str,
        style: str,
        first: int = 1,
        *,
        space: float = 0,
        label: str = "",
        is_kept: bool = False,
    ) -> None:
        """Write words across the sheet."""
        for number, portion in enumerate(self.cells.portions(words, style, first, self.last)):
            self.cells.begin_row()
            self.cells.put(portion, style, first, self.last, space=space, label="" if number else label)
        if is_kept:
            self.cells.keep()

    def write_apart(
        self, left: list[Piece], style: str, last: int, right: list[Piece], right_style: str, first: int
    ) -> None:
        """Write words at the left as far as the column `last`, and at the right from the column `first`."""
        self.cells.begin_row()
        for pieces, look, begin, end in ((left, style, 1, last), (right, right_style, first, self.last)):
            self.cells.put("\n".join(piece.words for piece in pieces), look, begin, end, space=6)

    def end_pages(self) -> None:
        """Repeat the head of the table on each page, let it stay in sight, and end pages between wholes."""
        rows = self.cells.rows
        for end in page_ends(rows, page_room(self.edition.is_landscape), self.head):
            self.sheet.row_breaks.append(Break(id=end))
        if self.head:
            self.sheet.print_title_rows = f"{self.head[0]}:{self.head[-1]}"
            if sum(row.height for row in rows[: self.head[-1]]) <= MOST_FROZEN:
                self.sheet.freeze_panes = f"A{self.head[-1] + 1}"

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
        margins.left, margins.right, margins.top, margins.bottom = 0.79, 0.39, MARGIN, MARGIN
        margins.header = margins.footer = 0.3
        write_margin(sheet.oddFooter.center, "&P / &N", "Regular")
        write_margin(sheet.oddHeader.left, self.edition.margin_mark, "Bold")


def write_margin(part: Any, words: str, weight: str) -> None:
    part.text, part.font, part.size = words, f"{fonts.OFFICE_FAMILY},{weight}", 9


def row_count(table: dict[str, Any]) -> int:
    return sum(len(group["rows"]) for group in table["groups"])
