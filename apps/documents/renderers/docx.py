"""Papers as documents of the office: real styles, tables whose head is repeated and whose rows stay whole."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from apps.documents.editions import Edition, Piece
from apps.documents.renderers.archive import settled
from apps.documents.renderers.rows import LOCALES, TableWriter, add_field, add_run, set_font

Align = WD_ALIGN_PARAGRAPH
# millimetres: page width and height, margins left, right, top, bottom
SHEETS = {True: (297, 210, 20, 10, 15, 15), False: (210, 297, 25, 15, 20, 20)}
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
