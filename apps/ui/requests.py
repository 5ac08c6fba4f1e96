"""What a request says in its address and in its forms: typed by anybody, so none of it is trusted."""

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
