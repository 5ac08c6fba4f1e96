"""Reading the state classifier of territories (KATO) into validated rows.

The classifier has no column for the parent and none for the kind: both follow from the code, the level and
the abbreviation in the Russian name.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from apps.organisations.importing import BadInput, Findings, Source
from apps.organisations.models import Region

Kind = Region.Kind

COLUMNS = ("kato", "kato_version", "level", "type_code", "name_ru", "name_kk")
LEVELS = ("oblast", "district", "sub_district", "settlement")
CITY_TYPE = "1"
CODE = re.compile(r"[0-9]{9}")
LONGEST_TEXT = 200
OBLAST_CITY_MARK = re.compile(r"\sГ\.\s?А\.?$")
CODES = {
    "oblast": re.compile(r"[0-9]{2}0{7}"),
    "district": re.compile(r"[0-9]{2}(?!00)[0-9]{2}0{5}"),
    "sub_district": re.compile(r"[0-9]{4}(?!00)[0-9]{2}0{3}"),
    "settlement": re.compile(r"[0-9]{6}(?!000)[0-9]{3}"),
}
NO_SUB_DISTRICT = re.compile(r"[0-9]{4}00")
TOWN_MARK, CITY_DISTRICT_MARK = "г.", "район "
SUB_DISTRICT_MARKS = (
    (re.compile(r"(?:^|\s)с\.\s?о(?:\.|$|\s)"), Kind.RURAL_OKRUG),
    (re.compile(r"(?:^|\s)с\.\s?а(?:\.|$|\s)"), Kind.VILLAGE_ADMINISTRATION),
    (re.compile(r"(?:^|\s)п\.\s?а(?:\.|$|\s)"), Kind.SETTLEMENT_ADMINISTRATION),
    (re.compile(r"(?:^|\s)г\.\s?а(?:\.|$|\s)"), Kind.TOWN_ADMINISTRATION),
    (re.compile(r"(?:^|\s)р\.\s?а(?:\.|$|\s)|^район\s|\sрайон$", re.IGNORECASE), Kind.CITY_DISTRICT),
    (re.compile(r"^г\."), Kind.CITY_PROPER),
)


@dataclass(frozen=True)
class Territory:
    """One validated row of the classifier."""

    code: str
    parent: str | None
    kind: str
    print_kk: str
    print_ru: str
    edition: str


@dataclass
class Edition:
    """A whole edition of the classifier.

    `seen` also holds the codes of refused rows, and those that rows without a parent say they belong to.
    """

    territories: dict[str, Territory] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    repeated: int = 0
    fingerprint: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the file as printed, without superfluous blanks."""

    line: int
    kato: str
    kato_version: str
    level: str
    type_code: str
    name_ru: str
    name_kk: str

    def says_the_same(self, other: "Row") -> bool:
        return replace(self, line=other.line) == other


def read_kato(path: Path, findings: Findings) -> Edition:
    """Return the edition in the file; raises BadInput where it holds none."""
    source = Source(path.parent, findings)
    edition = Edition()
    rows = _read_rows(source, path, findings, edition)
    named: set[str] = set()
    for row in sorted(rows.values(), key=lambda row: LEVELS.index(row.level)):
        parent = _parent(row, rows, edition.seen)
        above = edition.territories.get(parent or "")
        kind = _kind(row, above)
        if parent and not above:
            named.update(_codes_above(row))
            reason = _("code %(code)s: the row of its parent territory is missing or refused") % {
                "code": row.kato
            }
            findings.refuse(path.name, row.line, reason)
        elif kind is None:
            reason = _("«%(name)s»: the kind of territory is unknown") % {"name": row.name_ru}
            findings.refuse(path.name, row.line, reason)
        else:
            edition.territories[row.kato] = Territory(
                row.kato, parent, kind, row.name_kk, row.name_ru, row.kato_version
            )
    if not edition.territories:
        raise BadInput(_("%(file)s: no row can be stored.") % {"file": path.name})
    edition.seen |= named
    edition.fingerprint = source.digest.hexdigest()
    return edition


