"""The workbook and the document: the look of the form, safe cells, and LibreOffice opens them as they are."""

import io
import zipfile
from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from apps.documents.blocks import column, group, paragraphs, plain, same, table, text, value
from apps.documents.editions import Edition
from apps.documents.renderers import render
from tests.documents.looking import opened_by_office, pdf_text, printed_words, run, squeezed
from tests.documents.samples import PAPERS, annex_1, annex_2, snapshot

RISKY = [
    *(f"{sign}1+1" for sign in "=+-@＝＋－＠"),
    '=HYPERLINK("http://127.0.0.1/?"&A1)',
    "=cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "#REF!",
    "#N/A",
    "TRUE",
    "'=1+1",
]  # fmt: skip


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def one_column(*texts):
    columns = [column("a", text("А", "А"), 60), column("b", text("Б", "Б"), 60)]
    rows = [[same(words), plain(words)] for words in texts]
    return snapshot(
        "list",
        orientation="landscape",
        title=text("Тізбе", "Перечень"),
        blocks=[paragraphs(*(same(words) for words in texts)), table(columns, [group(rows)])],
    )


# Workbook


def test_workbook_has_the_page_of_the_form():
    sheet = sheet_of(render(annex_2(), "ru", "xlsx"))
    head = next(cell.row for cell in cells(sheet) if cell.value == "Наименование")
    assert sheet.print_title_rows == f"${head}:${head + 1}"
    assert sheet.freeze_panes == f"A{head + 2}"
    assert sheet.print_area == f"'{sheet.title}'!$A$1:$I${sheet.max_row}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "&P / &N"
    assert [cell.value for cell in sheet[head + 1]] == [str(number) for number in range(1, 10)]


def test_annex_1_repeats_its_head_alone():
    sheet = sheet_of(render(annex_1(), "kk", "xlsx"))
    head = next(cell.row for cell in cells(sheet) if cell.value == "Ұлттық индикатор")
    assert sheet.print_title_rows == f"${head}:${head}"
    assert len([cell for cell in sheet[head] if cell.value]) == 8


def test_numbers_are_numbers_shown_as_typed():
    columns = [column("v", text("Мәні", "Значение"), 60)]
    rows = [
        [value("4,20", Decimal("4.2"))],
        [value("2\xa0512,40", Decimal("2512.40"))],
        [value("не менее 90")],
        [value("1234567890,1234567", Decimal("1234567890.1234567"))],
    ]
    paper = snapshot(
        "list", orientation="portrait", title=text("Т", "П"), blocks=[table(columns, [group(rows)])]
    )
    found = cells(sheet_of(render(paper, "ru", "xlsx")))[2:]
    assert [(cell.value, cell.data_type) for cell in found] == [
        (4.2, "n"),
        (2512.4, "n"),
        ("не менее 90", "s"),
        ("1234567890,1234567", "s"),
    ]
    assert [cell.number_format for cell in found[:2]] == ["[$-419]0.00", "[$-419]#,##0.00"]


def test_words_never_become_formulas_or_errors():
    found = cells(sheet_of(render(one_column(*RISKY), "ru", "xlsx")))
    assert {cell.data_type for cell in found} == {"s"}
    said = [cell.value for cell in found]
    for words in RISKY:
        assert said.count(words.strip("\r")) + said.count(words.replace("\r", "\n").strip("\n")) >= 3, words
    guarded = [cell for cell in found if str(cell.value)[0] in "=+-@＝＋－＠'\t"]
    assert guarded
    assert all(cell.quotePrefix for cell in guarded)


def test_cell_longer_than_a_workbook_allows_is_cut_with_a_sign():
    found = cells(sheet_of(render(one_column("ә" * 40_000), "kk", "xlsx")))
    assert max(len(str(cell.value)) for cell in found) == 32_767
    assert found[-1].value.endswith("…")


def test_no_cell_spans_rows_and_data_cells_span_nothing():
    sheet = sheet_of(render(annex_1(), "kk", "xlsx"))
    head = next(cell.row for cell in cells(sheet) if cell.value == "Ұлттық индикатор")
    spans = [span for span in sheet.merged_cells.ranges if head <= span.min_row <= head + 3]
    assert spans == []
    assert all(span.min_row == span.max_row for span in sheet.merged_cells.ranges)


# Document


