"""Papers as documents for the office: real styles, a table whose head is repeated and whose rows stay whole.

Rows are built as XML: python-docx looks through the whole table for each cell that it is asked for.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from apps.documents.editions import Edition, Piece
from apps.documents.renderers import fonts
from apps.documents.renderers.archive import settled

Align = WD_ALIGN_PARAGRAPH
LOCALES = {"kk": "kk-KZ", "ru": "ru-RU"}
# millimetres: page width and height, margins left, right, top, bottom
SHEETS = {True: (297, 210, 20, 10, 15, 15), False: (210, 297, 25, 15, 20, 20)}
TWIPS = 1440 / 25.4  # in a millimetre
PADDING = 68  # twips, left and right of a cell's words
TALLEST_WHOLE_ROW = 25  # lines; Word cuts off what is left of a whole row at the end of the page
# style: size, bold, alignment, indent of the first line in mm, left indent as a share of the page,
# space before and after in points
STYLES = {
    "Title": (12, True, Align.CENTER, 0, 0, 8, 8),
    "Heading 2": (12, True, Align.LEFT, 0, 0, 10, 4),
    "Paper caption": (11, False, Align.CENTER, 0, 0.7, 0, 6),
    "Paper right": (11, False, Align.RIGHT, 0, 0, 0, 6),
    "Paper text": (12, False, Align.JUSTIFY, 12.5, 0, 0, 3),
    "Paper fact": (12, False, Align.LEFT, 0, 0, 0, 3),
    "Paper strong": (12, True, Align.LEFT, 0, 0, 6, 3),
    "Paper note": (10, False, Align.JUSTIFY, 0, 0, 4, 0),
    "Paper place": (12, False, Align.LEFT, 0, 0, 0, 0),
    "Paper place right": (12, False, Align.RIGHT, 0, 0, 0, 0),
    "Paper signature": (12, True, Align.LEFT, 0, 0, 0, 0),
    "Paper signature right": (12, True, Align.RIGHT, 0, 0, 0, 0),
    "Table text": (10, False, Align.LEFT, 0, 0, 0, 0),
    "Table center": (10, False, Align.CENTER, 0, 0, 0, 0),
    "Table right": (10, False, Align.RIGHT, 0, 0, 0, 0),
    "Table head": (9, True, Align.CENTER, 0, 0, 0, 0),
    "Table ordinal": (9, False, Align.CENTER, 0, 0, 0, 0),
    "Table group": (10, True, Align.CENTER, 0, 0, 0, 0),
}
BLOCK_STYLES = {
    "caption": "Paper caption",
    "stamp": "Paper caption",
    "form": "Paper right",
    "body": "Paper text",
    "strong": "Paper strong",
    "note": "Paper note",
}
CELL_STYLES = {"left": "Table text", "center": "Table center", "right": "Table right"}


def render(edition: Edition) -> bytes:
    """Render an edition as a document."""
    writer = DocumentWriter(edition)
    for block in edition.blocks():
        getattr(writer, f"write_{block['type']}")(block)
    target = io.BytesIO()
    writer.document.save(target)
    return settled(target.getvalue(), edition.dated)


class DocumentWriter:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.document = Document()
        self.set_page()
        self.set_styles()
        self.set_properties()
        self.write_margins()

    @property
    def width(self) -> float:
        width, _height, left, right, _top, _bottom = SHEETS[self.edition.is_landscape]
        return width - left - right

    def set_page(self) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if self.edition.is_landscape else WD_ORIENT.PORTRAIT
        width, height, left, right, top, bottom = (Mm(size) for size in SHEETS[self.edition.is_landscape])
        section.page_width, section.page_height = width, height
        section.left_margin, section.right_margin = left, right
        section.top_margin, section.bottom_margin = top, bottom
        section.header_distance = section.footer_distance = Mm(7)

    def set_styles(self) -> None:
        styles = self.document.styles
        known = {style.name for style in styles}
        for name, (size, bold, alignment, first, left, before, after) in STYLES.items():
            style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            properties = style.element.get_or_add_rPr()
            for child in list(properties):
                properties.remove(child)
            set_font(style.element.get_or_add_rPr(), LOCALES[self.edition.main_language])
            style.font.size, style.font.bold = Pt(size), bold
            paragraph = style.paragraph_format
            paragraph.alignment = alignment
            paragraph.first_line_indent = Mm(first)
            paragraph.left_indent = Mm(self.width * left)
            paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
            paragraph.line_spacing = 1
            paragraph.keep_with_next = name in {"Title", "Heading 2", "Table group"}
            border = style.element.pPr.find(qn("w:pBdr"))
            if border is not None:
                style.element.pPr.remove(border)

    def set_properties(self) -> None:
        properties = self.document.core_properties
        properties.title = self.edition.title
        properties.language = LOCALES[self.edition.main_language]
        properties.author = properties.comments = properties.last_modified_by = ""
        properties.revision = 1
        properties.created = properties.modified = datetime.fromisoformat(self.edition.dated)

    def write_margins(self) -> None:
        section = self.document.sections[0]
        footer = section.footer.paragraphs[0]
        footer.style = "Table ordinal"
        for part in ("PAGE", None, "NUMPAGES"):
            if part:
                add_field(footer, part)
            else:
                footer.add_run(" / ")
        if self.edition.margin_mark:
            header = section.header.paragraphs[0]
            header.style = "Table text"
            header.add_run(self.edition.margin_mark).bold = True

    def write_title(self, block: dict[str, Any]) -> None:
        for piece in self.edition.pieces(block["items"][0]):
            self.write_piece(piece, "Title")

    def write_heading(self, block: dict[str, Any]) -> None:
        for piece in self.edition.pieces(block["items"][0]):
            self.write_piece(piece, "Heading 2")

    def write_lines(self, block: dict[str, Any]) -> None:
        if block["style"] == "place":
            left, right = (self.edition.pieces(item) for item in (*block["items"], {"text": ""})[:2])
            self.write_halves(left, right, "Paper place", share=0.5, vertical="top")
            return
        self.write_paragraphs(block)

    def write_paragraphs(self, block: dict[str, Any]) -> None:
        for item in block["items"]:
            for piece in self.edition.pieces(item):
                self.write_piece(piece, BLOCK_STYLES[block["style"]])

    def write_facts(self, block: dict[str, Any]) -> None:
        for pair in block["items"]:
            for name, said in self.edition.pairs(*pair):
                paragraph = self.document.add_paragraph(style="Paper fact")
                add_run(paragraph, Piece(name.language, f"{name.words}: ")).bold = True
                add_run(paragraph, said)

    def write_signatures(self, block: dict[str, Any]) -> None:
        for item in block["items"]:
            position, name = (self.edition.pieces(item[part]) for part in ("position", "name"))
            self.document.add_paragraph(style="Paper signature")
            self.write_halves(position, name, "Paper signature", share=0.6, vertical="bottom")

    def write_halves(
        self, left: list[Piece], right: list[Piece], style: str, *, share: float, vertical: str
    ) -> None:
        """Write words at the left and at the right in a table of one row without lines."""
        widths = [self.width * share, self.width * (1 - share)]
        halves = self.add_table("Normal Table", widths)
        halves.add_row([left, right], [style, f"{style} right"], vertical=vertical)

    def write_piece(self, piece: Piece, style: str) -> None:
        add_run(self.document.add_paragraph(style=style), piece)

    def write_table(self, block: dict[str, Any]) -> None:
        columns = block["columns"]
        whole = sum(column["width"] for column in columns)
        widths = [column["width"] / whole * self.width for column in columns]
        self.add_table("Table Grid", widths).write(self.edition, block)
        self.document.add_paragraph(style="Table text")

    def add_table(self, style: str, widths: list[float]) -> TableWriter:
        table = self.document.add_table(rows=0, cols=len(widths), style=style)
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        return TableWriter(table, widths, self.style_ids())

    def style_ids(self) -> dict[str, str]:
        return {style.name: style.style_id for style in self.document.styles if style.name in STYLES}


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
