"""Text areas as tall as their words."""

import pytest

from apps.ui.heights import rows_for


@pytest.mark.parametrize(
    ("words", "rows"), [("", 1), ("a" * 10, 1), ("a" * 11, 2), ("a\n\nb", 3), ("a\n" * 30, 6)]
)
def test_text_takes_the_lines_that_it_needs(words, rows):
    assert rows_for(words, 10, most=6) == rows


def test_text_area_is_never_lower_than_asked():
    assert rows_for("", 10, least=2, most=6) == 2
