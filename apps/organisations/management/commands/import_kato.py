"""`manage.py import_kato FILE`: take over an edition of the classifier of territories."""

import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from apps.organisations import fixtures
from apps.organisations.edition import TreeUpdate
from apps.organisations.importing import Findings, ImportCommand, Tally
from apps.organisations.imports import Edition, read_kato
from sdgportal.commands import how_many


class Command(ImportCommand[Edition]):
    help = "Read the classifier of administrative territories (KATO) and bring the tree to that edition."
    source_help = "the classifier as CSV: kato, kato_version, level, type_code, name_ru, name_kk"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--on",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day from which changes hold (today)",
        )
        parser.add_argument(
            "--accept-losses",
            type=how_many,
            metavar="N",
            help="close up to N territories that the file lacks, regions too (1 in 100, and no region)",
        )

    def read(self, source: Path, findings: Findings) -> Edition:
        return read_kato(source, findings)

    def store(self, data: Edition, findings: Findings, **options: Any) -> Tally:
        fixtures.load()
        on = options["on"] or timezone.localdate()
        return TreeUpdate(data, on, findings, options["accept_losses"]).run()
