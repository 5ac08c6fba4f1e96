"""How wide the columns of a table are: as the form has them, and wide enough for the numbers in them."""

from __future__ import annotations

from itertools import chain
from typing import Any

from apps.documents.renderers import fonts

MILLIMETRE = 72 / 25.4  # points
BESIDE_WORDS = 4  # millimetres of a cell that its words do not have, whoever draws them
NARROWEST = 30  # millimetres that a column of words keeps


def column_widths(block: dict[str, Any], whole: float) -> list[float]:
    """Return the widths of a table's columns, stretched together to the width of the page.

    A column takes from the widest one what its longest number lacks to be legible.
    """
    stretch = whole / sum(column["width"] for column in block["columns"])
    widths = [column["width"] * stretch for column in block["columns"]]
    for number, column in enumerate(block["columns"]):
        if column["kind"] == "number":
            widest = max(range(len(widths)), key=widths.__getitem__)
            lacking = min(needed(block, number) - widths[number], widths[widest] - NARROWEST)
            if lacking > 0:
                widths[number] += lacking
                widths[widest] -= lacking
    return widths


def needed(block: dict[str, Any], column: int) -> float:
    """Return the width, in millimetres, at which every number of a column can be read."""
    rows = chain.from_iterable(group["rows"] for group in block["groups"])
    numbers = {row[column]["kk"] for row in rows if "number" in row[column]}
    widest = max(map(fonts.ruler().word_width, numbers), default=0)
    return widest * fonts.LEGIBLE / 1000 / MILLIMETRE + BESIDE_WORDS if widest else 0
