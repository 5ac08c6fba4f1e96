"""A list that was approved on paper: read from one or two blocks, and stored and put in force at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.grid.pasting import Pasted
from apps.indicators import drafting
from apps.indicators.beginning_forms import OnPaperForm
from apps.indicators.models import IndicatorList
from apps.indicators.pasting import ItemPaste
from apps.indicators.succession import Place, begins_by_itself, place_of
from apps.indicators.tables import ItemTable
from apps.indicators.workflow import indicator_list_workflow


@dataclass(frozen=True)
class Blocks:
    """The list's rows, and the words of the same rows in the other language where they were pasted too."""

    rows: Pasted
    words: Pasted | None

    @classmethod
    def read(cls, given: dict[str, Any], left_empty: Collection[int] = ()) -> Blocks:
        """Read what was pasted; rows `left_empty` take nothing from the row above, in either block."""
        language, other = given["language"], given["rows_other"]
        rows = ItemPaste(language=language)
        rows.left_empty = left_empty
        if not other.strip():
            return cls(rows.read(given["rows"]), None)
        words = ItemPaste(language="kk" if language == "ru" else "ru")
        words.left_empty = left_empty
        return cls(rows.read(given["rows"]), words.read(other))

    @property
    def fit(self) -> bool:
        """Whether the two blocks have the same number of rows."""
        return self.words is None or len(self.words.rows) == len(self.rows.rows)

    @property
    def is_whole(self) -> bool:
        return self.rows.is_whole and self.fit and (self.words is None or self.words.is_whole)

    def to_add(self) -> list[dict[str, Any]]:
        rows = self.rows.new_lines()
        if self.words is None:
            return rows
        names = {f"{name}_{self.words.paste.language}" for name in ItemPaste.spoken}
        spoken = [{name: row[name] for name in names & row.keys()} for row in self.words.new_lines()]
        return [{**row, **words} for row, words in zip(rows, spoken, strict=True)]


def place_in_line(given: dict[str, Any]) -> Place:
    """Where the list would fall in the line of its region."""
    region = given["organisation"].region
    paper = IndicatorList(
        region=region,
        year=given["year"],
        edition=drafting.next_edition(region, given["year"]),
        approved_on=given["outgoing_date"],
        is_retrospective=True,
    )
    return place_of(paper, given["published_on"] or begins_by_itself(paper))


def register(form: OnPaperForm, blocks: Blocks, actor: Any) -> IndicatorList:
    """Store the list with its rows, its act and its scan, and give it its place in the line of its region.

    It waits for no publication: another list may be under way, and this one has been in force on paper.
    """
    given = form.cleaned_data
    data = indicator_list_workflow.transitions["register_on_paper"].prepared(form.data_for_deed)
    with transaction.atomic():
        paper = drafting.begin(given["organisation"], given["year"], actor=actor, is_retrospective=True)
        ItemTable(paper, actor).add(blocks.to_add(), action="pasted")
        paper = indicator_list_workflow.perform(
            paper, "register_on_paper", actor=actor, reason=given["reason"], data=data
        )
        since = {"published_on": given["published_on"]}
        return indicator_list_workflow.perform(paper, "publish", actor=actor, data=since)
