"""Databases sort by code point, readers by the Kazakh alphabet: a key written once gives both one order.

The 42 letters of Kazakh hold the 33 of Russian in their own order, so that one key serves both languages.
"""

LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
RANKS = {letter: f"{rank:02d}" for rank, letter in enumerate(LETTERS, start=30)}


def alphabet_key(text: str) -> str:
    """Return ASCII that sorts as `text` does in the Kazakh alphabet: blanks and digits before letters."""
    return "".join(RANKS.get(letter, letter if letter.isascii() else "") for letter in text.casefold())
