"""The demonstration typical list: indicators that exist in the official statistics of the regions."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from apps.indicators.models import TypicalList, TypicalListItem
from apps.indicators.workflow import typical_list_workflow
from apps.organisations.fixtures import read_rows
from apps.workflow import audit

TITLE_KK = "Өңірлерге арналған ОДМ индикаторларының үлгілік тізбесі"
TITLE_RU = "Типовой перечень индикаторов ЦУР для регионов"


@transaction.atomic
def load(publisher: Any = None, *, by: Any = None) -> TypicalList:
    """Load the list once, as a draft entered by the operator `by`; a `publisher` puts it in force.

    Nobody's installation gets a demonstration list in force by itself.
    """
    paper = TypicalList.objects.filter(is_demonstration=True).first() or _create(by)
    if publisher and paper.is_editable:
        paper = typical_list_workflow.perform(paper, "publish", actor=publisher)
    return paper


def _create(by: Any) -> TypicalList:
    rows = read_rows("typical_list.json")
    paper = TypicalList.objects.create(title_kk=TITLE_KK, title_ru=TITLE_RU, is_demonstration=True)
    TypicalListItem.objects.bulk_create(
        TypicalListItem(typical_list=paper, position=number, **row)
        for number, row in enumerate(rows, start=1)
    )
    audit.record(paper, by, "created", to_state=paper.status)
    return paper
