"""Rows of a list as its page shows them: plain values, so that 250 rows need no 250 forms."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.goals.models import Indicator
from apps.grid.edits import Refusal, said_of
from apps.grid.numbers import spell
from apps.grid.tables import Concern, Outcome
from apps.indicators.forms import COLUMNS, ItemForm, concerns, repeated
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.ui.dates import spoken
from apps.ui.heights import rows_for
from apps.workflow.models import Remark

# Letters to a line at 1366 px: without `field-sizing` a textarea is as tall as its rows.
LETTERS = {"national": 40, "regional": 38, "responsible": 20}
TALLEST = 6
GIVEN = {IndicatorListItem.Source.TYPICAL, IndicatorListItem.Source.CATALOGUE}
ARROWS = {"higher": "up", "lower": "down", "near": "near"}


class Sheet:
    """The rows of one list for one page: what they share, and what only all of them together can say.

    `outcome` is a save that refused some cells.
    """

    def __init__(
        self,
        paper: IndicatorList,
        items: Iterable[IndicatorListItem],
        remarks: Iterable[Remark] = (),
        outcome: Outcome | None = None,
        *,
        both: bool = False,
    ) -> None:
        self.paper = paper
        self.items = list(items)
        self.here = spoken()
        self.there = "kk" if self.here == "ru" else "ru"
        self.is_bilingual = both
        self.directions = {value: capfirst(str(label)) for value, label in Indicator.Direction.choices}
        self.refused = outcome.refused_by_line if outcome else {}
        self.remarks = Counter(remark.line_id or 0 for remark in remarks if remark.resolved_at is None)
        self.numbers = {item.pk: str(number) for number, item in enumerate(self.items, start=1)}
        self.doubles = repeated(self.items)

    def rows(self, items: Iterable[IndicatorListItem], editable: frozenset[int]) -> list[dict[str, Any]]:
        """One dictionary a row, numbered as printed; `editable` are the keys of the rows that are inputs."""
        return [self._row(item, is_editable=item.pk in editable) for item in items]

    def _row(self, item: IndicatorListItem, *, is_editable: bool) -> dict[str, Any]:
        """A row as text: a number left to the template would be written out anew wherever it stands."""
        key, refused = str(item.pk), self.refused.get(item.pk, {})
        looked = list(concerns(item))
        if item.pk in self.doubles:
            looked.append(Concern("repeated", "regional", _("The same indicator is in the list twice.")))
        warnings = [concern for concern in looked if concern.level == "warning"]
        row: dict[str, Any] = {
            "key": key,
            "at": f"line-{key}",
            "number": self.numbers.get(item.pk, ""),
            "version": str(item.version),
            "is_editable": is_editable,
            "code": item.code,
            "classification": str(item.classification or ""),
            "baseline": spell(item.baseline),
            "target": spell(item.target),
            "direction_words": self.directions.get(item.direction, ""),
            "arrow": ARROWS.get(item.direction, "idle"),
            "tone": "wrong" if refused else "warn" if warnings else "",
            "warnings": [described(concern) for concern in warnings],
            "infos": [concern.message for concern in looked if concern.level == "info"],
            "is_incomplete": any(concern.code == "empty" for concern in looked),
            "is_untranslated": any(concern.code.startswith("untranslated") for concern in looked),
            "refusals": [said_of(one, COLUMNS) for one in refused.values()],
            "remarks": self.remarks[item.pk],
            "after_recommendation": _is_after(item, self.paper.recommended_at),
            "after_agreement": _is_after(item, self.paper.agreed_at),
            "there": self.there if self.is_bilingual else "",
        }
        self._put_words(row, item)
        row["is_national_given"] = item.source in GIVEN and bool(row["national"] or row["national_other"])
        told = ("remarks", "after_recommendation", "after_agreement")
        row["says"] = bool(looked or refused or any(row[name] for name in told))
        row["measured"] = " · ".join(filter(None, (row["unit"] or row["unit_other"], years_of(item))))
        self._put_refused(row, refused)
        return row

    def _put_words(self, row: dict[str, Any], item: IndicatorListItem) -> None:
        """Words of the page's language under the column's name, of the other one under `…_other`."""
        for name, letters in LETTERS.items():
            for place, language in ((name, self.here), (f"{name}_other", self.there)):
                words = getattr(item, f"{name}_{language}")
                row[place] = words
                if row["is_editable"]:
                    row[f"{place}_at"] = f"{row['at']}-{name}_{language}"
                    row[f"{place}_rows"] = str(rows_for(words, letters, most=TALLEST))
        row["unit"] = getattr(item, f"unit_{self.here}")
        row["unit_other"] = getattr(item, f"unit_{self.there}")

    def _put_refused(self, row: dict[str, Any], refused: Mapping[str, Refusal]) -> None:
        """Show a refused cell as it was typed, and remember what is stored."""
        row["invalid"] = {}
        for name in refused.keys() & ItemForm.base_fields.keys():
            place = name.removesuffix(f"_{self.here}")
            if name.endswith(f"_{self.there}"):
                place = f"{name.removesuffix(f'_{self.there}')}_other"
            row["invalid"][place] = {"stored": row.get(place)}
            row[place] = refused[name].typed


def _is_after(item: IndicatorListItem, stamp: datetime.datetime | None) -> bool:
    return bool(stamp and item.changed_at > stamp)


def described(concern: Concern) -> dict[str, Any]:
    return {"column": COLUMNS.get(concern.field), "message": concern.message}


def years_of(item: IndicatorListItem) -> str:
    """«2023–2030», or the one year that is known."""
    return "–".join(str(year) for year in (item.baseline_year, item.target_year) if year)


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
