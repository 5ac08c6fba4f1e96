"""A whole data set: its catalogue, its areas and its values, read and validated before anything is stored."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from apps.goals.imports.catalogue import CatalogueEntry, Units, read_catalogue
from apps.goals.imports.layout import Folder, Words
from apps.goals.imports.observations import LIMITS, Key, Table, Value, mark_totals
from apps.organisations.importing import Findings
from apps.organisations.models import StatisticalArea

type SeriesKey = tuple[str, str, str]  # slug, code, unit


@dataclass(frozen=True)
class SeriesEntry:
    """The words of a series and of its unit."""

    name: Words
    unit: Words


@dataclass(frozen=True)
class DataSet:
    """What a folder holds; indicators by slug («1-2-1»), series by slug, code and unit."""

    catalogue: dict[str, CatalogueEntry]
    targets: dict[str, Words]
    areas: dict[str, StatisticalArea]
    series: dict[SeriesKey, SeriesEntry]
    values: dict[Key, Value]
    repeated: int
    fingerprint: str

    @cached_property
    def primary_series(self) -> dict[str, SeriesKey]:
        """The series that stands for each indicator: the one with the most totals, the first of equals."""
        totals = Counter(
            (key.slug, key.series, key.unit) for key, value in self.values.items() if value.is_total
        )
        best: dict[str, SeriesKey] = {}
        for series in self.series:
            if totals[series] > totals[best.setdefault(series[0], series)]:
                best[series[0]] = series
        return best

    def unit_of(self, slug: str) -> Words:
        """The unit of the primary series: by its column, and by the configuration where it has none."""
        series = self.primary_series.get(slug)
        return self.series[series].unit if series else self.catalogue[slug].unit


def read_opensdg(root: Path, findings: Findings, known_areas: Mapping[str, StatisticalArea]) -> DataSet:
    """Return the data set in the folder; raises BadInput where it cannot be taken at all."""
    folder = Folder(root, findings)
    catalogue = read_catalogue(folder)
    named = sorted(code for code in folder.codes("REF_AREA") if len(code) <= LIMITS["REF_AREA"])
    areas = {code: _area(folder, code) for code in named} | dict(known_areas)
    values: dict[Key, Value] = {}
    repeated = 0
    for slug in folder.tables:
        table = Table(folder, slug, areas, values)
        table.read()
        repeated += table.repeated
    mark_totals(values)
    return DataSet(
        catalogue=catalogue,
        targets={entry.target: _target(folder, entry.target) for entry in catalogue.values()},
        areas=areas,
        series=_series(folder, catalogue, values),
        values=values,
        repeated=repeated,
        fingerprint=folder.source.digest.hexdigest(),
    )


def _area(folder: Folder, code: str) -> StatisticalArea:
    """Return an area as the data set names it; «г_Лисаковск» is its spelling of «г.Лисаковск»."""
    words = folder.words("REF_AREA", code).fields("name")
    return StatisticalArea(code=code, **{field: text.replace("_", ".") for field, text in words.items()})


def _target(folder: Folder, code: str) -> Words:
    return folder.words("global_targets", f"{code.replace('.', '-')}-title")


def _series(
    folder: Folder, catalogue: dict[str, CatalogueEntry], values: dict[Key, Value]
) -> dict[SeriesKey, SeriesEntry]:
    units = Units(folder)
    keys = dict.fromkeys((key.slug, key.series, key.unit) for key in values)
    return {
        (slug, code, unit): SeriesEntry(
            name=folder.words("SERIES", code), unit=units.named(unit) if unit else catalogue[slug].unit
        )
        for slug, code, unit in keys
    }
