"""`manage.py import_opensdg FOLDER`: take over official statistics in the Open SDG layout."""

from pathlib import Path
from typing import Any

from apps.goals import fixtures
from apps.goals.imports import DataSet, read_opensdg
from apps.goals.statistics import StatisticsUpdate
from apps.organisations.fixtures import known_areas
from apps.organisations.importing import Findings, ImportCommand, Tally


class Command(ImportCommand[DataSet]):
    help = "Read official SDG statistics from a folder in the Open SDG layout."
    source_help = "the folder with data, indicator-config, meta and translations"

    def read(self, source: Path, findings: Findings) -> DataSet:
        return read_opensdg(source, findings, known_areas())

    def store(self, data: DataSet, findings: Findings, **options: Any) -> Tally:
        fixtures.load()
        return StatisticsUpdate(data, findings).run()
