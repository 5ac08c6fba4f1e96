"""Storing a validated data set: the catalogue, the areas, the series, and values that are new or changed."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.goals.fixtures import directions
from apps.goals.imports import DataSet
from apps.goals.imports.catalogue import CatalogueEntry
from apps.goals.imports.layout import LANGUAGES, Words
from apps.goals.imports.observations import Key, Value
from apps.goals.models import Indicator, Observation, Series, Target, code_order
from apps.goals.texts import Texts
from apps.organisations.importing import Findings, Tally
from apps.organisations.models import StatisticalArea

type Place = tuple[int, str, int, str]  # series, area, year, breakdown


class StatisticsUpdate:
    """One data set being taken over; `run` stores it and returns the count of its rows."""

    def __init__(self, data: DataSet, findings: Findings) -> None:
        self.data = data
        self.findings = findings

    def run(self) -> Tally:
        self.save_areas()
        self.save_catalogue()
        self.save_series()
        stored = self.save_values()
        return Tally(
            stored=stored,
            unchanged=len(self.data.values) - stored + self.data.repeated,
            refused=len(self.findings.refusals),
        )

    def save_areas(self) -> None:
        """Add the areas that are new; those that are known keep their names, regions and years."""
        StatisticalArea.objects.bulk_create(self.data.areas.values(), ignore_conflicts=True)
        self.areas = StatisticalArea.objects.in_bulk()

    def save_catalogue(self) -> None:
        """Take over targets and indicators; the direction is the portal's own and stays."""
        targets = Target.objects.in_bulk()
        texts = Texts(Target, self.findings)
        rows = [
            texts.take_over(
                Target(code=code, goal_id=int(code.split(".")[0]), order=code_order(code)),
                targets.get(code),
                code,
                title.fields("title"),
            )
            for code, title in self.data.targets.items()
        ]
        texts.tell_kept()
        Target.objects.save_all(rows, unique=["code"])
        self.save_indicators()

    def save_indicators(self) -> None:
        known = {indicator.code: indicator for indicator in Indicator.objects.all()}
        texts = Texts(Indicator, self.findings)
        known_directions = directions()
        rows = [
            texts.take_over(
                Indicator(
                    code=entry.code,
                    target_id=entry.target,
                    order=code_order(entry.code),
                    reporting_status=entry.reporting_status,
                    is_national=entry.is_national,
                    direction=known_directions.get(entry.code, Indicator.Direction.NONE),
                ),
                known.get(entry.code),
                entry.code,
                title_of(entry, known.get(entry.code)).fields("title")
                | entry.global_title.fields("global_title")
                | self.data.unit_of(slug).fields("unit")
                | entry.source.fields("source"),
            )
            for slug, entry in self.data.catalogue.items()
        ]
        texts.tell_kept()
        Indicator.objects.save_all(rows, unique=["code"], keep=["direction"])
        by_code = dict(Indicator.objects.values_list("code", "pk"))
        self.indicators = {slug: by_code[entry.code] for slug, entry in self.data.catalogue.items()}

    def save_series(self) -> None:
        known = {
            (series.indicator_id, series.code, series.unit_code): series
            for series in Series.objects.filter(indicator__in=self.indicators.values())
        }
        positions = Counter(indicator for indicator, _code, _unit in known)
        with_primary = {series.indicator_id for series in known.values() if series.is_primary}
        texts = Texts(Series, self.findings)
        rows = []
        for (slug, code, unit), entry in self.data.series.items():
            indicator = self.indicators[slug]
            series = before = known.get((indicator, code, unit))
            if series is None:
                positions[indicator] += 1
                series = Series(
                    indicator_id=indicator, code=code, unit_code=unit, position=positions[indicator]
                )
                series.is_primary = indicator not in with_primary and self.data.primary_series[slug] == (
                    slug,
                    code,
                    unit,
                )
            label = " ".join(filter(None, (self.data.catalogue[slug].code, code, unit)))
            texts.take_over(series, before, label, entry.name.fields("name") | entry.unit.fields("unit"))
            series.retrieved_on = timezone.localdate()
            rows.append(series)
        texts.tell_kept()
        Series.objects.save_all(rows, unique=["indicator", "code", "unit_code"])
        keys = Series.objects.values_list("indicator", "code", "unit_code", "pk")
        by_key = {(indicator, code, unit): pk for indicator, code, unit, pk in keys}
        self.series = {key: by_key[self.indicators[key[0]], *key[1:]] for key in self.data.series}

    def save_values(self) -> int:
        """Store what is new or differs, tell of changes and losses, and return how many were stored."""
        known = {
            (series, area, year, breakdown): (value, region, is_total)
            for series, area, year, breakdown, value, region, is_total in Observation.objects.filter(
                series__in=self.series.values()
            ).values_list("series", "area_code", "year", "breakdown", "value", "region", "is_total")
        }
        changed = []
        for key, value in self.data.values.items():
            row = self.observation(key, value)
            before = known.pop((row.series_id, row.area_code, row.year, row.breakdown), None)
            if before != (row.value, row.region_id, row.is_total):
                changed.append(row)
                if before and before[0] != row.value:
                    self.tell_changed(key, before[0], row.value)
        self.tell_lost(known)
        self.tell_lost_tables()
        Observation.objects.save_all(changed, unique=["series", "area_code", "year", "breakdown"])
        return len(changed)

    def observation(self, key: Key, value: Value) -> Observation:
        area = self.areas.get(key.area)
        return Observation(
            series_id=self.series[key.slug, key.series, key.unit],
            area_code=key.area,
            region_id=area.region_id if area and area.is_valid_in(key.year) else None,
            year=key.year,
            breakdown=key.breakdown,
            value=value.number,
            is_total=value.is_total,
        )

    def tell_changed(self, key: Key, before: Decimal, after: Decimal) -> None:
        words = {
            "code": self.data.catalogue[key.slug].code,
            "place": " ".join(filter(None, (key.series, key.area, str(key.year), key.breakdown))),
            "before": f"{before.normalize():f}",
            "after": f"{after.normalize():f}",
        }
        self.findings.changes.append(_("%(code)s, %(place)s: %(before)s → %(after)s") % words)

    def tell_lost(self, lost: Iterable[Place]) -> None:
        """Tell how many stored values of each indicator the data set has no longer; they are kept."""
        codes = {pk: self.data.catalogue[slug].code for (slug, *_rest), pk in self.series.items()}
        for code, count in Counter(codes[series] for series, *_place in lost).items():
            words = {"code": code, "count": count}
            self.findings.changes.append(
                _("%(code)s: values no longer in the data set, kept: %(count)s") % words
            )

    def tell_lost_tables(self) -> None:
        """Tell of series and whole tables that the data set has no longer; their values are kept."""
        present = {self.data.catalogue[slug].code for slug, _code, _unit in self.data.series}
        lost = Observation.objects.exclude(series__in=self.series.values()).order_by(
            "series__indicator__order"
        )
        counts = lost.values_list("series__indicator__code").annotate(count=Count("pk"))
        for code, count in counts:
            words = {"code": code, "count": count}
            self.findings.changes.append(
                _("%(code)s: series no longer in the data set, values kept: %(count)s") % words
                if code in present
                else _("%(code)s: the table is no longer in the data set, values kept: %(count)s") % words
            )


def title_of(entry: CatalogueEntry, before: Indicator | None) -> Words:
    """Return the national title; in a language that never had one, the global title."""
    stand_in = {}
    for language in LANGUAGES:
        known = getattr(before, f"title_{language}") if before else ""
        is_national = known and known != getattr(before, f"global_title_{language}")
        stand_in[language] = "" if is_national else getattr(entry.global_title, language)
    return entry.title.filled_from(Words(**stand_in))
