"""The PDF as a reader, a screen reader and a printer meet it."""

import io
import re
from collections import Counter
from functools import cache

import docx
import openpyxl
import pikepdf
import pytest

from apps.documents.blocks import column, group, paragraphs, plain, same, table, text
from apps.documents.editions import Edition
from apps.documents.renderers import render
from tests.documents.looking import LETTERS, Opened, pages, pdf_text, printed_words, run, squeezed
from tests.documents.samples import PAPERS, annex_1, annex_2, snapshot

pytestmark = pytest.mark.embedded


@cache
def rendered(kind, language, rows=None):
    """Render a sample once for all the tests that look at it."""
    return render(PAPERS[kind](*([rows] if rows is not None else [])), language, "pdf")


def column_paper(*texts, width=40):
    """A paper of one narrow column beside a wide one."""
    columns = [column("a", text("А", "А"), width), column("b", text("Б", "Б"), 227)]
    rows = [[same(words), same("–")] for words in texts]
    return snapshot(
        "list",
        orientation="landscape",
        title=text("Тізбе", "Перечень"),
        blocks=[table(columns, [group(rows)])],
    )


@pytest.mark.parametrize("language", ["kk", "ru", "kk-ru"])
@pytest.mark.parametrize("kind", PAPERS)
def test_every_word_of_every_paper_can_be_read(kind, language):
    said = squeezed(pdf_text(rendered(kind, language), "-raw"))
    words = printed_words(Edition(PAPERS[kind](), language))
    assert [each for each in words if squeezed(each) not in said] == []


def test_official_files_have_one_language_each():
    assert "Наименование" not in pdf_text(rendered("report", "kk"))
    assert "Атауы" not in pdf_text(rendered("report", "ru"))


def test_document_names_its_title_and_language_and_claims_accessibility():
    paper = Opened(rendered("list", "kk-ru"))
    assert paper.root.Lang == "kk"
    assert str(paper.file.docinfo.Title).startswith("Өңірлерге арналған")
    assert paper.root.ViewerPreferences.DisplayDocTitle
    assert paper.root.MarkInfo.Marked
    with paper.file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].startswith("Өңірлерге арналған")


def test_table_over_many_pages_is_one_table_with_one_head():
    content = rendered("report", "ru", 40)
    assert len(pages(content)) > 3
    paper = Opened(content)
    (table_found,) = paper.elements("Table")
    (head,) = paper.elements("THead")
    assert len(paper.elements("TR", head)) == 2
    assert len(paper.elements("TR", table_found)) == 2 + 2 + 40 + 2
    assert len(paper.elements("TD", table_found)) == 42 * 9
    assert len(paper.elements("H1")) == 1


def test_heading_cells_have_their_scope():
    paper = Opened(rendered("report", "kk"))
    assert [str(cell.A.Scope) for cell in paper.elements("TH")] == ["/Column"] * 18 + ["/Row"] * 2


def test_words_of_the_other_language_are_marked_as_such():
    paper = Opened(rendered("list", "kk-ru"))
    spans = paper.elements("Span", paper.elements("TD")[2])
    assert [span.Lang for span in spans if "/Lang" in span] == ["ru"]
    assert [heading.get("/Lang", "") for heading in paper.elements("H1")] == ["", "ru"]


@pytest.mark.parametrize(("kind", "rows"), [("report", 40), ("list", 12), ("protocol", None)])
@pytest.mark.parametrize("language", ["ru", "kk-ru"])
def test_all_content_is_tagged_or_an_artifact(kind, rows, language):
    paper = Opened(rendered(kind, language, rows))
    numbers = paper.root.StructTreeRoot.ParentTree.Nums
    for page_number, page in enumerate(paper.file.pages):
        depth, tagged = 0, set()
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in {"BMC", "BDC"}:
                depth += 1
                if str(operator) == "BDC":
                    tagged.add(int(operands[1].MCID))
            elif str(operator) == "EMC":
                depth -= 1
            elif str(operator) in {"TJ", "Tj", "S", "f"}:
                assert depth, f"page {page_number}: {operator} outside of any mark"
        owners = numbers[2 * page_number + 1]
        assert tagged == {mcid for mcid, owner in enumerate(owners) if owner is not None}


def test_head_and_ordinals_are_repeated_on_every_page_with_its_number():
    printed = pages(rendered("report", "ru", 40))
    for number, page in enumerate(printed, start=1):
        rows = [line.split() for line in page.splitlines() if line.strip()]
        assert list("123456789") in rows, f"page {number}"
        assert "Наименование" in page
        assert rows[-1] == [f"{number}/{len(printed)}"] or rows[-1] == [str(number), "/", str(len(printed))]


def test_annex_1_has_eight_columns_and_no_ordinals():
    paper = Opened(rendered("list", "ru"))
    assert len(paper.elements("TH")) == 8


def test_draft_says_so_on_every_page_and_an_issued_paper_does_not():
    drafted = pages(render(annex_1(20), "kk", "pdf", is_draft=True))
    assert len(drafted) > 1
    assert all("Жоба / Проект" in page for page in drafted)
    assert "Жоба" not in pdf_text(rendered("list", "kk"))


def test_same_paper_is_the_same_bytes():
    assert render(annex_2(), "kk-ru", "pdf") == rendered("report", "kk-ru")


