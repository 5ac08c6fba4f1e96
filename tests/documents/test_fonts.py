"""Lines are broken where people would break them, and never run out of their column."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from apps.documents.renderers import fonts
from tests.documents.looking import LETTERS

pytestmark = pytest.mark.embedded


def test_font_has_every_letter_of_both_languages():
    words = LETTERS + "ЁёЪъЭэЫы№«»–—−₸≥≤²³°%‰\xa0\u2026абвгдежзийклмнопрстуфхцчшщьюяABCxyz0123456789"
    assert fonts.ruler(fonts.REGULAR).draws(words)
    assert fonts.ruler(fonts.BOLD).draws(words)
    assert not fonts.ruler().draws("漢")


def test_lines_end_at_blanks_which_stay_with_them():
    lines = fonts.ruler().lines("Ана өлімінің коэффициенті", fonts.ruler().of("коэффициенті"))
    assert lines == ["Ана өлімінің ", "коэффициенті"]


def test_long_words_break_after_their_hyphen_first():
    width = fonts.ruler().of("коммуналдық")
    assert fonts.ruler().lines("үй-коммуналдық", width)[0].startswith("үй-комму")
    assert fonts.ruler().lines("тұрғын-коммуналдық", width) == ["тұрғын-", "коммуналдық"]
    assert fonts.ruler().lines("15–24 № п/п", fonts.ruler().of("15–24 №")) == ["15–24 № ", "п/п"]


def test_own_line_breaks_stay():
    assert fonts.ruler().lines("бір\n\nекі", 100_000) == ["бір", "", "екі"]


@given(st.text(alphabet="Қазіргі өңір-жұмыс/15–24 \n"), st.floats(min_value=1500, max_value=20_000))
def test_no_letter_is_lost_and_no_line_is_too_wide(words, width):
    ruler = fonts.ruler()
    lines = ruler.lines(words, width)
    assert "".join(lines) == words.replace("\n", "")
    assert all(ruler.of(line.rstrip(" ")) <= width for line in lines)


def test_missing_font_is_an_error_and_not_another_font(settings, tmp_path):
    settings.PAPER_FONTS_DIR = tmp_path
    with pytest.raises(ImproperlyConfigured, match="font"):
        fonts.font_path(fonts.REGULAR)


def test_size_is_that_at_which_no_number_is_broken():
    ruler = fonts.ruler()
    assert ruler.size_that_fits("1\xa0234\xa0567,8", 48, 10) == 10
    assert ruler.size_that_fits("1\xa0234\xa0567,8", 40, 10) == 8.25
    assert ruler.size_that_fits("9" * 40, 40, 10) == fonts.SMALLEST
    # in one line it would be smaller than can be read: its groups stand in several
    assert ruler.size_that_fits("1\xa0234\xa0567\xa0890,123", 40, 10) == 10
    for words in ("Жұмыспен қамтуды үйлестіру", "https://stat.gov.kz/api/2025", "не менее 90", ""):
        assert ruler.size_that_fits(words, 40, 10) == 10


def test_a_tie_that_is_wider_than_a_line_is_untied():
    ruler = fonts.ruler()
    width = ruler.of("деңгейден)")
    tied = "90 пайыз (2019\xa0жылғы деңгейден)"
    assert ruler.lines(ruler.loosened(tied, width), width) == ["90 пайыз ", "(2019 ", "жылғы ", "деңгейден)"]
    assert ruler.loosened(tied, 2 * width) == tied


def test_letters_that_the_font_lacks_are_named():
    assert fonts.ruler().lacking("Қала 漢\xad字\n") == "字漢"
