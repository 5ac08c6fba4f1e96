"""The parts of a document that python-docx knows not, or too slowly: rows, runs in a language, fields.

It looks through the whole table for each cell that it is asked for, so rows are built as XML.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from apps.documents.editions import Edition, Piece
from apps.documents.renderers import fonts

LOCALES = {"kk": "kk-KZ", "ru": "ru-RU"}
TWIPS = 1440 / 25.4  # in a millimetre
PADDING = 68  # twips, left and right of a cell's words
TALLEST_WHOLE_ROW = 25  # lines; Word cuts off what is left of a whole row at the end of the page
CELL_STYLES = {"left": "Table text", "center": "Table center", "right": "Table right"}


class TableWriter:
    """Adds rows to a table; `widths` are in millimetres."""

    def __init__(self, table: Table, widths: list[float], style_ids: dict[str, str]) -> None:
        self.body = table._tbl  # noqa: SLF001 - see the module
        self.widths = [round(width * TWIPS) for width in widths]
        self.style_ids = style_ids
        for column, width in zip(self.body.tblGrid.gridCol_lst, self.widths, strict=True):
            column.set(qn("w:w"), str(width))
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            margins.append(element(f"w:{side}", w=str(PADDING), type="dxa"))
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

    def add_row(
        self, cells: list[list[Piece]], styles: list[str], *, is_head: bool = False, vertical: str = "top"
    ) -> None:
        """Add a row; one cell alone spans the table."""
        widths = self.widths if len(cells) == len(self.widths) else [sum(self.widths)]
        row = OxmlElement("w:tr")
        properties = OxmlElement("w:trPr")
        if is_head or self.is_whole(cells, widths):
            properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
        for pieces, width, style in zip(cells, widths, styles, strict=True):
            row.append(
                self.cell(pieces, width, style, span=len(self.widths) // len(cells), vertical=vertical)
            )
        self.body.append(row)

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
        for piece in pieces or [Piece("", "")]:
            paragraph = OxmlElement("w:p")
            paragraph_properties = OxmlElement("w:pPr")
            paragraph_properties.append(element("w:pStyle", val=self.style_ids[style]))
            paragraph.append(paragraph_properties)
            if piece.words:
                paragraph.append(run(piece))
            cell.append(paragraph)
        return cell


def element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def run(piece: Piece) -> Any:
    """Make a run of words in its language; each line of the words becomes a line of the paragraph."""
    made = OxmlElement("w:r")
    if piece.language:
        properties = OxmlElement("w:rPr")
        properties.append(element("w:lang", val=LOCALES[piece.language]))
        made.append(properties)
    for number, line in enumerate(piece.words.split("\n")):
        if number:
            made.append(OxmlElement("w:br"))
        words = OxmlElement("w:t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made


def add_run(paragraph: Paragraph, piece: Piece) -> Any:
    paragraph._p.append(run(piece))  # noqa: SLF001 - python-docx knows no language of a run
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
