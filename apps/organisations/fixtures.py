"""The ground that every installation starts from: the 20 regions, their akimats and the national bodies.

Commands that need it call `load()`; migrations load nothing. What an operator has changed is left alone.
"""

import json
from typing import Any

from django.conf import settings
from django.db import transaction

from apps.organisations.models import Organisation, Region, StatisticalArea

FOLDER = settings.BASE_DIR / "fixtures"


def read_rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of one file of the project's fixtures."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@transaction.atomic
def load() -> None:
    """Add the regions, statistical areas and bodies that are not there yet."""
    load_regions()
    load_statistical_areas()
    load_organisations()


def load_regions() -> None:
    regions = [Region(**row) for row in read_rows("regions.json")]
    known = set(
        Region.objects.filter(code__in=[region.code for region in regions]).values_list("pk", flat=True)
    )
    missing = [region for region in regions if region.code not in known]
    for region in missing:
        region.set_sort_keys()
    Region.objects.bulk_create(missing)


def load_statistical_areas() -> None:
    StatisticalArea.objects.bulk_create(shipped_areas(), ignore_conflicts=True)


def shipped_areas() -> list[StatisticalArea]:
    return [StatisticalArea(**row) for row in read_rows("statistical_areas.json")]


def known_areas() -> dict[str, StatisticalArea]:
    """Return the areas that stand for regions, shipped and as operators have mended them."""
    shipped = {area.code: area for area in shipped_areas()}
    return shipped | {area.code: area for area in StatisticalArea.objects.standing_for_regions(shipped)}


def load_organisations() -> None:
    known = set(
        Organisation.objects.filter(
            kind__in=(Organisation.Kind.AKIMAT, *Organisation.NATIONAL_KINDS), region__parent=None
        ).values_list("kind", "region_id")
    )
    bodies = [Organisation(**row) for row in read_rows("organisations.json")]
    Organisation.objects.bulk_create([body for body in bodies if (body.kind, body.region_id) not in known])
    ministry = Organisation.objects.ministry()
    Organisation.objects.filter(kind=Organisation.Kind.MONITORING_COMMITTEE, parent=None).update(
        parent=ministry
    )
