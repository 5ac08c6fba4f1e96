"""Papers as PDF: A4, tagged for screen readers, fonts embedded, the same bytes each time.

The library spends its time in line breaking and in the search for column widths. Both are known here: widths
are the form's own, and lines are broken with the font's own measures.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from xml.etree import ElementTree

import structlog
import weasyprint
from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from django.template.loader import render_to_string
from weasyprint.urls import URLFetcher, URLFetcherResponse

from apps.documents.editions import Edition, Piece, tied
from apps.documents.renderers import fonts
from apps.documents.renderers.columns import MILLIMETRE, column_widths
from apps.documents.renderers.tags import mend

TABLE_SIZE = 10.0
HEAD_SIZE = 9.0
PADDING = 1.2 * MILLIMETRE  # of a cell, left and right; paper.css says the same
SLACK = 0.75  # rounding of the two measures, in points
PAGE_WIDTH = {True: 297 - 20 - 10, False: 210 - 25 - 15}
TALLEST_WHOLE_ROW = 25  # lines; a taller row may go on over the page's end


log = structlog.get_logger(__name__)
FACES = {"normal": fonts.REGULAR, "bold": fonts.BOLD}


class FontsOnly(URLFetcher):
    """Gives the fonts of papers and nothing else: no words of a paper can make the renderer open anything."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        for name in FACES.values():
            if url == fonts.font_path(name).as_uri():
                return URLFetcherResponse(
                    url, fonts.font_path(name).read_bytes(), {"Content-Type": "font/ttf"}
                )
        raise ValueError(f"not a font of the papers: {url}")


class WrittenPage(weasyprint.HTML):
    """A page of our own template: it is well formed, and needs no slow reader that forgives."""

    def __init__(self, source: str) -> None:
        self.base_url = None
        self.url_fetcher = FontsOnly()
        self.media_type = "print"
        root = ElementTree.fromstring(source)  # noqa: S314 - our own template, every word in it escaped
        self.wrapper_element = ElementWrapper.from_html_root(root, None)
        self.etree_element = self.wrapper_element.etree_element


class PrintedCell(NamedTuple):
    """Words broken into lines; `size` only where it is not that of the table."""

    pieces: list[Piece]
    css: str
    lines: int
    size: str = ""


def render(edition: Edition) -> bytes:
    """Render an edition as PDF/UA."""
    source = render_to_string("documents/paper.html", context(edition))
    if letters := fonts.ruler().lacking(source):
        # Whatever font the machine has draws them, or an empty box: better that somebody knows.
        log.warning("letters_not_in_font_of_papers", letters=letters, title=edition.title)
    content: bytes = WrittenPage(source).write_pdf(pdf_variant="pdf/ua-1", finisher=mend)
    return content


def context(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition,
        "faces": {weight: fonts.font_path(name).as_uri() for weight, name in FACES.items()},
        "blocks": [printed_block(edition, block) for block in edition.blocks()],
    }


def marked(edition: Edition, words: dict[str, str]) -> list[Piece]:
    """Return the pieces of a text; a language is named only where it is not the language of the file."""
    return foreign_all(edition, edition.pieces(words))


def foreign_all(edition: Edition, pieces: list[Piece]) -> list[Piece]:
    return [foreign(edition, piece) for piece in pieces]


def foreign(edition: Edition, piece: Piece) -> Piece:
    language = "" if piece.language == edition.main_language else piece.language
    return Piece(language, tied(piece.words))


def printed_block(edition: Edition, block: dict[str, Any]) -> dict[str, Any]:
    if block["type"] == "table":
        return printed_table(edition, block)
    if block["type"] == "signatures":
        items: list[Any] = [(item["position"], item["name"]) for item in block["items"]]
        items = [(marked(edition, position), marked(edition, name)) for position, name in items]
    elif block["type"] == "facts":
        items = [
            (css_of(is_kept), [(foreign(edition, name), foreign(edition, said)) for name, said in pairs])
            for is_kept, pairs in zip(
                block["kept"], (edition.pairs(*pair) for pair in block["items"]), strict=True
            )
        ]
    elif block["type"] == "paragraphs":
        items = [
            (css_of(is_kept), lines_apart(marked(edition, item)))
            for is_kept, item in zip(block["kept"], block["items"], strict=True)
        ]
    elif block.get("style") == "place":
        items = [[foreign_all(edition, half) for half in halves] for halves in edition.halves(block)]
    else:
        items = [marked(edition, item) for item in block["items"]]
    css = "together" if "together" in block else ""
    beside = {"is_beside": block.get("is_beside", False)}
    return {"type": block["type"], "style": block.get("style", ""), "items": items, "css": css, **beside}


def css_of(is_kept: bool) -> str:
    return "kept" if is_kept else ""


def lines_apart(pieces: list[Piece]) -> list[Piece]:
    """Make a paragraph of each line."""
    return [
        Piece(piece.language, line) for piece in pieces for line in piece.words.split("\n") if line.strip()
    ]


def printed_table(edition: Edition, block: dict[str, Any]) -> dict[str, Any]:
    columns = block["columns"]
    widths = column_widths(block, PAGE_WIDTH[edition.is_landscape])
    aligns = [column["align"] for column in columns]

    def cells(row: list[dict[str, str]]) -> dict[str, Any]:
        printed = [
            cell(marked(edition, words), width, align)
            for words, width, align in zip(row, widths, aligns, strict=True)
        ]
        return {"cells": printed, "is_tall": max(each.lines for each in printed) > TALLEST_WHOLE_ROW}

    return {
        "type": "table",
        "widths": [f"{width:.2f}" for width in widths],
        "head": [
            cell(marked(edition, column["heading"]), width, "center", fonts.BOLD, HEAD_SIZE)
            for column, width in zip(columns, widths, strict=True)
        ],
        "ordinals": range(1, len(columns) + 1) if block["ordinals"] else (),
        "groups": [
            {
                "title": group["title"] and marked(edition, group["title"]),
                "rows": [cells(row) for row in group["rows"]],
            }
            for group in block["groups"]
        ],
    }


def cell(
    pieces: list[Piece], width: float, align: str, face: str = fonts.REGULAR, size: float = TABLE_SIZE
) -> PrintedCell:
    """Break the words of a cell into lines; words that our font cannot draw are left to the library."""
    ruler = fonts.ruler(face)
    css = "" if align == "left" else align
    if not all(ruler.draws(piece.words) for piece in pieces):
        return PrintedCell(pieces, f"{css} free".strip(), 1)
    room = width * MILLIMETRE - 2 * PADDING - SLACK
    fitting = ruler.size_that_fits("\n".join(piece.words for piece in pieces), room, size)
    broken, count = [], 0
    for piece in pieces:
        line_width = room * 1000 / fitting
        lines = ruler.lines(ruler.loosened(piece.words, line_width), line_width)
        if align != "left":
            lines = [line.rstrip(" ") for line in lines]
        count += len(lines)
        broken.append(Piece(piece.language, "\n".join(lines)))
    return PrintedCell(broken, css, count, "" if fitting == size else f"{fitting:g}")
