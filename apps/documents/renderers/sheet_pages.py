"""Where the pages of a printed workbook end: an office knows no rows that stay together.

The heights of rows are ours, so pages can be counted; every end is set, since one that an office found by
itself would move all that follow.
"""

from __future__ import annotations

from typing import NamedTuple

MARGIN = 0.6  # inches, above and below
LEFT_OVER = 0.97  # of a page's height: a printer measures a little differently
NO_BOND, LOOSE, FAST = range(3)  # of a row with the next one; a loose one holds where both fit on a page
HEIGHTS = {True: 210, False: 297}  # of a page across and upright, in millimetres


class Row(NamedTuple):
    """How high a row is, in points, and how it is bound to the page of the next one."""

    height: float
    bond: int = NO_BOND


def page_room(is_landscape: bool) -> float:
    """Return how high the rows of one page are together, in points."""
    return (HEIGHTS[is_landscape] / 25.4 - 2 * MARGIN) * 72 * LEFT_OVER


def page_ends(rows: list[Row], room: float, head: range = range(0)) -> list[int]:
    """Return the numbers of the rows after which a page ends; rows count from one.

    The rows of the `head` are printed again on each page after their own.
    """
    ends: list[int] = []
    above = height_of([rows[number - 1] for number in head])
    begin = number = 0
    left = room
    while number < len(rows):
        if rows[number].height <= left or number == begin:
            left -= rows[number].height
            number += 1
            continue
        has_head = bool(head) and number > head[-1]
        begin = number = whole_end(rows, begin, number, room - above * has_head)
        ends.append(number)
        left = room - above * (bool(head) and number >= head[-1])
    return ends


def whole_end(rows: list[Row], begin: int, end: int, room: float) -> int:
    """Go up from the end of a page to where nothing is parted that would be whole on the next one."""
    for bond in (LOOSE, FAST):
        first = last = end
        while first > begin and rows[first - 1].bond >= bond:
            first -= 1
        while rows[last].bond >= bond and last + 1 < len(rows):
            last += 1
        if first > begin and height_of(rows[first : last + 1]) <= room:
            return first
    return end


def height_of(rows: list[Row]) -> float:
    return sum(row.height for row in rows)
