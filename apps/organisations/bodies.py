"""The bodies that answer for territories: each has its own, which follows its names, its kind and its end."""

from apps.organisations import naming
from apps.organisations.models import Organisation, Region
from apps.organisations.reference import BATCH

BAIKONUR = "431900000"  # a city leased to another state: a territory without a body
BODY_LAYERS = (Region.REGION_KINDS, (Region.Kind.RAION, Region.Kind.OBLAST_CITY), naming.APPARATUS_KINDS)

type Regions = dict[str, Region]
type Bodies = dict[str, Organisation]
type OldNames = dict[str, tuple[str, str, str]]  # by code: the kind and the names before


def follow_with_bodies(regions: Regions, old_names: OldNames, turned: list[Region]) -> None:
    """Give each territory that has local self-government its body, and let bodies follow their territories.

    `turned` are those that were closed or opened again. A name that a person has mended stays.
    """
    bodies = {body.region_id or "": body for body in Organisation.objects.local_executive()}
    seats = find_seats(regions)
    add_missing(regions, bodies, seats)
    changed = rename(regions, bodies, seats, old_names)
    for region in turned:
        if body := bodies.get(region.code):
            body.is_active = region.is_open
            changed[region.code] = body
    Organisation.objects.bulk_update(changed.values(), ["kind", "name_kk", "name_ru", "is_active"], BATCH)


def add_missing(regions: Regions, bodies: Bodies, seats: Regions) -> None:
    """Create the bodies layer by layer, as each stands under one of the layer above."""
    for layer in BODY_LAYERS:
        missing = [
            new_body(region, seats.get(region.code, region), nearest_body(region, regions, bodies))
            for region in regions.values()
            if region.kind in layer
            and region.is_open
            and region.code not in bodies
            and region.code != BAIKONUR
        ]
        Organisation.objects.bulk_create(missing, BATCH)
        bodies |= {body.region_id or "": body for body in missing}


def rename(regions: Regions, bodies: Bodies, seats: Regions, old_names: OldNames) -> Bodies:
    """Name bodies after their territories or seats anew; return those by code that bore the old name."""
    headed = {seat.code: code for code, seat in seats.items()}
    changed = {}
    for renamed, (old_kind, *was) in old_names.items():
        code = headed.get(renamed, renamed)
        region, seat, body = regions[code], seats.get(code, regions[code]), bodies.get(code)
        kind = old_kind if renamed == code else region.kind
        before = seat if kind in naming.SEATS_RU else region
        names = was if renamed == before.code else (before.name_kk, before.name_ru)
        if body and (body.name_kk, body.name_ru) == body_names(kind, *names):
            body.kind = body_kind(region.kind)
            body.name_kk, body.name_ru = body_names(region.kind, seat.name_kk, seat.name_ru)
            changed[code] = body
    return changed


def find_seats(regions: Regions) -> Regions:
    """Return by administration the town, settlement or village whose akim heads it: the first under it.

    The classifier prints «Новодолинская п.а.», the law knows the akim of the settlement Novodolinsky.
    """
    seats: Regions = {}
    for _code, region in sorted(regions.items()):
        above = regions.get(region.parent_id or "")
        if (
            above
            and region.is_open
            and region.name_ru.startswith(naming.SEATS_RU.get(Region.Kind(above.kind), " "))
        ):
            seats.setdefault(above.code, region)
    return seats


def new_body(region: Region, named_after: Region, parent: Organisation | None) -> Organisation:
    name_kk, name_ru = body_names(region.kind, named_after.name_kk, named_after.name_ru)
    return Organisation(
        kind=body_kind(region.kind), region=region, parent=parent, name_kk=name_kk, name_ru=name_ru
    )


def body_kind(kind: str) -> str:
    is_apparatus = kind in naming.APPARATUS_KINDS
    return Organisation.Kind.AKIM_APPARATUS if is_apparatus else Organisation.Kind.AKIMAT


def body_names(kind: str, name_kk: str, name_ru: str) -> tuple[str, str]:
    return naming.body_kk(name_kk, kind), naming.body_ru(name_ru, kind)


def nearest_body(region: Region, regions: Regions, bodies: Bodies) -> Organisation | None:
    """Return the body of the nearest territory above that has one."""
    code = region.parent_id
    while code and code not in bodies:
        code = regions[code].parent_id
    return bodies.get(code or "")
