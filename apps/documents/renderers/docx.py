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
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from apps.documents.editions import Edition, Piece
from apps.documents.renderers.archive import settled
from apps.documents.renderers.columns import column_widths
from apps.documents.renderers.rows import LOCALES, PADDING, TableWriter, add_field, add_run, set_font

Align = WD_ALIGN_PARAGRAPH
ITEM = 4.5  # millimetres by which the number of an item hangs
# millimetres: page width and height, margins left, right, top, bottom
SHEETS = {True: (297, 210, 20, 10, 15, 15), False: (210, 297, 25, 15, 20, 20)}
# style: size, bold, alignment, indent of the first line in mm, left indent as a share of the page,
# space before and after in points. Heads of tables leave room for wider letters than ours.
STYLES = {
    "Title": (12, True, Align.CENTER, 0, 0, 8, 8),
    "Heading 2": (12, True, Align.LEFT, 0, 0, 10, 4),
    "Paper caption": (11, False, Align.CENTER, 0, 0.7, 0, 6),
    "Paper caption beside": (11, False, Align.CENTER, 0, 0, 0, 0),
    "Paper right": (11, False, Align.RIGHT, 0, 0, 0, 6),
    "Paper text": (12, False, Align.JUSTIFY, 12.5, 0, 0, 3),
    "Paper fact": (12, False, Align.LEFT, 0, 0, 0, 3),
    "Paper strong": (12, True, Align.LEFT, 0, 0, 6, 3),
    "Paper item": (12, False, Align.LEFT, -ITEM, ITEM / 170, 0, 3),
    "Paper mark": (10, False, Align.CENTER, 0, 0, 0, 8),
    "Paper note": (10, False, Align.JUSTIFY, 0, 0, 4, 0),
    "Paper place": (12, False, Align.LEFT, 0, 0, 0, 0),
    "Paper place right": (12, False, Align.RIGHT, 0, 0, 0, 0),
    "Paper signature": (12, True, Align.LEFT, 0, 0, 20, 0),
    "Paper signature right": (12, True, Align.RIGHT, 0, 0, 20, 0),
    "Table text": (10, False, Align.LEFT, 0, 0, 0, 0),
    "Table center": (10, False, Align.CENTER, 0, 0, 0, 0),
    "Table right": (10, False, Align.RIGHT, 0, 0, 0, 0),
    "Table head": (8, True, Align.CENTER, 0, 0, 0, 0),
    "Table ordinal": (9, False, Align.CENTER, 0, 0, 0, 0),
    "Table group": (10, True, Align.CENTER, 0, 0, 0, 0),
    "Table end": (1, False, Align.LEFT, 0, 0, 0, 0),
}
BLOCK_STYLES = {
    "caption": "Paper caption",
    "stamp": "Paper caption",
    "form": "Paper right",
    "body": "Paper text",
    "strong": "Paper strong",
    "item": "Paper item",
    "mark": "Paper mark",
    "note": "Paper note",
}


def render(edition: Edition) -> bytes:
    """Render an edition as a document."""
    writer = DocumentWriter(edition)
    for block in edition.blocks():
        getattr(writer, f"write_{block['type']}")(block)
    writer.end()
    target = io.BytesIO()
    writer.document.save(target)
    return settled(target.getvalue(), edition.dated)


