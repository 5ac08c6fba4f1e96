"""The order of letters and the folding of words."""

import pytest

from apps.ui.alphabet import KAZAKH, RUSSIAN, search_key, sort_key

pytestmark = pytest.mark.embedded

KAZAKH_WORDS = (
    "Абай Ақмола Әл-Фараби Гагарин Ғ Карасай Қарағанды Қостанай Орал Өскемен Ұлытау Үржар Ыбырай Іле Яна"
)
KAZAKH_ORDER = KAZAKH_WORDS.split()


def test_kazakh_words_stand_in_the_order_of_the_alphabet():
    assert sorted(set(KAZAKH_ORDER), key=lambda word: sort_key(word, "kk")) == KAZAKH_ORDER


def test_russian_order_puts_kazakh_letters_beside_their_neighbours():
    order = ["Абай", "Жетісу", "Иле", "Іле", "Костанай", "Қостанай", "Улытау", "Ұлытау", "Ыбырай", "Яна"]
    assert sorted(set(order), key=lambda word: sort_key(word, "ru")) == order


def test_both_alphabets_hold_their_letters_once():
    assert len(KAZAKH) == len(set(KAZAKH)) == 42
    assert len(RUSSIAN) == len(set(RUSSIAN)) == 41  # ё counts as е


def test_sort_key_is_digits_alone_so_that_every_collation_agrees():
    assert sort_key("«Жасыл Ақтөбе» №4", "kk").isdigit()
    assert sort_key("ёлка", "ru") == sort_key("елка", "ru")


@pytest.mark.parametrize("query", ["ӨҢІР", "өңір", "Онир", "  өңір "])
def test_search_key_lets_the_same_word_meet(query):
    assert search_key(query) == "онир"


def test_search_key_leaves_quotation_marks_out():
    assert search_key("«Жасыл Ақтөбе» қоғамдық қоры") == "жасыл актобе когамдык коры"
