"""Texts that a list from paper lacks in one language are added later; what is there is not touched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.documents.effects import reissue_papers
from apps.documents.models import IssuedDocument
from apps.grid.tables import Outcome
from apps.indicators.forms import TRANSLATED, ItemForm, missing_texts
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.indicators.tables import ItemTable
from apps.indicators.workflow import indicator_list_workflow
from apps.workflow.workflow import Deed


def lacking(item: IndicatorListItem) -> list[str]:
    """Fields of a row that are empty though the other language has words."""
    missing = {language: missing_texts(item, language) for language in ("kk", "ru")}
    return [f"{name}_{lang}" for name in TRANSLATED for lang in ("kk", "ru") if name in missing[lang]]


class MissingTextsForm(ItemForm):
    """A row of which only what is missing may be added."""

    def __init__(self, line: Any, typed: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(line, typed, **kwargs)
        for name in self.fields.keys() - set(lacking(line)):
            del self.fields[name]


class TranslationTable(ItemTable):
    """The rows of a list from paper, after it was approved; its issued paper follows them (decision 5)."""

    form_class = MissingTextsForm
    action = "translated"

    def may_edit(self, paper: IndicatorList) -> bool:
        return self.may_edit_all(paper)

    def may_edit_all(self, paper: IndicatorList) -> bool:
        is_settled = paper.is_retrospective and paper.status in paper.SETTLED
        return bool(is_settled and self.actor.has_perm("indicators.edit_list", paper))

    def after_save(self, outcome: Outcome) -> None:
        """Issue the paper anew under the step that issued it last; the earlier issue stays."""
        last = IssuedDocument.objects.light().of(outcome.paper).first()
        if last and last.transition in indicator_list_workflow.transitions:
            step = indicator_list_workflow.transitions[last.transition]
            reissue_papers(Deed(outcome.paper, step, self.actor, moment=outcome.moment))
