"""The parts of a document that python-docx knows not, or too slowly: rows, runs in a language, fields.

It looks through the whole table for each cell that it is asked for, so rows are built as XML.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from apps.documents.editions import Edition, Piece, tied
from apps.documents.renderers import fonts

LOCALES = {"kk": "kk-KZ", "ru": "ru-RU"}
TWIPS = 1440 / 25.4  # in a millimetre
PADDING = 68  # twips, left and right of a cell's words
SIZE = 10  # points, of the words in cells
RUNNING = {"Paper text", "Paper note"}  # styles whose paragraphs have the same room, also within a cell
TALLEST_WHOLE_ROW = 25  # lines; Word cuts off what is left of a whole row at the end of the page
CELL_STYLES = {"left": "Table text", "center": "Table center", "right": "Table right"}


class TableWriter:
    """Adds rows to a table; `widths` are in millimetres, the `padding` of cells in twips."""

    def __init__(self, table: Table, widths: list[float], style_ids: dict[str, str], padding: int) -> None:
        self.padding = padding
        self.body = table._tbl  # noqa: SLF001 - see the module
        self.widths = [round(width * TWIPS) for width in widths]
        self.style_ids = style_ids
        for column, width in zip(self.body.tblGrid.gridCol_lst, self.widths, strict=True):
            column.set(qn("w:w"), str(width))
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            margins.append(element(f"w:{side}", w=str(padding), type="dxa"))
        self.body.tblPr.append(margins)

    def write(self, edition: Edition, block: dict[str, Any]) -> None:
        columns = block["columns"]
        head = [edition.pieces(column["heading"]) for column in columns]
        self.add_row(head, ["Table head"] * len(columns), is_head=True, vertical="center")
        if block["ordinals"]:
            numbers = [[Piece("", str(number))] for number in range(1, len(columns) + 1)]
            self.add_row(numbers, ["Table ordinal"] * len(columns), is_head=True)
        styles = [CELL_STYLES[column["align"]] for column in columns]
        for group in block["groups"]:
            if group["title"]:
                self.add_row([edition.pieces(group["title"])], ["Table group"])
            for row in group["rows"]:
                self.add_row([edition.pieces(cell) for cell in row], styles)
        if block["notes"]:
            keep_with_next(self.body.tr_lst[-1])
            notes = [piece for note in block["notes"] for piece in edition.pieces(note)]
            self.add_row([notes], ["Paper note"])
            set_borders(self.body.tr_lst[-1].tc_lst[0], left="nil", bottom="nil", right="nil")

    def add_row(
        self,
        cells: list[list[Piece]],
        styles: list[str],
        *,
        is_head: bool = False,
        is_kept: bool = False,
        vertical: str = "top",
        underlined: int | None = None,
    ) -> None:
        """Add a row; one cell alone spans the table. `is_kept` with the next row; `underlined` is a cell."""
        widths = self.widths if len(cells) == len(self.widths) else [sum(self.widths)]
        row = OxmlElement("w:tr")
        properties = OxmlElement("w:trPr")
        if is_head or self.is_whole(cells, widths):
            properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
        for number, (pieces, width, style) in enumerate(zip(cells, widths, styles, strict=True)):
            cell = self.cell(pieces, width, style, span=len(self.widths) // len(cells), vertical=vertical)
            if number == underlined:
                set_borders(cell, bottom="single")
            row.append(cell)
        self.body.append(row)
        if is_kept:
            keep_with_next(row)

    def is_whole(self, cells: list[list[Piece]], widths: list[int]) -> bool:
        ruler = fonts.ruler()
        return all(
            len(ruler.lines("\n".join(piece.words for piece in pieces), (width - 2 * PADDING) / 20 * 100))
            <= TALLEST_WHOLE_ROW
            for pieces, width in zip(cells, widths, strict=True)
        )

    def cell(self, pieces: list[Piece], width: int, style: str, *, span: int, vertical: str) -> Any:
        cell = OxmlElement("w:tc")
        properties = OxmlElement("w:tcPr")
        properties.append(element("w:tcW", w=str(width), type="dxa"))
        if span > 1:
            properties.append(element("w:gridSpan", val=str(span)))
        if vertical != "top":
            properties.append(element("w:vAlign", val=vertical))
        cell.append(properties)
        ruler, points = fonts.ruler(), room(width)
        size = ruler.size_that_fits("\n".join(words for _language, words in pieces), points, SIZE)
        for number, piece in enumerate(pieces or [Piece("", "")]):
            words = ruler.loosened(tied(piece.words), points * 1000 / size)
            for line_number, line in enumerate(words.split("\n")):
                space = space_before(style, is_first_line=not line_number) if number or line_number else ""
                cell.append(self.paragraph(Piece(piece.language, line), style, size, space))
        return cell

    def paragraph(self, piece: Piece, style: str, size: float, space: str) -> Any:
        """Make a paragraph of a line; `space` before it is in twips, where it is not that of the style."""
        paragraph = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        properties.append(element("w:pStyle", val=self.style_ids[style]))
        if space:
            properties.append(element("w:spacing", before=space))
        paragraph.append(properties)
        if piece.words:
            paragraph.append(run(piece, size if size < SIZE else None))
        return paragraph


def space_before(style: str, *, is_first_line: bool) -> str:
    """Return the room before a line within a cell: the second language stands apart from the first."""
    if style in RUNNING:
        return ""
    if not is_first_line:
        return "0"
    return "30" if style.startswith("Table") else "80"


def room(width: int) -> float:
    """Return how many points of a cell's twips its words have; an office measures a little differently."""
    return (width - 2 * PADDING) / 20 * 0.97


def set_borders(cell: Any, **kinds: str) -> None:
    """Draw a line at these edges of a cell, or none."""
    borders = OxmlElement("w:tcBorders")
    for side, kind in kinds.items():
        borders.append(element(f"w:{side}", val=kind, sz="4", space="0", color="auto"))
    cell.tcPr.insert_element_before(borders, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")


def keep_with_next(row: Any) -> None:
    """Keep a row on the page of what follows."""
    for paragraph in row.iter(qn("w:p")):
        paragraph.get_or_add_pPr().get_or_add_keepNext()


def element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def run(piece: Piece, size: float | None = None) -> Any:
    """Make a run of one line of words as they are, in their language, in points other than the style's."""
    made = OxmlElement("w:r")
    if piece.language or size:
        properties = OxmlElement("w:rPr")
        if size:
            properties.append(element("w:sz", val=str(round(size * 2))))
        if piece.language:
            properties.append(element("w:lang", val=LOCALES[piece.language]))
        made.append(properties)
    words = OxmlElement("w:t")
    words.text = piece.words
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(words)
    return made


def add_run(paragraph: Paragraph, piece: Piece) -> Any:
    paragraph._p.append(run(Piece(piece.language, tied(piece.words))))  # noqa: SLF001 - python-docx knows no language of a run
    return paragraph.runs[-1]


def add_field(paragraph: Paragraph, name: str) -> None:
    """Add a field that the office fills in, such as the number of the page."""
    field = element("w:fldSimple", instr=name)
    field.append(run(Piece("", "1")))
    paragraph._p.append(field)  # noqa: SLF001 - python-docx knows no fields


def set_font(properties: Any, locale: str) -> None:
    """Name one font for every script, and the language of the words."""
    names = ("ascii", "hAnsi", "cs", "eastAsia")
    properties.append(element("w:rFonts", **dict.fromkeys(names, fonts.OFFICE_FAMILY)))
    properties.append(element("w:lang", val=locale))
