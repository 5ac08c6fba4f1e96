"""Bringing the tree of territories to a new edition of the classifier, with the bodies that answer for them.

Nothing is deleted: what the edition no longer has is closed, with its successor where that is beyond doubt.
"""

import datetime
from collections import Counter, defaultdict

from django.utils.translation import gettext as _

from apps.organisations import naming
from apps.organisations.importing import Findings, Tally
from apps.organisations.imports import Edition, Territory
from apps.organisations.models import Organisation, Region
from apps.organisations.reference import BATCH

BAIKONUR = "431900000"  # a city leased to another state: a territory without a body
KINDS = [str(kind) for kind in Region.Kind]  # from the oblast down to the settlement
BODY_LAYERS = (Region.REGION_KINDS, (Region.Kind.RAION, Region.Kind.OBLAST_CITY), naming.APPARATUS_KINDS)


class TreeUpdate:
    """One edition being taken over; `run` stores it and returns the count of its rows."""

    def __init__(self, edition: Edition, on: datetime.date, findings: Findings) -> None:
        self.edition = edition
        self.on = on
        self.findings = findings
        self.regions = Region.objects.in_bulk()
        self.is_first = not any(region.edition for region in self.regions.values())
        self.added: list[Region] = []
        self.changed: list[Region] = []
        self.reopened: list[Region] = []
        self.old_names: dict[str, tuple[str, str]] = {}

    def run(self) -> Tally:
        for territory in self.edition.territories.values():
            region = self.regions.get(territory.code)
            if region is None:
                self.add(territory)
            elif not is_same(region, territory):
                self.change(region, territory)
        gone = self.close_the_gone()
        Region.objects.save_all([*self.added, *self.changed, *gone], unique=["code"])
        follow_with_bodies(self.regions, self.old_names, [*gone, *self.reopened])
        stored = len(self.added) + len(self.changed)
        return Tally(
            stored=stored,
            unchanged=len(self.edition.territories) - stored + self.edition.repeated,
            refused=len(self.findings.refusals),
        )

    def add(self, territory: Territory) -> None:
        region = Region(code=territory.code, opened_on=None if self.is_first else self.on)
        take_over(region, territory)
        self.regions[region.code] = region
        self.added.append(region)
        if not self.is_first:
            self.tell(_("New: %(code)s %(name)s"), region)

    def change(self, region: Region, territory: Territory) -> None:
        old_names, old_parent, was_open = (region.name_kk, region.name_ru), region.parent_id, region.is_open
        is_known = bool(region.edition)
        take_over(region, territory)
        self.changed.append(region)
        if (region.name_kk, region.name_ru) != old_names:
            self.old_names[region.code] = old_names
            self.tell(_("Renamed: %(code)s %(name)s, before: %(old)s"), region, old=" / ".join(old_names))
        if is_known and region.parent_id != old_parent:
            self.tell(_("Moved: %(code)s %(name)s, now under %(parent)s"), region, parent=region.parent_id)
        if not was_open:
            self.reopened.append(region)
            self.tell(_("Back again: %(code)s %(name)s"), region)

    def close_the_gone(self) -> list[Region]:
        """Close what earlier editions had and this one has not; a refused row is not gone."""
        gone = [
            region
            for code, region in sorted(self.regions.items())
            if region.edition and region.is_open and code not in self.edition.seen
        ]
        successors = find_successors(gone, self.added)
        for region in gone:
            region.closed_on = self.on
            region.successor = region.successor or successors.get(region.code)
            if region.successor:
                self.tell(
                    _("Gone: %(code)s %(name)s, successor: %(successor)s"),
                    region,
                    successor=region.successor_id,
                )
            else:
                self.tell(_("Gone: %(code)s %(name)s, successor unknown"), region)
        return gone

    def tell(self, message: str, region: Region, **words: object) -> None:
        self.findings.changes.append(message % {"code": region.code, "name": region.name, **words})


def is_same(region: Region, territory: Territory) -> bool:
    return region.is_open and territory == Territory(
        region.code, region.parent_id, region.kind, region.print_kk, region.print_ru, region.edition
    )


