"""The demonstration typical list: indicators that exist in the official statistics of the regions."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import transaction

from apps.accounts.models import Role, RoleAssignment
from apps.indicators.models import TypicalList, TypicalListItem
from apps.indicators.workflow import typical_list_workflow
from apps.workflow import audit

TITLE_KK = "Өңірлерге арналған ОДМ индикаторларының үлгілік тізбесі"
TITLE_RU = "Типовой перечень индикаторов ЦУР для регионов"


@transaction.atomic
def load(actor: Any = None) -> TypicalList:
    """Load the list once, and publish it as soon as there is an administrator of the ministry to do so."""
    paper = TypicalList.objects.filter(is_demonstration=True).first() or _create()
    actor = actor or _administrator()
    if actor and paper.is_editable:
        paper = typical_list_workflow.perform(paper, "publish", actor=actor)
    return paper


def _create() -> TypicalList:
    rows = json.loads((settings.BASE_DIR / "fixtures" / "typical_list.json").read_text(encoding="utf-8"))
    paper = TypicalList.objects.create(title_kk=TITLE_KK, title_ru=TITLE_RU, is_demonstration=True)
    TypicalListItem.objects.bulk_create(
        TypicalListItem(typical_list=paper, position=number, **row)
        for number, row in enumerate(rows, start=1)
    )
    audit.record(paper, None, "created", to_state=paper.status)
    return paper


def _administrator() -> Any:
    held = RoleAssignment.objects.filter(role=Role.MINISTRY_ADMINISTRATOR, user__is_active=True)
    assignment = held.select_related("user").order_by("pk").first()
    return assignment.user if assignment else None
