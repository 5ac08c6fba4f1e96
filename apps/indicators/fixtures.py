"""The demonstration typical list: ours, unofficial, and marked so wherever it is shown."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from apps.goals import fixtures as goals
from apps.indicators.models import TypicalList, TypicalListItem
from apps.indicators.workflow import typical_list_workflow
from apps.organisations.fixtures import read_rows

TITLE_KK = "Өңірлерге арналған ОДМ индикаторларының демонстрациялық үлгілік тізбесі"
TITLE_RU = "Демонстрационный типовой перечень индикаторов ЦУР для регионов"


@transaction.atomic
def load(actor: Any) -> TypicalList:
    """Return the demonstration list, drawn up and published by `actor` where it is not there yet."""
    goals.load()
    known = TypicalList.objects.filter(is_demonstration=True).first()
    if known:
        return known
    draft = TypicalList.objects.create(title_kk=TITLE_KK, title_ru=TITLE_RU, is_demonstration=True)
    TypicalListItem.objects.bulk_create(
        TypicalListItem(typical_list=draft, position=position, **row)
        for position, row in enumerate(read_rows("typical_list.json"), start=1)
    )
    return typical_list_workflow.perform(draft, "publish", actor=actor)
