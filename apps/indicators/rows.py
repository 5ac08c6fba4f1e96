"""Rows of a list as its page shows them: plain values, so that 250 rows need no 250 forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.grid.numbers import spell
from apps.grid.tables import Concern, Refusal
from apps.indicators.forms import COLUMNS, concerns, repeated
from apps.indicators.models import IndicatorList, IndicatorListItem

# Letters to a line at 1366 px: without `field-sizing` a textarea is as tall as its rows say.
LETTERS = {"national": 40, "regional": 38, "responsible": 20}
TALLEST = 6
GIVEN = {IndicatorListItem.Source.TYPICAL, IndicatorListItem.Source.CATALOGUE}
ARROWS = {"higher": "up", "lower": "down", "near": "near"}


def page_rows(
    paper: IndicatorList,
    items: Sequence[IndicatorListItem],
    *,
    editable: frozenset[int] = frozenset(),
    refused: Mapping[int, Mapping[str, Refusal]] | None = None,
    remarks: Mapping[int, int] | None = None,
    both: bool = False,
) -> list[dict[str, Any]]:
    """One dictionary a row, numbered as printed; `editable` holds the keys of the rows that are inputs."""
    doubles = repeated(items)
    return [
        page_row(
            paper,
            item,
            number,
            is_editable=item.pk in editable,
            refused=(refused or {}).get(item.pk, {}),
            remarks=(remarks or {}).get(item.pk, 0),
            is_double=item.pk in doubles,
            both=both,
        )
        for number, item in enumerate(items, start=1)
    ]


def page_row(
    paper: IndicatorList,
    item: IndicatorListItem,
    number: int,
    *,
    is_editable: bool,
    refused: Mapping[str, Refusal] = {},
    remarks: int = 0,
    is_double: bool = False,
    both: bool = False,
) -> dict[str, Any]:
    here = "ru" if (get_language() or "kk").startswith("ru") else "kk"
    there = "kk" if here == "ru" else "ru"
    looked = list(concerns(item))
    if is_double:
        looked.append(Concern("repeated", "regional", _("The same indicator stands in the list twice.")))
    warnings = [concern for concern in looked if concern.level == "warning"]
    row: dict[str, Any] = {
        "pk": item.pk,
        "number": number,
        "version": item.version,
        "is_editable": is_editable,
        "is_national_given": item.source in GIVEN and bool(item.national),
        "code": item.code,
        "classification": item.classification,
        "baseline": spell(item.baseline),
        "target": spell(item.target),
        "direction": item.direction,
        "direction_words": item.get_direction_display(),
        "arrow": ARROWS.get(item.direction, "idle"),
        "source_words": item.get_source_display(),
        "unit": getattr(item, f"unit_{here}") or getattr(item, f"unit_{there}"),
        "years": years_of(item),
        "tone": "wrong" if refused else "warn" if warnings else "",
        "warnings": [described(concern) for concern in warnings],
        "infos": [concern.message for concern in looked if concern.level == "info"],
        "is_untranslated": any(concern.code.startswith("untranslated") for concern in looked),
        "refusals": [refusal_of(one) for one in refused.values()],
        "invalid": {},
        "remarks": remarks,
        "after_recommendation": bool(paper.recommended_at and item.changed_at > paper.recommended_at),
        "after_agreement": bool(paper.agreed_at and item.changed_at > paper.agreed_at),
        "here": here,
        "there": there if both else "",
    }
    for name, letters in LETTERS.items():
        for place, language in (("", here), ("_other", there)):
            words = getattr(item, f"{name}_{language}")
            row[name + place] = words
            row[f"{name}{place}_rows"] = lines_of(words, letters)
    for name, refusal in refused.items():
        place = name.replace(f"_{here}", "").replace(f"_{there}", "_other")
        stored, row[place] = row[place], refusal.typed
        row["invalid"][place] = {"stored": stored}
    return row


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


def lines_of(words: str, letters: int) -> int:
    """How many lines a text takes in a column of so many letters."""
    lines = sum(max(1, ceil(len(line) / letters)) for line in words.split("\n"))
    return min(lines, TALLEST)


def shown(rows: Iterable[dict[str, Any]], view: str) -> list[dict[str, Any]]:
    """The rows of one view of the page; numbers stay those of the whole list."""
    keep = VIEWS.get(view)
    return [row for row in rows if keep(row)] if keep else list(rows)


VIEWS = {
    "wrong": lambda row: row["refusals"],
    "check": lambda row: row["warnings"],
    "untranslated": lambda row: row["is_untranslated"],
    "changed": lambda row: row["after_recommendation"] or row["after_agreement"],
}
