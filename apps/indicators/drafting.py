"""Beginning a region's list: from the typical list, from an earlier edition, or empty (points 16 and 17)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from apps.grid.tables import Table
from apps.indicators.models import IndicatorList, IndicatorListItem, TypicalList, TypicalListItem
from apps.organisations.models import Organisation
from apps.workflow import audit
from apps.workflow.workflow import Refused

SHARED = (
    "code",
    "national_kk",
    "national_ru",
    "regional_kk",
    "regional_ru",
    "classification",
    "unit_kk",
    "unit_ru",
    "direction",
    "responsible_kk",
    "responsible_ru",
)
OWN = (
    "key",
    "source",
    "own_reason",
    "baseline",
    "baseline_value",
    "baseline_year",
    "target",
    "target_value",
    "target_year",
)


def begin(organisation: Organisation, year: int, *, actor: Any, **origin: Any) -> IndicatorList:
    """Create the draft of a region's list, its edition the next one of that year.

    Raises `Refused` where the actor may not, or a list of the region is under way already; one that came from
    paper waits for nobody.
    """
    if not actor.has_perm("indicators.add_list", organisation):
        raise Refused(_("You have no right to this step."), code="forbidden")
    region: Any = organisation.region
    sources = filter(None, (origin.get("typical_list"), origin.get("copied_from")))
    try:
        with transaction.atomic():
            paper = IndicatorList.objects.create(
                region=region,
                organisation=organisation,
                year=year,
                edition=next_edition(region, year),
                is_demonstration=any(source.is_demonstration for source in sources),
                **origin,
            )
            audit.record(paper, actor, "created", to_state=paper.status)
    except IntegrityError as error:
        raise Refused(_("A list of this region is under way already."), code="under_way") from error
    return paper


def next_edition(region: Any, year: int) -> int:
    lists = IndicatorList.objects.filter(region=region, year=year)
    return int(lists.aggregate(last=models.Max("edition"))["last"] or 0) + 1


@transaction.atomic
def begin_from_typical(
    organisation: Organisation,
    year: int,
    *,
    typical: TypicalList,
    actor: Any,
    keys: Collection[int] | None = None,
) -> IndicatorList:
    """Begin with rows of the typical list: all of them, or those whose keys are given."""
    paper = begin(organisation, year, actor=actor, typical_list=typical)
    items = typical.items.all() if keys is None else typical.items.filter(pk__in=keys)
    _store(paper, rows_of_typical(items), actor)
    return paper


@transaction.atomic
def begin_from_earlier(
    organisation: Organisation, year: int, *, earlier: IndicatorList, actor: Any
) -> IndicatorList:
    """Begin with the rows of an earlier edition, their values and departments, without its stamps."""
    paper = begin(organisation, year, actor=actor, copied_from=earlier, typical_list=earlier.typical_list)
    items = list(earlier.items.prefetch_related("departments"))
    rows = [{name: getattr(item, name) for name in (*SHARED, *OWN)} for item in items]
    for row in rows:
        if row["source"] == IndicatorListItem.Source.OWN:
            row["source"] = IndicatorListItem.Source.EARLIER
    added = _store(paper, rows, actor)
    through = IndicatorListItem.departments.through
    through.objects.bulk_create(
        through(indicatorlistitem_id=new.pk, organisation_id=department.pk)
        for new, old in zip(added, items, strict=True)
        for department in old.departments.all()
    )
    return paper


@transaction.atomic
def add_from_typical(
    table: Table, items: Collection[TypicalListItem], typical: TypicalList
) -> list[IndicatorListItem]:
    """Add rows of the typical list to a list under way; raises `Locked`."""
    added = table.add(rows_of_typical(items), action="from_typical")
    if typical.is_demonstration:
        IndicatorList.objects.filter(pk=table.paper.pk).update(is_demonstration=True)
    return added


def rows_of_typical(items: Iterable[TypicalListItem]) -> list[dict[str, Any]]:
    """Rows as a region's list takes them over, in the order of the typical list."""
    return [
        {**{name: getattr(item, name) for name in SHARED}, "source": IndicatorListItem.Source.TYPICAL}
        for item in items
    ]


def _store(paper: IndicatorList, rows: list[dict[str, Any]], actor: Any) -> list[IndicatorListItem]:
    return IndicatorListItem.objects.bulk_create(
        IndicatorListItem(**row, indicator_list=paper, position=number, changed_by=actor)
        for number, row in enumerate(rows, start=1)
    )
