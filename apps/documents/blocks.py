"""The words of which a paper's snapshot is built, so that the papers themselves are written in few lines.

A text is `{"kk": …, "ru": …}`; a table's cell may also be `{"number": "4.2", "kk": "4,2", "ru": "4,2"}`,
which the bilingual copy prints once, or `{"text": "1.2.1"}`, which belongs to no language. A text with a
third form, `{"kk": …, "ru": …, "kk-ru": …}`, has words of its own for the bilingual copy.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal

type Text = dict[str, str]
type Cell = dict[str, str]
type Block = dict[str, Any]

EMPTY: Text = {"kk": "", "ru": ""}


def text(kk: str, ru: str) -> Text:
    """Words in both languages; a line break within stays one."""
    return {"kk": kk, "ru": ru}


def of(row: Any, field: str) -> Text:
    """Take the words of a pair of fields: `of(line, "name")` is `line.name_kk` and `line.name_ru`."""
    return text(getattr(row, f"{field}_kk"), getattr(row, f"{field}_ru"))


def same(words: Any) -> Text:
    """Words that are alike in both languages, such as a person's name."""
    return text(str(words), str(words))


def shared(kk: str, ru: str, both: str) -> Text:
    """Words with a form for the bilingual copy, such as a person with the position in both languages."""
    return {"kk": kk, "ru": ru, "kk-ru": both} if kk and ru else text(kk, ru)


def plain(words: Any) -> Cell:
    """A cell that belongs to no language, such as the number of an indicator."""
    return {"text": str(words)}


def ordinal(number: int) -> Cell:
    """The number of a row, as the annexes print it: «1.»."""
    return {"text": f"{number}."}


def value(typed: str, exact: Decimal | None = None) -> Cell:
    """A value as it was typed, and as a number where it is one: «не менее 90» is legal, and is words."""
    if exact is None:
        return same(typed)
    return {"number": f"{exact:f}", **same(typed)}


def column(
    key: str,
    heading: Text,
    width: float,
    *,
    align: Literal["left", "center", "right"] = "left",
    kind: Literal["text", "number", "ordinal"] = "text",
) -> dict[str, Any]:
    """A column of a table; widths are in millimetres, and are stretched together to the width of the page."""
    return {"key": key, "heading": heading, "width": width, "align": align, "kind": kind}


def group(rows: Iterable[Sequence[Cell]], title: Text | None = None) -> dict[str, Any]:
    """Rows of a table, under a row of their own title where they have one."""
    return {"title": title, "rows": [list(row) for row in rows]}


def table(
    columns: Sequence[dict[str, Any]], groups: Iterable[dict[str, Any]], *, ordinals: bool = False
) -> Block:
    """A table whose head is repeated on every page; `ordinals` adds the row of column numbers to the head."""
    return {"type": "table", "columns": list(columns), "ordinals": ordinals, "groups": list(groups)}


def lines(style: Literal["caption", "form", "stamp", "place"], *items: Text) -> Block:
    """Lines that stand apart: an annex's caption, an approval stamp, «Форма», place and date."""
    return {"type": "lines", "style": style, "items": list(items)}


def heading(words: Text) -> Block:
    """A heading within the paper."""
    return {"type": "heading", "text": words}


def paragraphs(
    *items: Text,
    style: Literal["body", "note", "strong", "item", "mark"] = "body",
    together: bool = False,
    keeps: bool = False,
) -> Block:
    """Running text: indented, small notes below a table, bold, items of a list, a mark below the title.

    `together` is never split over pages, where it fits on one; `keeps` stays with what follows, as headings
    and bold lines do anyway.
    """
    ties = {name: True for name, wanted in (("together", together), ("keeps", keeps)) if wanted}
    return {"type": "paragraphs", "style": style, "items": list(items), **ties}


def facts(*pairs: tuple[Text, Text]) -> Block:
    """Pairs of a name and what is said under it, such as «Секретарь» and a person."""
    return {"type": "facts", "items": [list(pair) for pair in pairs]}


def signatures(*people: tuple[Text, Text]) -> Block:
    """Pairs of position and name, with the room to sign between them."""
    return {"type": "signatures", "items": [{"position": who, "name": name} for who, name in people]}