def _read_rows(source: Source, path: Path, findings: Findings, edition: Edition) -> dict[str, Row]:
    """Return the well-formed rows by code; of rows with one code the first stands."""
    rows: dict[str, Row] = {}
    table = source.table(path)
    header = [cell.strip() for cell in next(table, (1, [""]))[1]]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise BadInput(
            _("%(file)s is not the classifier of territories. Missing columns: %(columns)s.")
            % {"file": path.name, "columns": ", ".join(missing)}
        )
    place = header.index("kato")
    for line, cells in table:
        if not any(cell.strip() for cell in cells):
            findings.note(path.name, line, _("the row is blank"))
            continue
        if len(cells) != len(header):
            numbers = {"found": len(cells), "expected": len(header)}
            findings.refuse(path.name, line, _("cells: %(found)s, columns: %(expected)s") % numbers)
            edition.seen.update(cell.strip() for cell in cells[place : place + 1])
            continue
        printed = {column: cell for column, cell in zip(header, cells, strict=True) if column in COLUMNS}
        trimmed = {column: " ".join(cell.split()) for column, cell in printed.items()}
        if trimmed != printed:
            findings.note(path.name, line, _("superfluous blanks in a cell"))
        row = Row(line, **trimmed)
        first = rows.setdefault(row.kato, row)
        edition.seen.add(row.kato)
        if fault := _fault(row):
            if first is row:
                del rows[row.kato]
            findings.refuse(path.name, line, fault)
        elif first is row:
            continue
        elif first.says_the_same(row):
            edition.repeated += 1
            findings.note(path.name, line, _("the row repeats line %(line)s") % {"line": first.line})
        else:
            words = {"code": row.kato, "line": first.line}
            reason = _("code %(code)s is there with other words in line %(line)s, which stands") % words
            findings.refuse(path.name, line, reason)
    return rows


def _fault(row: Row) -> str:
    """Say what keeps the row from being stored, if anything does."""
    if not CODE.fullmatch(row.kato):
        return _("«%(code)s» is not a code of nine digits") % {"code": row.kato}
    if row.level not in LEVELS:
        return _("the level «%(level)s» is unknown") % {"level": row.level}
    if not CODES[row.level].fullmatch(row.kato):
        words = {"code": row.kato, "level": row.level}
        return _("the code %(code)s is none of the level «%(level)s»") % words
    if not (row.name_kk and row.name_ru and row.kato_version):
        return _("a name or the edition is empty")
    if max(len(row.name_kk), len(row.name_ru), len(row.kato_version)) > LONGEST_TEXT:
        return _("a name or the edition is longer than %(length)s letters") % {"length": LONGEST_TEXT}
    return ""


def _parent(row: Row, rows: dict[str, Row], seen: set[str]) -> str | None:
    """Return the code of the territory above: AB0000000 ← ABCD00000 ← ABCDEF000 ← HIJ.

    No level is skipped because its row is missing or refused: then the row has no parent to stand under.
    """
    above = _codes_above(row, in_city=_is_in_republican_city(row, rows))
    return next((code for code in above if code in seen), above[0] if above else None)


def _codes_above(row: Row, *, in_city: bool = False) -> list[str]:
    """Return the codes under which the row may stand, the nearest first.

    Cities of republican significance have no districts between. Villages around an oblast city stand under
    it without an okrug, which their digits say (ABCD00HIJ); some towns of raions have no administration of
    their own; the districts of Aktobe and Taraz stand under the city proper (ABCDE0000).
    """
    digits: tuple[int, ...] = {"oblast": (), "district": (2,)}.get(row.level, (2,) if in_city else (4,))
    if row.level == "settlement" and not NO_SUB_DISTRICT.match(row.kato):
        digits = (6,)
        if row.name_ru.startswith(CITY_DISTRICT_MARK):
            digits = (6, 5)
        elif row.name_ru.startswith(TOWN_MARK):
            digits = (6, 5, 4)
    return [row.kato[:count].ljust(len(row.kato), "0") for count in digits]


def _is_in_republican_city(row: Row, rows: dict[str, Row]) -> bool:
    oblast = rows.get(row.kato[:2].ljust(len(row.kato), "0"))
    return oblast is not None and oblast.type_code == CITY_TYPE


def _kind(row: Row, above: Territory | None) -> str | None:
    """Tell the kind by level and abbreviation.

    Karaganda's two districts stand on the sub-district level, as do those of Astana, Almaty and Shymkent;
    those of Aktobe and Taraz stand on the level of settlements, under the city itself.
    """
    if row.level == "oblast":
        return Kind.REPUBLICAN_CITY if row.type_code == CITY_TYPE else Kind.OBLAST
    if row.level == "district":
        return Kind.OBLAST_CITY if OBLAST_CITY_MARK.search(row.name_ru) else Kind.RAION
    if row.level == "sub_district":
        return next((kind for mark, kind in SUB_DISTRICT_MARKS if mark.search(row.name_ru)), None)
    in_city = above is not None and above.kind == Kind.CITY_PROPER
    return Kind.CITY_DISTRICT if in_city and row.name_ru.startswith(CITY_DISTRICT_MARK) else Kind.SETTLEMENT
