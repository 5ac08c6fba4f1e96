"""Indicators, targets and units out of the configuration, metadata and translations of a data set."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from apps.goals.imports.layout import Folder, Words, plain
from apps.goals.models import Indicator
from apps.organisations.importing import BadInput

NUMBER = re.compile(r"(?:[1-9]|1[0-7])(?:\.[0-9a-z]{1,2}){2,4}")
NATIONAL = ("customisation-3", "customisation-4")  # an alternative or an additional national indicator


@dataclass(frozen=True)
class CatalogueEntry:
    """One indicator with its target; the title is the national one, empty where there is none."""

    code: str
    title: Words
    global_title: Words
    unit: Words
    source: Words
    reporting_status: str
    is_national: bool

    @property
    def target(self) -> str:
        return ".".join(self.code.split(".")[:2])


@dataclass
class Units:
    """Units by their codes, and by their Russian words where a data set gives only those."""

    folder: Folder
    codes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code in self.folder.codes("UNIT_MEASURE"):
            self.codes.setdefault(squeeze(self.named(code).ru), code)

    def named(self, code: str) -> Words:
        return self.folder.words("UNIT_MEASURE", code)

    def configured(self, reference: Any) -> Words:
        """Return the unit behind «UNIT_MEASURE.PT» or «data.тыс.тенге»."""
        group, _dot, key = plain(reference).partition(".")
        if group != "data":
            return self.folder.words(group, key)
        text = " ".join(key.split())
        code = self.codes.get(squeeze(text))
        return self.named(code) if code else Words(ru=text)


def squeeze(text: str) -> str:
    return "".join(text.casefold().split())


def read_catalogue(folder: Folder) -> dict[str, CatalogueEntry]:
    """Return the indicators by slug («1-2-1»): those with a configuration, and those with data alone."""
    units = Units(folder)
    slugs = dict.fromkeys([*folder.configs, *folder.tables])
    for slug in slugs:
        if slug not in folder.configs:
            folder.findings.note(
                folder.source.name(folder.tables[slug]), 1, _("the indicator has no configuration")
            )
    catalogue = {slug: _entry(folder, units, slug) for slug in slugs}
    by_code: dict[str, str] = {}
    for slug, entry in catalogue.items():
        if by_code.setdefault(entry.code, slug) != slug:
            raise BadInput(
                _("Two indicators have the number %(code)s: %(first)s and %(second)s.")
                % {"code": entry.code, "first": by_code[entry.code], "second": slug}
            )
    return catalogue


def _entry(folder: Folder, units: Units, slug: str) -> CatalogueEntry:
    config = folder.mapping(folder.configs.get(slug))
    meta = folder.mapping(folder.metas.get(slug))
    code = plain(config.get("indicator_number")) or slug.replace("-", ".")
    if not NUMBER.fullmatch(code):
        path = folder.configs.get(slug) or folder.tables[slug]
        raise BadInput(
            _("%(file)s: «%(code)s» is not the number of an indicator.")
            % {"file": folder.source.name(path), "code": code}
        )
    status = plain(config.get("reporting_status"))
    return CatalogueEntry(
        code=code,
        title=folder.words("national_indicators", f"{slug}-title"),
        global_title=folder.words("global_indicators", f"{slug}-title"),
        unit=units.configured(config.get("computation_units")),
        source=_source(folder, meta),
        reporting_status=status
        if status in Indicator.ReportingStatus
        else Indicator.ReportingStatus.COMPLETE,
        is_national=plain(meta.get("customisation")).endswith(NATIONAL),
    )


def _source(folder: Folder, meta: dict[str, Any]) -> Words:
    """Return who compiles the indicator and from which survey or records."""
    parts = [folder.resolve(meta.get(name)) for name in ("source_compilation_1", "source_data_1")]
    return Words(
        kk="; ".join(part.kk for part in parts if part.kk),
        ru="; ".join(part.ru for part in parts if part.ru),
        en="; ".join(part.en for part in parts if part.en),
    )
