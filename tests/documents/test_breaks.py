"""Where pages end: what belongs together stands on one page, however long the paper is."""

import io
from functools import cache

import openpyxl
import pytest

from apps.documents.blocks import facts, heading, paragraphs, same, signatures, text
from apps.documents.renderers import render
from apps.documents.renderers.sheet_pages import FAST, LOOSE, Row, page_ends
from tests.documents.looking import opened_by_office, pages
from tests.documents.samples import annex_1, annex_2, snapshot

pytestmark = pytest.mark.embedded

LENGTHS = range(1, 19)
FOOTNOTE = "Инициативная группа заполняет"


def protocol(length, words="Принять информацию к сведению."):
    """A protocol of the portal's own making, a line longer with each length."""
    return snapshot(
        "protocol",
        orientation="portrait",
        title=text("ХАТТАМА", "ПРОТОКОЛ"),
        blocks=[
            facts(*((text("Дата", "Дата"), same(f"строка {number}")) for number in range(24 + length))),
            *(block for number in (1, 2) for block in question(number, words)),
            signatures(
                (text("Төраға", "Председатель"), same("С. Ж. Ахметов")),
                (text("Хатшы", "Секретарь"), same("Ә. Қ. Нұрланова")),
            ),
        ],
    )


def question(number, words):
    yield heading(same(f"{number}. О тізбе"))
    yield paragraphs(same("СЛУШАЛИ: информацию секретаря."), keeps=True)
    yield paragraphs(text("ШЕШТІ:", "РЕШИЛИ:"), style="strong")
    yield paragraphs(same(f"{number}.1. {words}"), same("Ответственный: управление экономики."))


@cache
def printed(paper, length):
    return pages(render(paper(length), "ru", "pdf"))


def lines_of(page):
    """The lines of a page without its number."""
    return [line.strip() for line in page.splitlines() if line.strip()][:-1]


def assert_signed_together(printed_pages):
    (page,) = (lines_of(page) for page in printed_pages if "Председатель" in page)
    first = next(number for number, line in enumerate(page) if "Председатель" in line)
    assert any("Секретарь" in line for line in page[first:])
    assert first >= 2


def assert_heads_stay(printed_pages):
    for page in printed_pages:
        last = lines_of(page)[-1]
        assert not last.startswith(("РЕШИЛИ", "СЛУШАЛИ", "1. О", "2. О")), last


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("times", [1, 12])
def test_signatures_stand_together_under_the_end_of_the_text(length, times):
    paper = protocol(length, "Принять информацию к сведению. " * times)
    assert_signed_together(pages(render(paper, "ru", "pdf")))


@pytest.mark.parametrize("length", LENGTHS)
def test_no_head_is_left_at_the_foot_of_a_page(length):
    assert_heads_stay(printed(protocol, length))


@pytest.mark.parametrize("length", LENGTHS)
def test_footnote_has_a_row_above_it(length):
    last = printed(annex_2, length)[-1]
    assert FOOTNOTE in last
    assert any(line.startswith(f"{number}.") for line in lines_of(last) for number in (1, 2))


@pytest.mark.parametrize("length", LENGTHS)
def test_explanations_stand_on_one_page(length):
    (page,) = (page for page in printed(annex_1, length) if "Классификация индикаторов:" in page)
    assert "Мероприятия – это меры" in page


def test_lengths_tell_good_breaks_from_bad_ones():
    """The negative control: among these lengths there are pages that would have ended in the wrong place."""
    assert len({len(printed(annex_2, length)) for length in LENGTHS}) > 2
    ends = [lines_of(printed(protocol, length)[0]) for length in LENGTHS]
    assert len({len(lines) for lines in ends}) > 3


@pytest.mark.parametrize("length", range(1, 40, 3))
def test_workbook_parts_no_head_from_its_text(length):
    sheet = openpyxl.load_workbook(io.BytesIO(render(protocol(length), "ru", "xlsx"))).active
    for end in sheet.row_breaks.brk:
        above = str(sheet.cell(end.id, 1).value)
        assert not above.startswith(("РЕШИЛИ", "1. О", "2. О", "Председатель")), above


def test_page_of_a_workbook_ends_where_nothing_is_parted():
    plain, loose, fast = Row(10), Row(10, LOOSE), Row(10, FAST)
    assert page_ends([plain] * 7, 30) == [3, 6]
    assert page_ends([plain, plain, fast, plain], 30) == [2]
    assert page_ends([plain, loose, fast, plain], 30) == [1]
    # what is longer than a page together is parted where it is bound loosely, or at the end of the page
    assert page_ends([plain, loose, fast, fast, plain], 30) == [2]
    assert page_ends([plain, *[fast] * 4, plain], 30) == [3]
    # the head of the table takes room on each page after its own
    assert page_ends([plain] * 8, 30, range(1, 2)) == [3, 5, 7]


def test_office_breaks_pages_in_the_same_places(tmp_path):
    files = {}
    for length in LENGTHS[::3]:
        for name, paper in (("protocol", protocol), ("annex", annex_2), ("list", annex_1)):
            file = tmp_path / f"{name}{length}.docx"
            file.write_bytes(render(paper(length), "ru", "docx"))
            files[file] = name
    for name, opened in zip(files.values(), opened_by_office(tmp_path, "pdf", *files), strict=True):
        found = pages(opened.read_bytes())
        if name == "protocol":
            assert_signed_together(found)
            assert_heads_stay(found)
        elif name == "annex":
            assert FOOTNOTE in found[-1]
            assert any(line.startswith(("1.", "2.")) for line in lines_of(found[-1])), opened
        else:
            (page,) = (page for page in found if "Классификация индикаторов:" in page)
            assert "Мероприятия – это меры" in page