class DocumentWriter:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.document = Document()
        self.drop_thumbnail()
        self.set_page()
        self.set_styles()
        self.set_properties()
        self.write_margins()

    @property
    def width(self) -> float:
        width, _height, left, right, _top, _bottom = SHEETS[self.edition.is_landscape]
        return width - left - right

    def drop_thumbnail(self) -> None:
        """Leave out the picture of somebody's empty page that the library's template carries."""
        package: Any = self.document.part.package
        for key, relation in list(package.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
                del package.rels[key]

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
            paragraph.keep_with_next = name in {"Title", "Heading 2", "Paper strong", "Table group"}
            paragraph.widow_control = True
            for tag in ("w:pBdr", "w:contextualSpacing"):  # the library's template has them
                for found in style.element.pPr.findall(qn(tag)):
                    style.element.pPr.remove(found)

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
            widths = [self.width / 2] * 2
            for left, right in self.edition.halves(block):
                self.write_apart(widths, [left, right], ["Paper place", "Paper place right"], "Table text")
        elif block["is_beside"]:
            style = "Paper right" if block["style"] == "form" else "Paper caption beside"
            widths = [self.width * share for share in (0.3, 0.4, 0.3)]
            for item in block["items"]:
                kk, ru = self.edition.pieces(item)
                self.write_apart(widths, [[kk], [], [ru]], [style] * 3, "Table end")
        else:
            self.write_paragraphs(block)

    def write_paragraphs(self, block: dict[str, Any]) -> None:
        """Write texts, unless they are the notes of a table: those are its last row.

        Word keeps a text with the next one, LibreOffice does so only near by: what stays together is a row.
        """
        style = BLOCK_STYLES[block["style"]]
        if block.get("is_in_table"):
            return
        if "together" in block:
            texts = [piece for item in block["items"] for piece in self.edition.pieces(item)]
            self.add_table("Normal Table", [self.width]).add_row([texts], [style])
            return
        kept = block.get("kept") or [False] * len(block["items"])
        for item, is_kept in zip(block["items"], kept, strict=True):
            for piece in self.edition.pieces(item):
                self.write_piece(piece, style, is_kept)

    def write_facts(self, block: dict[str, Any]) -> None:
        for pair, is_kept in zip(block["items"], block["kept"], strict=True):
            for name, said in self.edition.pairs(*pair):
                first, *more = said.words.split("\n")
                paragraph = self.document.add_paragraph(style="Paper fact")
                add_run(paragraph, Piece(name.language, f"{name.words}: ")).bold = True
                add_run(paragraph, Piece(said.language, first))
                tie(paragraph, is_kept)
                if more:
                    self.write_piece(Piece(said.language, "\n".join(more)), "Paper fact", is_kept)

    def write_signatures(self, block: dict[str, Any]) -> None:
        """Write positions, lines to sign on and names; the rows stay together."""
        table = self.add_table("Normal Table", [self.width * share for share in (0.5, 0.2, 0.3)])
        for number, item in enumerate(block["items"], start=1):
            position, name = (self.edition.pieces(item[part]) for part in ("position", "name"))
            table.add_row(
                [position, [], name],
                ["Paper signature", "Paper signature", "Paper signature right"],
                vertical="bottom",
                is_kept=number < len(block["items"]),
                underlined=1,
            )

    def write_apart(
        self, widths: list[float], cells: list[list[Piece]], styles: list[str], after: str
    ) -> None:
        """Write words that stand beside each other as a row without lines; `after` is what it ends with."""
        self.add_table("Normal Table", widths).add_row(cells, styles)
        self.document.add_paragraph(style=after)

    def write_piece(self, piece: Piece, style: str, is_kept: bool = False) -> None:
        """Write a paragraph a line: an office would stretch a line that is only broken."""
        lines = [line for line in piece.words.split("\n") if line.strip()]
        for number, line in enumerate(lines, start=1):
            paragraph = self.document.add_paragraph(style=style)
            add_run(paragraph, Piece(piece.language, line))
            tie(paragraph, is_kept)
            if number > 1:
                paragraph.paragraph_format.space_before = Pt(0)
            if number < len(lines):
                paragraph.paragraph_format.space_after = Pt(0)

    def write_table(self, block: dict[str, Any]) -> None:
        self.add_table("Table Grid", column_widths(block, self.width)).write(self.edition, block)
        self.document.add_paragraph(style="Table text")

    def end(self) -> None:
        """Put the paragraph that has to follow a table where it takes no room, let alone a page."""
        body: Any = self.document.element.body
        last = body[-2]
        if last.tag == qn("w:tbl"):
            self.document.add_paragraph(style="Table end")
        elif last.pPr is not None and not last.r_lst:
            last.style = self.style_ids()["Table end"]

    def add_table(self, style: str, widths: list[float]) -> TableWriter:
        table = self.document.add_table(rows=0, cols=len(widths), style=style)
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        return TableWriter(table, widths, self.style_ids(), PADDING if style == "Table Grid" else 0)

    def style_ids(self) -> dict[str, str]:
        return {style.name: style.style_id for style in self.document.styles if style.name in STYLES}


def tie(paragraph: Paragraph, is_kept: bool) -> None:
    """Keep the paragraph on the page of the next one."""
    if is_kept:
        paragraph.paragraph_format.keep_with_next = True