def take_over(region: Region, territory: Territory) -> None:
    """Give the territory what the edition says; a full name stays while the classifier's print does."""
    was_printed = (region.print_kk, region.print_ru, region.kind)
    region.parent_id = territory.parent
    region.kind = territory.kind
    region.print_kk, region.print_ru = territory.print_kk, territory.print_ru
    region.edition = territory.edition
    region.closed_on = None
    is_new_print = was_printed != (region.print_kk, region.print_ru, region.kind)
    if not region.name_kk or (was_printed[0] and is_new_print):
        region.name_kk = naming.territory_kk(region.print_kk, region.kind)
        region.name_ru = naming.territory_ru(region.print_ru, region.kind)
    region.set_sort_keys()


def find_successors(gone: list[Region], added: list[Region]) -> dict[str, Region]:
    """Return for a gone territory the new one of the same kind and names, where there is no doubt.

    There is none when it is the only such one under the same or the succeeding parent, or in the country.
    """
    alike: defaultdict[tuple[str, ...], list[Region]] = defaultdict(list)
    for region in added:
        alike[likeness(region)].append(region)
    losses = Counter(likeness(region) for region in gone)
    found: dict[str, Region] = {}
    for region in sorted(gone, key=lambda region: KINDS.index(region.kind)):
        candidates = alike[likeness(region)]
        parents = {region.parent_id, found[region.parent_id].code if region.parent_id in found else None}
        near = [candidate for candidate in candidates if candidate.parent_id in parents]
        choice = near or (candidates if losses[likeness(region)] == 1 else [])
        if len(choice) == 1:
            found[region.code] = choice[0]
            candidates.remove(choice[0])
    return found


def likeness(region: Region) -> tuple[str, ...]:
    return region.kind, region.print_kk.casefold(), region.print_ru.casefold()


def follow_with_bodies(
    regions: dict[str, Region], old_names: dict[str, tuple[str, str]], turned: list[Region]
) -> None:
    """Give each territory that has local self-government its body, and let bodies follow their territories.

    `turned` are those that were closed or opened again. A name that a person has mended stays.
    """
    bodies = {body.region_id or "": body for body in Organisation.objects.local_executive()}
    for layer in BODY_LAYERS:
        missing = [
            new_body(region, nearest_body(region, regions, bodies))
            for region in regions.values()
            if region.kind in layer
            and region.is_open
            and region.code not in bodies
            and region.code != BAIKONUR
        ]
        Organisation.objects.bulk_create(missing, BATCH)
        bodies |= {body.region_id or "": body for body in missing}
    changed = {}
    for code, names in old_names.items():
        region, body = regions[code], bodies.get(code)
        if body and (body.name_kk, body.name_ru) == body_names(region.kind, *names):
            body.name_kk, body.name_ru = body_names(region.kind, region.name_kk, region.name_ru)
            changed[code] = body
    for region in turned:
        if body := bodies.get(region.code):
            body.is_active = region.is_open
            changed[region.code] = body
    Organisation.objects.bulk_update(changed.values(), ["name_kk", "name_ru", "is_active"], BATCH)


def new_body(region: Region, parent: Organisation | None) -> Organisation:
    name_kk, name_ru = body_names(region.kind, region.name_kk, region.name_ru)
    is_apparatus = region.kind in naming.APPARATUS_KINDS
    kind = Organisation.Kind.AKIM_APPARATUS if is_apparatus else Organisation.Kind.AKIMAT
    return Organisation(kind=kind, region=region, parent=parent, name_kk=name_kk, name_ru=name_ru)


def body_names(kind: str, name_kk: str, name_ru: str) -> tuple[str, str]:
    return naming.body_kk(name_kk, kind), naming.body_ru(name_ru, kind)


def nearest_body(
    region: Region, regions: dict[str, Region], bodies: dict[str, Organisation]
) -> Organisation | None:
    """Return the body of the nearest territory above that has one."""
    code = region.parent_id
    while code and code not in bodies:
        code = regions[code].parent_id
    return bodies.get(code or "")
