"""How tall a text area must be to show its words: old browsers do not grow it themselves."""

from math import ceil


def rows_for(words: str, letters: int, *, least: int = 1, most: int) -> int:
    r"""Count the lines of a text in a column of so many letters, an empty line as one.

    >>> rows_for("one two", 7, most=6), rows_for("one two\n", 6, most=6), rows_for("x" * 99, 9, most=6)
    (1, 3, 6)
    """
    needed = sum(max(1, ceil(len(line) / letters)) for line in words.split("\n"))
    return max(least, min(most, needed))
