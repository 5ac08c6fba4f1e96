"""Papers against the same text made with bare tools.

Annex 1 of 250 rows as tagged PDF, against WeasyPrint laying out the same text as one automatic table with
the same tags and font; typst and reportlab are shown. The workbook, against bare openpyxl in the same look.
The second download of an issued paper, against a bare view that hands a file to whoever has signed in: within
the minute in which the right to it is remembered, and, shown, with the right asked anew each time.
"""

from __future__ import annotations

import datetime
import gc
import io
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.sax.saxutils import escape as xml_escape

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.test import Client, override_settings
from django.urls import path, reverse

from apps.accounts.models import Role, RoleAssignment, User
from apps.documents import editions, views
from apps.documents.editions import Edition
from apps.documents.models import IssuedDocument
from apps.documents.papers import kinds
from apps.documents.renderers import cells, fonts, numbers, render
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.organisations import fixtures
from apps.organisations.models import Region
from sdgportal.urls import urlpatterns as portal
from tests.benchmarks.measure import Limit, Ratio, cpu_seconds
from tests.documents.samples import annex_1
from tests.factories.people import body_of

ROWS = 250
PAPER = annex_1(ROWS, told_apart=True)
EDITION = Edition(PAPER, "ru")
DOWNLOADS = 20

FLOOR_HTML = """<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{title}</title><style>
@font-face {{ font-family: Tinos; src: url({regular}) }}
@font-face {{ font-family: Tinos; font-weight: bold; src: url({bold}) }}
@page {{ size: A4 landscape; margin: 15mm 10mm 15mm 20mm }}
body {{ font: 10pt Tinos }}
table {{ width: 100%; border-collapse: collapse }}
th, td {{ border: .5pt solid; padding: .8mm 1.2mm; vertical-align: top }}
</style></head><body>{above}<h1>{title}</h1><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>
{below}</body></html>"""
FLOOR_TYPST = """#set page(paper: "a4", flipped: true, margin: (left: 20mm, rest: 15mm))
#set text(font: "Tinos", size: 10pt, lang: "ru")
#set document(title: {title})
{above}
= #{title}
#table(columns: ({widths}), stroke: .5pt, table.header({head}), {body})
{below}"""


def benches() -> Iterator[Ratio | Limit]:
    yield Ratio(f"Annex 1, {ROWS} rows, PDF / automatic table", ours, alone(weasyprint_floor), 0.8, rounds=7)
    yield Ratio(f"Annex 1, {ROWS} rows, PDF / typst", ours, alone(typst_floor), rounds=3)
    yield Ratio(f"Annex 1, {ROWS} rows, PDF / reportlab", ours, alone(reportlab_floor), rounds=3)
    yield Ratio(
        f"Annex 1, {ROWS} rows, XLSX / bare openpyxl with the same styles",
        our_workbook,
        openpyxl_floor,
        1.3,
        rounds=11,
    )
    yield from downloads()
    for rows, seconds in ((40, 3), (200, 10)):
        yield Limit(f"Annex 1, {rows} rows, PDF", partial(seconds_to_draw, rows), seconds)


def seconds_to_draw(rows: int) -> tuple[float, float]:
    return cpu_seconds(cold(lambda: render(annex_1(rows), "ru", "pdf"))), 0


def alone(work: Callable[[], Any]) -> Callable[[], None]:
    """Make each side pay for the collection of its own objects, and none for the other's."""

    def alone_with_its_objects() -> None:
        work()
        gc.collect()

    return alone_with_its_objects


def cold(work: Callable[[], Any]) -> Callable[[], Any]:
    """Let a paper find nothing of the words that the last round measured: in real life its own are new."""

    def with_new_words() -> Any:
        for known in (editions.tied, fonts.numbers_in, cells.line_count, numbers.number_format):
            known.cache_clear()
        for name in (fonts.REGULAR, fonts.BOLD):
            fonts.ruler(name).word_width.cache_clear()
        return work()

    return with_new_words


@cold
@alone
def ours() -> bytes:
    return render(PAPER, "ru", "pdf")


@cold
def our_workbook() -> bytes:
    return render(PAPER, "ru", "xlsx")


# The text of the paper, for the floors


def lines_of(*kinds: str) -> list[str]:
    """The words of the blocks of these styles or types, one after another."""
    return [
        EDITION.printed(item)
        for block in EDITION.blocks()
        if block.get("style", block["type"]) in kinds
        for item in block["items"]
    ]


ABOVE, BELOW = lines_of("caption"), lines_of("body", "note")
TABLE = next(block for block in EDITION.blocks() if block["type"] == "table")
HEAD = [EDITION.printed(column["heading"]) for column in TABLE["columns"]]
BODY = [[EDITION.printed(cell) for cell in row] for row in TABLE["groups"][0]["rows"]]


def weasyprint_floor() -> bytes:
    import weasyprint  # noqa: PLC0415 - as heavy as the renderer that it is compared with

    html = FLOOR_HTML.format(
        title=escape(EDITION.title),
        regular=fonts.font_path(fonts.REGULAR).as_uri(),
        bold=fonts.font_path(fonts.BOLD).as_uri(),
        above="".join(f"<p>{escape(line)}</p>" for line in ABOVE),
        head="".join(f"<th scope=col>{escape(words)}</th>" for words in HEAD),
        body="".join(
            "<tr>" + "".join(f"<td>{escape(words)}</td>" for words in row) + "</tr>" for row in BODY
        ),
        below="".join(f"<p>{escape(line)}</p>" for line in BELOW),
    )
    return weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")


