"""Plan the reminders that are due: a second trigger beside beat, and the planner at any moment one names."""

import argparse
import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.deadlines import planner
from sdgportal.commands import add_operator, person_who_may

YEARS = range(2000, 2101)  # beyond them a day cannot be counted back from, or holidays are not known


def moment(text: str) -> datetime.datetime:
    """Read a moment of ISO 8601; without a zone it is Asia/Almaty's."""
    try:
        value = parse_datetime(text)
    except ValueError:
        value = None
    if value is None or value.year not in YEARS:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment such as 2027-01-14T09:00:00+05:00")
    return timezone.make_aware(value) if timezone.is_naive(value) else value


class Command(BaseCommand):
    help = "Write the reminders due by a moment, and their letters into the outbox; prints how many letters."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--now", type=moment, help="as if it were this moment (2027-01-14T09:00:00+05:00); now by default"
        )
        add_operator(parser)

    def handle(
        self, *_args: Any, now: datetime.datetime | None, actor: str | None = None, **_options: Any
    ) -> None:
        if actor:
            person_who_may(actor)
        self.stdout.write(f"reminders {planner.plan(now or timezone.now())}")
