"""`manage.py open_year 2026`: open the reports of a reporting year, once or any number of times."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.monitoring.campaign import open_year

# The recommendations are of October 2024: no earlier year could be reported on.
FIRST_YEAR, LAST_YEAR = 2024, 2099


def reporting_year(text: str) -> int:
    """Read the reporting year; raises ArgumentTypeError for anything that is no such year."""
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text!r} is no reporting year ({FIRST_YEAR} to {LAST_YEAR})")
    return int(text)


def person_who_may(email: str) -> User:
    """Return the person with that address who may open a year; raises CommandError where there is none."""
    person = User.objects.filter(email=User.objects.normalize_email(email)).first()
    if person is None or not person.has_perm("monitoring.open_year"):
        raise CommandError(_("{email} has no right to open a reporting year.").format(email=email))
    return person


class Command(BaseCommand):
    help = "Open the monitoring reports of the twenty regions for a reporting year, with lines and dates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=reporting_year, help="the reporting year, such as 2026")
        parser.add_argument("--as", dest="actor", metavar="EMAIL", help="who answers for it in the history")

    def handle(self, *_args: Any, year: int, actor: str | None = None, **_options: Any) -> None:
        opened = open_year(year, person_who_may(actor) if actor else None)
        self.stdout.write(f"reports {opened.reports} deadlines {opened.deadlines} followed {opened.followed}")
