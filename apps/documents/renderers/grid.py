"""The lines of a table, drawn once a page.

WeasyPrint draws the borders of each cell on its own: a third of the time of writing the file. Here they are a
few long lines, added to each page as an artifact when everything else stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

WIDTH = 0.5  # points
POINTS = 0.75  # a CSS pixel

type Line = tuple[float, float, float, float]


def draw_grids(page_box: Any, content: Any) -> None:
    """Draw the lines of every table on a page, in the state in which WeasyPrint leaves it: origin above."""
    lines = [line for table in tables_in(page_box) for line in grid(table)]
    if not lines:
        return
    content.begin_marked_content("Artifact")
    content.push_state()
    content.set_line_width(WIDTH)
    for line in lines:
        x1, y1, x2, y2 = (round(place * POINTS, 2) for place in line)
        content.move_to(x1, y1)
        content.line_to(x2, y2)
    content.stroke()
    content.pop_state()
    content.end_marked_content()


def tables_in(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.TableBox):
            yield child
        elif isinstance(child, boxes.BlockBox):
            yield from tables_in(child)


def grid(table: Any) -> Iterator[Line]:
    """Yield the lines of a table: across at each row, down as far as the same edge goes on."""
    rows = [row for group in table.children for row in group.children]
    left, right = table.position_x, table.position_x + table.width
    running: dict[float, float] = {}
    for row in rows:
        top = row.position_y
        yield left, top, right, top
        edges = {round(cell.position_x, 2) for cell in row.children} | {round(right, 2)}
        for x in [x for x in running if x not in edges]:
            yield x, running.pop(x), x, top
        for x in edges:
            running.setdefault(x, top)
    if rows:
        bottom = rows[-1].position_y + rows[-1].height
        yield left, bottom, right, bottom
        for x, top in running.items():
            yield x, top, x, bottom
