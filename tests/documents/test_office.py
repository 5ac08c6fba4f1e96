"""The workbook and the document: the look of the form, safe cells, and LibreOffice opens them as they are."""

import io
import re
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
    view = sheet.sheet_view
    # caption, «Форма» and title stand still above the head: what is scrolled away there is never seen again
    assert (sheet.freeze_panes, view.topLeftCell, view.pane.ySplit) == (f"A{head + 2}", None, head + 1)
    assert sheet.print_area == f"'{sheet.title}'!$A$1:$I${sheet.max_row}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "&P / &N"
    assert [cell.value for cell in sheet[head + 1]] == list(range(1, 10))
    years = [row[5] for row in sheet.iter_rows(min_row=head + 3) if row[0].value == "1."]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in years] == [
        (2026, "n", "[$-419]0")
    ] * 2


@pytest.mark.parametrize("paper", [annex_1, annex_2])
@pytest.mark.parametrize("language", ["kk", "ru", "kk-ru"])
def test_what_stands_still_leaves_room_for_rows(paper, language):
    sheet = sheet_of(render(paper(), language, "xlsx"))
    frozen = range(1, int(sheet.freeze_panes[1:]))
    assert sum(sheet.row_dimensions[row].height for row in frozen) < 200  # points


def test_head_far_below_the_top_is_not_frozen():
    sheet = sheet_of(render(PAPERS["protocol"](), "ru", "xlsx"))
    assert sheet.print_title_rows
    assert sheet.freeze_panes is None


@pytest.mark.parametrize("paper", [annex_1, annex_2])
@pytest.mark.parametrize("rows", [3, 8, 12, 24])
def test_pages_of_a_workbook_end_between_wholes(paper, rows):
    sheet = sheet_of(render(paper(rows), "ru", "xlsx"))
    ends = [end.id for end in sheet.row_breaks.brk]
    said = {cell.row: str(cell.value) for cell in reversed(cells(sheet))}
    last = max(row for row, words in said.items() if re.fullmatch(r"\d+\.", words))
    end_of_text = max(said)
    assert not any(last <= end < end_of_text for end in ends)
    assert not any(said.get(end, "").startswith("Мероприятия*") for end in ends)
    assert sheet.row_dimensions[last + 1].height == 6
    assert last + 1 not in said


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


def test_number_wider_than_its_column_is_shrunk():
    sheet = sheet_of(render(annex_2(), "ru", "xlsx"))
    plans = [cell for cell in cells(sheet) if cell.value == 12.4]
    assert plans
    assert all(cell.alignment.shrink_to_fit and not cell.alignment.wrap_text for cell in plans)


@pytest.mark.parametrize("words", ["ә" * 40_000, "бір сөз " * 3_000, "бір жол\n" * 300])
def test_words_higher_than_a_row_can_be_go_on_in_the_next(words):
    sheet = sheet_of(render(one_column(words), "kk", "xlsx"))
    written = [cell.value for cell in cells(sheet) if "Тізбе" not in cell.value]
    (head,) = (cell.row for cell in cells(sheet) if cell.value == "Б")
    for column_letter in ("A", "B"):
        parts = [cell.value for cell in sheet[column_letter] if cell.row > head and cell.value]
        assert len(parts) > 3
        assert squeezed("".join(parts)) == squeezed(words)
        assert max(map(len, parts)) < 32_767
    assert squeezed("".join(written)).count(squeezed(words)) >= 2
    heights = [sheet.row_dimensions[row].height for row in range(head + 1, sheet.max_row + 1)]
    assert max(heights) <= 409 - 30
    assert all(span.min_row == span.max_row for span in sheet.merged_cells.ranges)


def test_labels_are_bold_as_in_the_other_formats():
    content = render(PAPERS["protocol"](), "ru", "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content), rich_text=True).active
    (cell,) = (cell for cell in cells(sheet) if str(cell.value).startswith("Секретарь: "))
    assert (str(cell.value[0]), cell.value[0].font.b) == ("Секретарь: ", True)
    assert str(cell.value[1]) == "Ә. Қ. Нұрланова"


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
    # the last row is the footnote, which no page end parts from the row above it
    assert heads == [True, True] + [False] * 17
    assert all(paragraph._p.pPr.keepNext is not None for paragraph in found.rows[-2].cells[0].paragraphs)
    assert found.rows[-1].cells[0].text.startswith("* Инициативная группа")
    whole = [row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in found.rows]
    assert all(whole)


def test_row_taller_than_a_page_may_be_split():
    document = docx.Document(io.BytesIO(render(one_column("бір жол\n" * 100), "kk", "docx")))
    row = document.tables[0].rows[1]._tr
    assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None


def test_document_names_the_language_of_its_words():
    document = docx.Document(io.BytesIO(render(annex_1(), "kk-ru", "docx")))
    cell = document.tables[1].rows[1].cells[2]._tc  # the first table has the captions
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


def test_document_has_a_paragraph_a_line_and_no_picture_of_an_empty_page():
    paper = snapshot(
        "letter",
        orientation="portrait",
        title=text("Хат", "Письмо"),
        blocks=[paragraphs(same("бірінші жол\nекінші жол"))],
    )
    content = render(paper, "kk", "docx")
    document = docx.Document(io.BytesIO(content))
    said = [(each.text, each.style.name) for each in document.paragraphs[1:]]
    assert said == [("бірінші жол", "Paper text"), ("екінші жол", "Paper text")]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_number_that_does_not_fit_is_written_smaller():
    document = docx.Document(
        io.BytesIO(render(one_column("12\xa0345\xa0678\xa0901\xa0234,56"), "kk", "docx"))
    )
    assert document.tables[0].rows[1].cells[0].paragraphs[0].runs[0].font.size is None
    columns = [column("a", text("А", "А"), 20), column("b", text("Б", "Б"), 247)]
    paper = snapshot(
        "list",
        orientation="landscape",
        title=text("Т", "П"),
        blocks=[table(columns, [group([[same("12\xa0345\xa0678,91"), same("–")]])])],
    )
    (run_of_number,) = (
        docx.Document(io.BytesIO(render(paper, "kk", "docx"))).tables[0].rows[1].cells[0].paragraphs[0].runs
    )
    assert 6 <= run_of_number.font.size.pt < 10


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