def typst_floor() -> bytes:
    import typst  # noqa: PLC0415

    def cell(words: str) -> str:
        return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    source = FLOOR_TYPST.format(
        title=cell(EDITION.title),
        above="\n\n".join(f"#{cell(line)}" for line in ABOVE),
        widths=", ".join(f"{column['width']}fr" for column in TABLE["columns"]),
        head=", ".join(f"[*#{cell(words)}*]" for words in HEAD),
        body=", ".join(cell(words) for row in BODY for words in row),
        below="\n\n".join(f"#{cell(line)}" for line in BELOW),
    )
    folder = str(fonts.font_path(fonts.REGULAR).parent.parent)
    return typst.compile(source.encode(), font_paths=[folder], ignore_system_fonts=True)


def reportlab_floor() -> bytes:
    from reportlab.lib.pagesizes import A4, landscape  # noqa: PLC0415
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415
    from reportlab.lib.units import mm  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate  # noqa: PLC0415

    pdfmetrics.registerFont(TTFont("Tinos", str(fonts.font_path(fonts.REGULAR))))
    style = ParagraphStyle("words", fontName="Tinos", fontSize=10, leading=11.5)
    whole = sum(column["width"] for column in TABLE["columns"])

    def paragraph(words: str) -> Paragraph:
        return Paragraph(xml_escape(words).replace("\n", "<br/>"), style)

    table = LongTable(
        [[paragraph(words) for words in row] for row in (HEAD, *BODY)],
        colWidths=[column["width"] / whole * 267 * mm for column in TABLE["columns"]],
        repeatRows=1,
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    target = io.BytesIO()
    document = SimpleDocTemplate(target, pagesize=landscape(A4), leftMargin=20 * mm, rightMargin=10 * mm)
    document.build([*map(paragraph, (*ABOVE, EDITION.title)), table, *map(paragraph, BELOW)])
    return target.getvalue()


def openpyxl_floor() -> bytes:
    """The same cells with the same styles, widths and joined rows, as a practised hand writes them."""
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    hair = Side(style="thin")
    box = Border(left=hair, right=hair, top=hair, bottom=hair)
    book = Workbook()
    for name, size, bold, align, border in (
        ("words", 11, False, "left", None),
        ("head", 9, True, "center", box),
        ("left", 10, False, "left", box),
        ("center", 10, False, "center", box),
    ):
        style = NamedStyle(
            name,
            font=Font(name=fonts.OFFICE_FAMILY, size=size, bold=bold),
            alignment=Alignment(horizontal=align, vertical="top", wrap_text=True),
        )
        style.border = border or Border()
        book.add_named_style(style)
    sheet = book.active
    for number, column in enumerate(TABLE["columns"], start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column["width"] / 1.9
    place = 0
    for line in (*ABOVE, EDITION.title):
        place += 1
        sheet.cell(place, 1, line).style = "words"
        sheet.merged_cells.add(f"A{place}:H{place}")
    place += 1
    for number, words in enumerate(HEAD, start=1):
        sheet.cell(place, number, words).style = "head"
    sheet.print_title_rows, sheet.freeze_panes = f"{place}:{place}", f"A{place + 1}"
    styles = ["center" if column["align"] == "center" else "left" for column in TABLE["columns"]]
    for row, words in zip(TABLE["groups"][0]["rows"], BODY, strict=True):
        place += 1
        for number, (cell, said, style) in enumerate(zip(row, words, styles, strict=True), start=1):
            if "number" in cell:
                written = sheet.cell(place, number, float(cell["number"]))
                written.style = style
                written.number_format = "#,##0.00"
            else:
                sheet.cell(place, number, said).style = style
    for line in BELOW:
        place += 1
        sheet.cell(place, 1, line).style = "words"
        sheet.merged_cells.add(f"A{place}:H{place}")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


# The second download


def downloads() -> Iterator[Ratio]:
    document = issued()
    file: Any = document.rendered("ru", "pdf").file

    @login_required
    def bare(_request: HttpRequest) -> FileResponse:
        return FileResponse(Path(file.path).open("rb"), as_attachment=True, filename="list.pdf")

    urls = type("urls", (), {"urlpatterns": [path("floor", bare), *portal]})
    address = reverse("documents:issued_file", args=(document.pk, "ru", "pdf"))
    with override_settings(ROOT_URLCONF=urls):
        yield second_download(
            "second download of an issued paper / bare signed-in FileResponse", address, 1.5
        )
        with patch.object(views, "HANDED_AGAIN", 0):
            yield second_download("  the same, with the right asked of the database each time", address)


def second_download(name: str, address: str, goal: float | None = None) -> Ratio:
    """Compare in a session of its own: what was remembered of another's right is not found."""
    client = Client()
    client.force_login(User.objects.get(email="reader@example.kz"))
    return Ratio(name, lambda: download(client, address), lambda: download(client, "/floor"), goal, rounds=11)


def download(client: Client, address: str) -> None:
    """Take the file some times: once is too short to be measured."""
    for _ in range(DOWNLOADS):
        if not b"".join(client.get(address)).startswith(b"%PDF"):
            raise RuntimeError(f"{address} is not the paper")


def issued() -> IssuedDocument:
    fixtures.load()
    region = Region.objects.get(pk="110000000")
    akimat = body_of(region)
    reader = User.objects.create_user("reader@example.kz", full_name="Оқырман")
    RoleAssignment.objects.create(
        user=reader, role=Role.AKIMAT_STAFF, organisation=akimat, starts_on=datetime.date(2020, 1, 1)
    )
    paper = IndicatorList.objects.create(region=region, organisation=akimat, year=2027, status="sent")
    IndicatorListItem.objects.bulk_create(
        IndicatorListItem(
            indicator_list=paper, position=number, regional_kk="Индикатор", regional_ru="Индикатор"
        )
        for number in range(1, 41)
    )
    return kinds["list"].issue(paper)
