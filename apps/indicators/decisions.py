"""The decision “recommend the list” (points 7(2) and 16): the signed protocol stamps the list."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.groups.models import WorkingGroup
from apps.indicators.models import IndicatorList
from apps.indicators.workflow import indicator_list_workflow
from apps.meetings.decisions import DecisionKind, register
from apps.meetings.models import Decision


def waiting(group: WorkingGroup) -> QuerySet[IndicatorList]:
    """Lists under way that the group has not recommended, or that changed since it did."""
    changed = Q(items__changed_at__gt=F("recommended_at"))
    lists = IndicatorList.objects.under_way().filter(organisation=group.organisation_id)
    return lists.filter(Q(recommended_at=None) | changed).distinct()


def agenda(paper: IndicatorList) -> dict[str, str]:
    return {
        "kk": "Өңірлерге арналған Орнықты даму мақсаттары индикаторларының "
        f"{paper.year} жылға арналған тізбесіне қатысты ұсынымдар туралы ({paper.edition}-редакция)",
        "ru": "О рекомендациях к Перечню индикаторов Целей устойчивого развития для регионов "
        f"на {paper.year} год (редакция {paper.edition})",
    }


def wording(paper: IndicatorList) -> dict[str, str]:
    return {
        "kk": "Өңірлерге арналған Орнықты даму мақсаттары индикаторларының "
        f"{paper.year} жылға арналған тізбесі ({paper.edition}-редакция) келісуге және бекітуге ұсынылсын.",
        "ru": "Рекомендовать Перечень индикаторов Целей устойчивого развития для регионов "
        f"на {paper.year} год (редакция {paper.edition}) к согласованию и утверждению.",
    }


def recommend(decision: Decision, actor: Any) -> None:
    indicator_list_workflow.perform(decision.subject, "recommend", actor=actor, basis=decision)


register(
    DecisionKind(
        name="recommend_list",
        label=_("recommend the list"),
        model=IndicatorList,
        point="7(2)",
        waiting=waiting,
        agenda=agenda,
        wording=wording,
        perform=recommend,
    )
)
