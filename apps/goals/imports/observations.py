"""The tables of values: every row is taken, found equal, or refused with its place and reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal

from django.utils.translation import gettext as _

from apps.goals.imports.layout import Folder
from apps.goals.models import VALUE_PLACES, Observation
from apps.organisations.importing import BadInput
from apps.organisations.models import StatisticalArea

YEAR = re.compile(r"(?:19|20)[0-9]{2}")
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
EXACT = Context(prec=15)  # what a binary number holds exactly, and all that SQLite keeps
SMALLEST = Decimal(1).scaleb(-VALUE_PLACES)
LARGEST = Decimal(10) ** 12
TOTAL = "_T"
OLD_NAMES = {"Units": "UNIT_MEASURE"}
OWN_COLUMNS = ("Year", "Value", "REF_AREA", "SERIES", "UNIT_MEASURE")
REPEATED_COLUMNS = ("GeoCode",)  # the area once more, as the map numbers it
LIMITS = {"SERIES": 60, "UNIT_MEASURE": 60, "REF_AREA": 20}
LONGEST_BREAKDOWN = 250


@dataclass(frozen=True)
class Key:
    """What there can be only one value of."""

    slug: str
    series: str
    unit: str
    area: str
    year: int
    breakdown: str


@dataclass
class Value:
    """The value of a key, as normalised and as printed in its line."""

    number: Decimal
    printed: str
    line: int
    is_total: bool = False


class Refused(Exception):
    """One row cannot be stored; the message says why."""


class Table:
    """One table being read into `values`; equal repetitions are counted in `repeated`."""

    def __init__(
        self, folder: Folder, slug: str, areas: Mapping[str, StatisticalArea], values: dict[Key, Value]
    ) -> None:
        self.folder = folder
        self.slug = slug
        self.name = folder.source.name(folder.tables[slug])
        self.areas = areas
        self.values = values
        self.repeated = 0
        self.named_codes: dict[str, set[str]] = {}

    def read(self) -> None:
        rows = self.folder.rows(self.slug)
        self.read_header(next(rows, (1, []))[1])
        for line, cells in rows:
            if not any(cell.strip() for cell in cells):
                self.note(line, _("the row is blank"))
                continue
            try:
                self.keep(line, *self.read_row(line, cells))
            except Refused as reason:
                self.folder.findings.refuse(self.name, line, str(reason))

    def note(self, line: int, text: str) -> None:
        self.folder.findings.note(self.name, line, text)

    def read_header(self, cells: list[str]) -> None:
        self.header = [OLD_NAMES.get(cell.strip(), cell.strip()) for cell in cells]
        names = [name for name in self.header if name]
        if missing := [column for column in ("Year", "Value") if column not in names]:
            words = {"file": self.name, "columns": ", ".join(missing)}
            raise BadInput(_("%(file)s, line 1: missing columns: %(columns)s.") % words)
        if len(set(names)) < len(names):
            raise BadInput(_("%(file)s, line 1: two columns have one name.") % {"file": self.name})
        if len(names) < len(self.header):
            self.note(1, _("columns without a name"))
        self.width = max(position for position, name in enumerate(self.header, start=1) if name)
        for name in names:
            if self.folder.names_group(name):
                self.named_codes[name] = self.folder.codes(name)
            elif name not in OWN_COLUMNS + REPEATED_COLUMNS:
                self.note(1, _("the column «%(column)s» has no translations") % {"column": name})

    def read_row(self, line: int, cells: list[str]) -> tuple[Key, Value]:
        row = self.cells_by_name(line, cells)
        year, printed = row.pop("Year"), row.pop("Value")
        if not YEAR.fullmatch(year):
            raise Refused(_("«%(year)s» is not a year") % {"year": year})
        number = self.read_number(line, printed)
        self.note_unnamed_codes(line, row)
        area = self.read_area(line, row.pop("REF_AREA", ""), int(year))
        key = Key(
            slug=self.slug,
            series=row.pop("SERIES", ""),
            unit=row.pop("UNIT_MEASURE", ""),
            area=area,
            year=int(year),
            breakdown=Observation.breakdown_of(row),
        )
        if len(key.breakdown) > LONGEST_BREAKDOWN:
            raise Refused(_("the dimensions are too long"))
        return key, Value(number, printed, line)

    def cells_by_name(self, line: int, cells: list[str]) -> dict[str, str]:
        if len(cells) < self.width or any(cell.strip() for cell in cells[len(self.header) :]):
            numbers = {"found": len(cells), "expected": self.width}
            raise Refused(_("cells: %(found)s, columns: %(expected)s") % numbers)
        row = {}
        for name, cell in zip(self.header, cells, strict=False):
            text = cell.strip()
            if text and not name:
                raise Refused(_("«%(text)s» stands in a column without a name") % {"text": text})
            if text != cell:
                self.note(line, _("superfluous blanks in a cell"))
            if name and name not in REPEATED_COLUMNS:
                row[name] = text
        for name, limit in LIMITS.items():
            if len(row.get(name, "")) > limit:
                raise Refused(_("the code in the column «%(column)s» is too long") % {"column": name})
        return row

    def read_number(self, line: int, printed: str) -> Decimal:
        if not printed:
            raise Refused(_("the value is empty"))
        if not NUMBER.fullmatch(printed):
            raise Refused(_("«%(value)s» is not a number") % {"value": printed})
        if abs(Decimal(printed)) >= LARGEST:
            raise Refused(_("the value %(value)s is too large") % {"value": printed})
        if "e" in printed.lower():
            self.note(line, _("the number is in scientific notation"))
        number = EXACT.create_decimal(printed).quantize(SMALLEST) + 0
        if number != Decimal(printed):
            self.note(line, _("the number has more digits than are kept"))
        return number

    def read_area(self, line: int, code: str, year: int) -> str:
        """Return the area's code, empty for the republic."""
        if code in ("", TOTAL):
            return ""
        if code not in self.areas:
            raise Refused(_("the area «%(code)s» is named nowhere") % {"code": code})
        area = self.areas[code]
        if not area.is_valid_in(year):
            self.note(
                line,
                _("the area «%(code)s» is not valid in the year: kept without a region") % {"code": code},
            )
        elif not area.is_formed_in(year):
            words = {"code": code, "year": area.formed_in_year}
            self.note(line, _("the area «%(code)s» exists since %(year)s: kept as a recalculation") % words)
        return code

    def note_unnamed_codes(self, line: int, row: dict[str, str]) -> None:
        for column, codes in self.named_codes.items():
            code = row.get(column)
            if code and column != "REF_AREA" and code not in codes:
                words = {"column": column, "code": code}
                self.note(line, _("the code «%(code)s» in the column «%(column)s» is named nowhere") % words)

    def keep(self, line: int, key: Key, value: Value) -> None:
        first = self.values.setdefault(key, value)
        if first is value:
            return
        words = {"line": first.line, "first": first.printed, "value": value.printed}
        if first.number != value.number:
            raise Refused(
                _("the value %(value)s conflicts with line %(line)s, where %(first)s stands") % words
            )
        self.repeated += 1
        self.note(line, _("the row repeats line %(line)s") % words)


def mark_totals(values: dict[Key, Value]) -> None:
    """Mark one total of each series, area and year: the row without dimensions, else one that says «_T»."""
    seen: set[tuple[str, str, str, str, int]] = set()
    for key, value in sorted(values.items(), key=lambda item: len(item[0].breakdown)):
        place = (key.slug, key.series, key.unit, key.area, key.year)
        codes = [part.partition("=")[2] for part in key.breakdown.split(";") if part]
        value.is_total = all(code == TOTAL for code in codes) and place not in seen
        if value.is_total:
            seen.add(place)
