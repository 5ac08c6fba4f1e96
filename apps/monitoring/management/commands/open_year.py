"""`manage.py open_year 2026`: open the reports of a reporting year, once or any number of times."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.monitoring.campaign import open_year
from sdgportal.commands import add_operator, person_who_may

# The recommendations are of October 2024: no earlier year could be reported on.
FIRST_YEAR, LAST_YEAR = 2024, 2099


def reporting_year(text: str) -> int:
    """Read the reporting year; raises ArgumentTypeError for anything that is no such year."""
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text!r} is no reporting year ({FIRST_YEAR} to {LAST_YEAR})")
    return int(text)


class Command(BaseCommand):
    help = "Open the monitoring reports of the twenty regions for a reporting year, with lines and dates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=reporting_year, help="the reporting year, such as 2026")
        add_operator(parser, "the ministry’s administrator may as well")

    def handle(self, *_args: Any, year: int, actor: str | None = None, **_options: Any) -> None:
        opened = open_year(year, person_who_may(actor, "monitoring.open_year") if actor else None)
        self.stdout.write(f"reports {opened.reports} deadlines {opened.deadlines} followed {opened.followed}")
