"""The word of the current language, the other one where that is empty."""

import pytest
from django.utils.translation import override

from apps.ui.localised import Words

pytestmark = pytest.mark.embedded


class Row:
    name = Words()
    short_name = Words("short", "name")

    def __init__(self, *, name_kk="", name_ru="", short_kk="", short_ru=""):
        self.name_kk, self.name_ru, self.short_kk, self.short_ru = name_kk, name_ru, short_kk, short_ru


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "Абай облысы"), ("ru", "область Абай"), (None, "Абай облысы")]
)
def test_words_are_those_of_the_page(language, said):
    with override(language):
        assert Row(name_kk="Абай облысы", name_ru="область Абай").name == said


def test_words_that_lack_are_those_of_the_other_language():
    with override("ru"):
        assert Row(name_kk="Абай облысы").name == "Абай облысы"


def test_second_pair_speaks_where_the_first_is_empty_in_both_languages():
    with override("ru"):
        assert Row(name_ru="область Абай", short_kk="Абай").short_name == "Абай"
        assert Row(name_ru="область Абай").short_name == "область Абай"
        assert Row().short_name == ""
