"""The annexes are the order's, to the letter: they are compared with its own text."""

import os
from pathlib import Path

import pytest

from apps.documents.editions import Edition
from tests.documents.looking import printed_words
from tests.documents.samples import annex_1, annex_2

REPOSITORY = Path(__file__).resolve().parent.parent.parent
ROWS = 0


@pytest.fixture(params=["kk", "ru"])
def order(request):
    """The text of the order in a language, without the marks of its conversion and with single blanks."""
    folder = Path(os.environ.get("SHARED_DATA", REPOSITORY.parent / "shared" / "data")).resolve().parent
    file = folder / "order" / f"order-236-{request.param}.txt"
    if not file.is_file():
        pytest.skip(f"no text of the order at {file}")
    words = file.read_text(encoding="utf-8").replace("**", "").replace("\\*", "*").replace("- 2 –", "2 –")
    return request.param, plain(words.replace("|", " ").replace("Отчет- ный", "Отчетный"))


def plain(words):
    return " ".join(words.replace("- 1 –", "1 –").replace("- 3 –", "3 –").split())


@pytest.mark.parametrize("annex", [annex_1, annex_2])
def test_every_word_of_the_form_stands_in_the_order(order, annex):
    language, said = order
    paper = annex(0) if annex is annex_1 else annex(0, 0)
    words = printed_words(Edition(paper, language))
    assert len(words) > 14
    assert [each for each in words if plain(each) not in said] == []