def test_fonts_are_embedded_and_are_ours(tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(rendered("list", "kk-ru"))
    fonts = [line.split() for line in run("pdffonts", file).decode().splitlines()[2:]]
    assert {re.sub("^[A-Z]{6}[+]", "", font[0]) for font in fonts} == {"Tinos", "Tinos-Bold"}
    assert all("yes yes yes" in " ".join(font) for font in fonts)


def test_every_letter_can_be_extracted():
    words = f"{LETTERS} №«»≥≤₸ Жұмыспен қамтуды үйлестіру және әлеуметтік бағдарламалар басқармасы"
    assert squeezed(words) in squeezed(pdf_text(render(column_paper(words, width=200), "kk", "pdf"), "-raw"))


@pytest.mark.parametrize("words", ["қ" * 6000, "Жұмыс" * 400, "а-" * 3000, "漢" * 300, "үй " * 2000])
def test_words_stay_within_their_column(words):
    """Nothing is lost and nothing runs over the edge, whatever is typed."""
    found = re.findall(
        r'xMax="([\d.]+)"[^>]*>([^<]+)</word>', boxes(render(column_paper(words), "kk", "pdf"))
    )
    said = Counter("".join(word for _edge, word in found))
    lost = {letter: times for letter, times in Counter(squeezed(words)).items() if said[letter] < times}
    assert lost == {}
    edge = max(float(edge) for edge, word in found if len(word) > 1 and word in words)
    assert edge < (20 + 40) * 72 / 25.4 + 1


def boxes(content):
    return run("pdftotext", "-bbox", "-", "-", content=content).decode()


@pytest.mark.parametrize(
    "words",
    [
        "<img src='file:///etc/passwd'>",
        "<link rel=attachment href='file:///etc/passwd'>",
        "<style>@import 'http://127.0.0.1:9/x.css'</style>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        "</td></table><script>alert(1)</script>",
        "{{ edition }} {% now 'Y' %} &lt;b&gt;",
    ],
)
def test_markup_in_words_is_words(words):
    paper = snapshot(
        "list",
        orientation="portrait",
        title=text(words, words),
        blocks=[paragraphs(text(words, words))],
    )
    content = render(paper, "ru", "pdf")
    assert squeezed(pdf_text(content, "-raw")).count(squeezed(words)) == 2
    assert b"EmbeddedFile" not in content
    assert "/Names" not in Opened(content).root


def test_renderer_opens_nothing_but_fonts(tmp_path):
    from apps.documents.renderers.pdf import FontsOnly  # noqa: PLC0415 - loads the renderer

    secret = tmp_path / "secret"
    secret.write_text("canary")
    for url in (secret.as_uri(), "http://127.0.0.1:9/", "data:text/plain,x", "file:///etc/passwd"):
        with pytest.raises(ValueError, match="not a font"):
            FontsOnly().fetch(url)


def test_neutral_cells_are_printed_once_in_the_bilingual_copy():
    said = pdf_text(rendered("list", "kk-ru"), "-raw")
    assert said.count("1.2.1") == 1
    assert said.count("99,90") == 1


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx"])
def test_captions_of_both_languages_stand_side_by_side(file_format):
    """Left and right in the bilingual copy, so that its first page has room for rows."""
    if file_format == "pdf":
        first = pages(rendered("report", "kk-ru", 12))[0]
        assert re.search("Қазақстан Республикасы +Приложение 2\n", first)
        assert re.search("Нысан +Форма\n", first)
        assert re.search(r"^ *2\. ", first, re.MULTILINE)
    elif file_format == "docx":
        tables = docx.Document(io.BytesIO(render(annex_2(), "kk-ru", "docx"))).tables
        caption, form = ([cell.text for cell in found.rows[0].cells] for found in tables[:2])
        assert caption[0].startswith("Қазақстан")
        assert caption[2].startswith("Приложение")
        assert form == ["Нысан", "", "Форма"]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(render(annex_2(), "kk-ru", "xlsx"))).active
        caption, form = ([cell.value for cell in row if cell.value] for row in sheet.iter_rows(max_row=2))
        assert [words.split()[0] for words in caption] == ["Қазақстан", "Приложение"]
        assert form == ["Нысан", "Форма"]


def test_addressee_stands_on_the_level_of_its_sender():
    (page,) = pages(rendered("letter", "kk-ru"))
    assert re.search("Ақтөбе облысының әкімдігі +Орнықты даму мақсаттары жөніндегі\n", page)
    assert re.search("Акимат Актюбинской области +В Рабочий орган\n", page)


def test_row_taller_than_a_page_goes_on_over_the_next():
    words = "бір жол \n" * 150
    content = render(column_paper(words, "соңы"), "kk", "pdf")
    assert len(pages(content)) > 2
    assert pdf_text(content, "-raw").count("бір жол") == 150
    assert "соңы" in pages(content)[-1]


def test_rows_are_whole():
    """A row that fits on a page is not split: its number stands on the page of its last words."""
    for page in pages(rendered("list", "ru", 40))[:-1]:
        assert page.count("области") >= len(re.findall(r"^ *\d+\. ", page, re.MULTILINE)) - 1


def test_empty_paper_has_its_head_alone():
    content = render(annex_1(0), "kk", "pdf")
    assert len(pages(content)) == 1
    assert "Ұлттық индикатор" in pdf_text(content)


def test_plain_cells_hold_any_sign():
    columns = [column("a", text("А", "А"), 100)]
    paper = snapshot(
        "list",
        orientation="landscape",
        title=text("Т", "П"),
        blocks=[table(columns, [group([[plain("<&>\"'")]])])],
    )
    assert "<&>\"'" in pdf_text(render(paper, "kk", "pdf"))
