"""Rows of a list as its page shows them: plain values, so that 250 rows need no 250 forms."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.goals.models import Indicator
from apps.grid.numbers import spell
from apps.grid.tables import Concern, Refusal
from apps.indicators.forms import COLUMNS, concerns, repeated
from apps.indicators.models import IndicatorList, IndicatorListItem

# Letters to a line at 1366 px: without `field-sizing` a textarea is as tall as its rows.
LETTERS = {"national": 40, "regional": 38, "responsible": 20}
TALLEST = 6
GIVEN = {IndicatorListItem.Source.TYPICAL, IndicatorListItem.Source.CATALOGUE}
ARROWS = {"higher": "up", "lower": "down", "near": "near"}


@dataclass(frozen=True)
class Sheet:
    """What all rows of a page share: the languages of its words, and the words for directions."""

    paper: IndicatorList
    here: str
    there: str
    is_bilingual: bool
    directions: dict[str, str]

    @classmethod
    def of(cls, paper: IndicatorList, *, both: bool = False) -> Sheet:
        here = "ru" if (get_language() or "kk").startswith("ru") else "kk"
        directions = {value: capfirst(str(label)) for value, label in Indicator.Direction.choices}
        return cls(paper, here, "kk" if here == "ru" else "ru", both, directions)


def page_rows(
    sheet: Sheet,
    items: Sequence[IndicatorListItem],
    *,
    editable: frozenset[int] = frozenset(),
    refused: Mapping[int, Mapping[str, Refusal]] | None = None,
    remarks: Mapping[int, int] | None = None,
) -> list[dict[str, Any]]:
    """One dictionary a row, numbered as printed; `editable` holds the keys of the rows that are inputs."""
    doubles = repeated(items)
    return [
        page_row(
            sheet,
            item,
            number,
            is_editable=item.pk in editable,
            refused=(refused or {}).get(item.pk, {}),
            remarks=(remarks or {}).get(item.pk, 0),
            is_double=item.pk in doubles,
        )
        for number, item in enumerate(items, start=1)
    ]


def page_row(
    sheet: Sheet,
    item: IndicatorListItem,
    number: int,
    *,
    is_editable: bool,
    refused: Mapping[str, Refusal] = {},
    remarks: int = 0,
    is_double: bool = False,
) -> dict[str, Any]:
    """A row as text: a number left to the template would be written out anew for every place it stands in."""
    key = str(item.pk)
    looked = list(concerns(item))
    if is_double:
        looked.append(Concern("repeated", "regional", _("The same indicator stands in the list twice.")))
    warnings = [concern for concern in looked if concern.level == "warning"]
    row: dict[str, Any] = {
        "key": key,
        "at": f"line-{key}",
        "number": str(number),
        "version": str(item.version),
        "is_editable": is_editable,
        "code": item.code,
        "classification": item.classification,
        "baseline": spell(item.baseline),
        "target": spell(item.target),
        "direction_words": sheet.directions.get(item.direction, ""),
        "arrow": ARROWS.get(item.direction, "idle"),
        "tone": "wrong" if refused else "warn" if warnings else "",
        "warnings": [described(concern) for concern in warnings],
        "infos": [concern.message for concern in looked if concern.level == "info"],
        "is_incomplete": any(concern.code == "empty" for concern in looked),
        "is_untranslated": any(concern.code.startswith("untranslated") for concern in looked),
        "refusals": [refusal_of(one) for one in refused.values()],
        "remarks": remarks,
        "after_recommendation": _is_after(item, sheet.paper.recommended_at),
        "after_agreement": _is_after(item, sheet.paper.agreed_at),
        "there": sheet.there if sheet.is_bilingual else "",
    }
    _put_words(row, sheet, item)
    row["is_national_given"] = item.source in GIVEN and bool(row["national"] or row["national_other"])
    row["says"] = bool(looked or refused or remarks or row["after_recommendation"] or row["after_agreement"])
    row["measured"] = " · ".join(filter(None, (row["unit"] or row["unit_other"], years_of(item))))
    _put_refused(row, sheet, refused)
    return row


def _is_after(item: IndicatorListItem, stamp: datetime.datetime | None) -> bool:
    return bool(stamp and item.changed_at > stamp)


def _put_words(row: dict[str, Any], sheet: Sheet, item: IndicatorListItem) -> None:
    """Words of the page's language under the column's name, of the other one under `…_other`."""
    for name, letters in LETTERS.items():
        for place, language in ((name, sheet.here), (f"{name}_other", sheet.there)):
            words = getattr(item, f"{name}_{language}")
            row[place] = words
            if row["is_editable"]:
                row[f"{place}_at"] = f"{row['at']}-{name}_{language}"
                row[f"{place}_rows"] = lines_of(words, letters)
    row["unit"] = getattr(item, f"unit_{sheet.here}")
    row["unit_other"] = getattr(item, f"unit_{sheet.there}")


def _put_refused(row: dict[str, Any], sheet: Sheet, refused: Mapping[str, Refusal]) -> None:
    """Show a refused cell as it was typed, and remember what is stored."""
    row["invalid"] = {}
    for name, refusal in refused.items():
        place = name.removesuffix(f"_{sheet.here}")
        if name.endswith(f"_{sheet.there}"):
            place = f"{name.removesuffix(f'_{sheet.there}')}_other"
        row["invalid"][place] = {"stored": row.get(place)}
        row[place] = refusal.typed


def described(concern: Concern) -> dict[str, Any]:
    return {"column": COLUMNS.get(concern.field), "message": concern.message}


def refusal_of(refusal: Refusal) -> dict[str, Any]:
    column = refusal.field.removesuffix("_kk").removesuffix("_ru")
    return {
        "name": f"line-{refusal.line}-{refusal.field}",
        "field": refusal.field,
        "column": COLUMNS.get(column),
        "message": refusal.message,
        "choices": refusal.choices,
        "theirs": refusal.theirs,
        "is_conflict": refusal.code == "conflict",
    }


def years_of(item: IndicatorListItem) -> str:
    """«2023–2030», or the one year that is known."""
    return "–".join(str(year) for year in (item.baseline_year, item.target_year) if year)


def lines_of(words: str, letters: int) -> str:
    """How many lines a text takes in a column of so many letters."""
    if "\n" not in words:
        return str(min(TALLEST, len(words) // letters + 1))
    return str(min(TALLEST, sum(len(line) // letters + 1 for line in words.split("\n"))))


def shown(rows: Iterable[dict[str, Any]], view: str) -> list[dict[str, Any]]:
    """The rows of one view of the page; numbers stay those of the whole list."""
    keep = VIEWS.get(view)
    return [row for row in rows if keep(row)] if keep else list(rows)


VIEWS = {
    "wrong": lambda row: row["refusals"],
    "check": lambda row: row["warnings"],
    "empty": lambda row: row["is_incomplete"],
    "untranslated": lambda row: row["is_untranslated"],
    "changed": lambda row: row["after_recommendation"] or row["after_agreement"],
}
