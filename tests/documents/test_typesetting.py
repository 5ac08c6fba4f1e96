"""How words are set: lists, lines to sign on, numbers that are never broken, paragraphs, foreign letters."""

import pytest
import structlog

from apps.documents.blocks import column, group, paragraphs, same, table, text, value
from apps.documents.renderers import render
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


@pytest.mark.parametrize(("column_width", "number"), [(20, "1\xa0234\xa0567,8"), (18, "12\xa0345\xa0678,95")])
def test_numbers_are_never_broken(column_width, number):
    columns = [column("a", text("А", "А"), column_width), column("b", text("Б", "Б"), 267 - column_width)]
    paper = snapshot(
        "report",
        orientation="landscape",
        title=text("Т", "П"),
        blocks=[table(columns, [group([[value(number), same("–")]])])],
    )
    said = pdf_text(render(paper, "ru", "pdf"), "-raw").replace("\xa0", " ")
    assert number.replace("\xa0", " ") in said


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
