"""How words are set: lists, lines to sign on, numbers that are never broken, paragraphs, foreign letters."""

import io
from decimal import Decimal

import docx
import pytest
import structlog

from apps.documents.blocks import column, group, paragraphs, same, table, text, value
from apps.documents.editions import Edition
from apps.documents.renderers import fonts, render
from apps.documents.renderers.columns import column_widths
from apps.documents.renderers.pdf import printed_table
from tests.documents.looking import Opened, pdf_text
from tests.documents.samples import letter, snapshot
from tests.documents.test_pdf import column_paper

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize("language", ["ru", "kk-ru"])
def test_items_are_a_list(language):
    paper = snapshot(
        "letter",
        orientation="portrait",
        title=text("Хат", "Письмо"),
        blocks=[paragraphs(text("1. Бір", "1. Один"), text("2. Екі", "2. Два"), style="item")],
    )
    opened = Opened(render(paper, language, "pdf"))
    (found,) = opened.elements("L")
    items = opened.elements("LI", found)
    assert [len(opened.elements("LBody", item)) for item in items] == [1, 1]
    assert [item.P.objgen == found.objgen for item in items] == [True, True]


def test_line_to_sign_on_is_nothing_to_be_read():
    opened = Opened(render(letter(), "ru", "pdf"))
    assert opened.elements("NonStruct") == []


def narrow_paper(column_width, number, kind="number"):
    columns = [
        column("a", text("А", "А"), column_width, kind=kind),
        column("b", text("Б", "Б"), 267 - column_width),
    ]
    return snapshot(
        "report",
        orientation="landscape",
        title=text("Т", "П"),
        blocks=[table(columns, [group([[value(number, Decimal(1)), same("–")]])])],
    )


@pytest.mark.parametrize("number", ["1\xa0234\xa0567,8", "1\xa0234\xa0567\xa0890,123", "123456789012345678"])
def test_numbers_are_whole_and_legible(number):
    paper = narrow_paper(18, number)
    assert number.replace("\xa0", " ") in pdf_text(render(paper, "ru", "pdf"), "-raw").replace("\xa0", " ")
    (cell, _other) = printed_table(Edition(paper, "ru"), paper["blocks"][0])["groups"][0]["rows"][0]["cells"]
    opened = docx.Document(io.BytesIO(render(paper, "ru", "docx")))
    (run_of_number,) = opened.tables[0].rows[1].cells[0].paragraphs[0].runs
    assert run_of_number.text == number
    sizes = [float(cell.size or 10), run_of_number.font.size.pt if run_of_number.font.size else 10]
    assert min(sizes) >= fonts.LEGIBLE


def test_a_column_takes_from_the_widest_what_its_numbers_lack():
    table_of = narrow_paper(18, "1\xa0234\xa0567\xa0890,123")["blocks"][0]
    narrow, wide = column_widths(table_of, 267)
    assert narrow > 22
    assert narrow + wide == pytest.approx(267)
    assert column_widths(narrow_paper(18, "5,2")["blocks"][0], 267) == [18, 249]


def test_number_too_long_for_its_column_is_broken_between_its_groups():
    said = pdf_text(render(narrow_paper(18, "1\xa0234\xa0567\xa0890,123", "text"), "ru", "pdf"), "-raw")
    assert "1 234 567\n890,123" in said.replace("\xa0", " ").replace(" \n", "\n")


def test_letters_of_another_font_are_logged():
    with structlog.testing.capture_logs() as logged:
        render(column_paper("漢字"), "kk", "pdf")
        render(column_paper("Қала"), "kk", "pdf")
    assert [(entry["event"], entry["letters"]) for entry in logged] == [
        ("letters_not_in_font_of_papers", "字漢")
    ]


def test_each_line_of_running_text_is_a_paragraph():
    paper = snapshot(
        "letter",
        orientation="portrait",
        title=text("Хат", "Письмо"),
        blocks=[paragraphs(same("бірінші\nекінші\n\nүшінші"))],
    )
    assert len(Opened(render(paper, "kk", "pdf")).elements("P")) == 3
