"""Bringing the tree of territories to a new edition of the classifier.

Nothing is deleted: what the edition no longer has is closed, with its successor where that is beyond doubt.
"""

import datetime
from collections import Counter, defaultdict

from django.utils.translation import gettext as _

from apps.organisations import naming
from apps.organisations.bodies import OldNames, follow_with_bodies
from apps.organisations.importing import BadInput, Findings, Tally
from apps.organisations.imports import Edition, Territory
from apps.organisations.models import Region

KINDS = [str(kind) for kind in Region.Kind]  # from the oblast down to the settlement
USUAL_LOSSES = 100  # one territory in so many may be gone: more is no reform but a file cut short


class TreeUpdate:
    """One edition being taken over; `run` stores it and returns the count of its rows.

    It closes no region that reports and not many territories at once, unless up to `accepted` are allowed.
    """

    def __init__(
        self, edition: Edition, on: datetime.date, findings: Findings, accepted: int | None = None
    ) -> None:
        self.edition = edition
        self.on = on
        self.accepted = accepted
        self.findings = findings
        self.regions = Region.objects.in_bulk()
        self.is_first = not any(region.edition for region in self.regions.values())
        self.added: list[Region] = []
        self.changed: list[Region] = []
        self.reopened: list[Region] = []
        self.old_names: OldNames = {}

    def run(self) -> Tally:
        """Store the edition; raises BadInput where it would close more than is usual or allowed."""
        gone = self.find_the_gone()
        self.tell_new_labels()
        for territory in self.edition.territories.values():
            region = self.regions.get(territory.code)
            if region is None:
                self.add(territory)
            elif not is_same(region, territory):
                self.change(region, territory)
        self.close(gone)
        Region.objects.save_all([*self.added, *self.changed, *gone], unique=["code"])
        follow_with_bodies(self.regions, self.old_names, [*gone, *self.reopened])
        stored = len(self.added) + len(self.changed)
        return Tally(
            stored=stored,
            unchanged=len(self.edition.territories) - stored + self.edition.repeated,
            refused=len(self.findings.refusals),
        )

    def find_the_gone(self) -> list[Region]:
        """Return what earlier editions had and this one has not; a refused row is not gone."""
        known = [
            region for _code, region in sorted(self.regions.items()) if region.edition and region.is_open
        ]
        gone = [region for region in known if region.code not in self.edition.seen]
        reporting = [region.code for region in gone if region.is_reporting]
        is_usual = not reporting and len(gone) * USUAL_LOSSES <= len(known)
        if is_usual if self.accepted is None else len(gone) <= self.accepted:
            return gone
        words = {"gone": len(gone), "known": len(known), "regions": ", ".join(reporting) or "–"}
        raise BadInput(
            _(
                "The file lacks %(gone)s of the %(known)s territories that are open; regions among them: "
                "%(regions)s. Nothing was changed. If they are really gone, add --accept-losses %(gone)s."
            )
            % words
        )

    def tell_new_labels(self) -> None:
        """Tell which edition follows which; a first import follows none."""
        labels = Counter(
            (self.regions[code].edition, territory.edition)
            for code, territory in self.edition.territories.items()
            if code in self.regions
        )
        for (before, after), count in labels.items():
            if before and before != after:
                words = {"before": before, "after": after, "count": count}
                self.findings.changes.append(_("Edition: %(before)s → %(after)s, rows: %(count)s") % words)

    def add(self, territory: Territory) -> None:
        region = Region(code=territory.code, opened_on=None if self.is_first else self.on)
        take_over(region, territory)
        self.regions[region.code] = region
        self.added.append(region)
        if not self.is_first:
            self.tell(_("New: %(code)s %(name)s"), region)

    def change(self, region: Region, territory: Territory) -> None:
        old_names, old_kind = (region.name_kk, region.name_ru), region.kind
        old_parent, was_open, is_known = region.parent_id, region.is_open, bool(region.edition)
        take_over(region, territory)
        self.changed.append(region)
        names = (region.name_kk, region.name_ru)
        if region.kind != old_kind:
            words = {"old": Region.Kind(old_kind).label, "new": Region.Kind(region.kind).label}
            self.tell(_("Another kind: %(code)s %(name)s, %(old)s → %(new)s"), region, **words)
        if names != old_names:
            self.old_names[region.code] = (old_kind, *old_names)
            renamed = [f"{old} → {new}" for old, new in zip(old_names, names, strict=True) if old != new]
            self.tell(_("Renamed: %(code)s %(names)s"), region, names="; ".join(renamed))
        if is_known and region.parent_id != old_parent:
            self.tell(_("Moved: %(code)s %(name)s, now under %(parent)s"), region, parent=region.parent_id)
        if not was_open:
            self.reopened.append(region)
            self.tell(_("Back again: %(code)s %(name)s"), region)

    def close(self, gone: list[Region]) -> None:
        """Close the territories, each with its successor where that is known."""
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