def test_document_repeats_its_head_and_keeps_rows_whole():
    document = docx.Document(io.BytesIO(render(annex_2(12), "ru", "docx")))
    assert document.sections[0].page_width > document.sections[0].page_height
    (found,) = document.tables
    assert found.style.name == "Table Grid"
    heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in found.rows]
    assert heads == [True, True] + [False] * 16
    whole = [row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in found.rows]
    assert all(whole)


def test_row_taller_than_a_page_may_be_split():
    document = docx.Document(io.BytesIO(render(one_column("бір жол\n" * 100), "kk", "docx")))
    row = document.tables[0].rows[1]._tr
    assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None


def test_document_names_the_language_of_its_words():
    document = docx.Document(io.BytesIO(render(annex_1(), "kk-ru", "docx")))
    cell = document.tables[0].rows[1].cells[2]._tc
    assert [mark.get(qn("w:val")) for mark in cell.iter(qn("w:lang"))] == ["kk-KZ", "ru-RU"]
    assert document.core_properties.title.startswith("Өңірлерге арналған")


def test_document_numbers_its_pages_and_marks_a_draft():
    document = docx.Document(io.BytesIO(render(annex_1(), "kk", "docx", is_draft=True)))
    section = document.sections[0]
    fields = section.footer._element.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == "Жоба / Проект"
    sheet = sheet_of(render(annex_1(), "kk", "xlsx", is_draft=True))
    assert sheet.oddHeader.left.text == "Жоба / Проект"


# Both


@pytest.mark.parametrize("file_format", ["xlsx", "docx"])
def test_same_paper_is_the_same_bytes(file_format):
    content = render(annex_2(12), "kk-ru", file_format)
    assert content == render(annex_2(12), "kk-ru", file_format)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-12-18T00:00:00Z" in archive.read("docProps/core.xml")


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Every paper in every language, opened by LibreOffice and printed."""
    folder = tmp_path_factory.mktemp("office")
    files = {}
    for kind, paper in PAPERS.items():
        for language in ("kk", "ru", "kk-ru"):
            for file_format in ("xlsx", "docx"):
                file = folder / f"{kind}_{language}_{file_format}.{file_format}"
                file.write_bytes(render(paper(), language, file_format))
                files[kind, language, file_format] = file
    printed = opened_by_office(folder, "pdf", *files.values())
    return dict(zip(files, (file.read_bytes() for file in printed), strict=True))


@pytest.mark.parametrize("file_format", ["xlsx", "docx"])
@pytest.mark.parametrize("language", ["kk", "ru", "kk-ru"])
@pytest.mark.parametrize("kind", PAPERS)
def test_office_shows_every_word(opened, kind, language, file_format):
    said = squeezed(pdf_text(opened[kind, language, file_format], "-raw"))
    words = printed_words(Edition(PAPERS[kind](), language))
    assert [each for each in words if not is_said(each, said)] == []


def is_said(words, said):
    """Whether the words are there; long cells may be interleaved with their neighbours, line by line."""
    return squeezed(words) in said or all(squeezed(word) in said for word in words.split())


@pytest.mark.parametrize("language", ["kk", "kk-ru"])
def test_office_keeps_numbers_and_words_of_a_workbook(tmp_path, language):
    """Opened and written again by LibreOffice, every cell says the same."""
    content = render(annex_2(12), language, "xlsx")
    file = tmp_path / "report.xlsx"
    file.write_bytes(content)
    (written,) = opened_by_office(tmp_path, "xlsx", file)
    before = {cell.coordinate: cell.value for cell in cells(sheet_of(content))}
    after = {cell.coordinate: cell.value for cell in cells(sheet_of(written.read_bytes()))}
    assert after == before


def test_office_repeats_the_head_of_both(tmp_path):
    """Forty rows: the head stands on every page of the print."""
    files = []
    for file_format in ("xlsx", "docx"):
        file = tmp_path / f"{file_format}.{file_format}"
        file.write_bytes(render(annex_1(40), "ru", file_format))
        files.append(file)
    for printed in opened_by_office(tmp_path, "pdf", *files):
        text_of_pages = run("pdftotext", "-layout", printed, "-").decode().split("\f")[:-1]
        with_rows = [page for page in text_of_pages if "Актюбинской" in page]
        assert len(with_rows) > 3
        assert all("Национальный индикатор" in page for page in with_rows)
