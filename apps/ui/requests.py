"""What a request says in its address and in its forms: typed by anybody, so none of it is trusted."""

from collections.abc import Iterable

MOST = 10**18 - 1  # the largest whole number that every column of a key takes


def whole(text: str | None, least: int = 0, most: int = MOST) -> int | None:
    """Read a whole number within its bounds; None for everything else, be it «²», «-1» or 5000 digits.

    >>> whole("2026", 2000, 2100), whole("²"), whole("1" * 5000)
    (2026, None, None)
    """
    if not text or len(text) > len(str(most)) or not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return number if least <= number <= most else None


def wholes(texts: Iterable[str]) -> frozenset[int]:
    """Read the whole numbers among texts, such as the boxes of a form that are ticked."""
    return frozenset(number for text in texts if (number := whole(text)) is not None)
