"""The word of the current language out of a pair of fields."""

from __future__ import annotations

from typing import Any, Self, overload

from apps.ui.dates import spoken


def localised(row: Any, field: str, language: str | None = None) -> str:
    """Return `row.<field>_kk` or `row.<field>_ru` by language, the other one where that is empty."""
    wanted = spoken(language)
    other = "kk" if wanted == "ru" else "ru"
    return getattr(row, f"{field}_{wanted}") or getattr(row, f"{field}_{other}")


class Words:
    """A row's words in the language of the page, out of its pair of columns.

    name = Words()  # name_kk or name_ru
    short_name = Words("short", "name")  # the name where there is no short one in either language
    """

    def __init__(self, *fields: str) -> None:
        self.fields = fields

    def __set_name__(self, owner: type, name: str) -> None:
        self.fields = self.fields or (name,)

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: object, owner: type) -> str: ...
    def __get__(self, row: object | None, owner: type) -> Self | str:
        if row is None:
            return self
        said = (localised(row, field) for field in self.fields)
        return next(filter(None, said), "")
