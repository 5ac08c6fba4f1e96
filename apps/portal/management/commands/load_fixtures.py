"""`manage.py load_fixtures`: regions, bodies, goals, and the demonstration typical list as a draft."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from apps.goals import fixtures
from apps.indicators import fixtures as typical_fixtures
from sdgportal.commands import add_operator, person_who_may


class Command(BaseCommand):
    help = (
        "Add the project's own reference data: regions, bodies, goals, and a demonstration typical list, "
        "a draft until an administrator of the ministry publishes it. What is there already stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--without-demonstration", action="store_true", help="leave the demonstration typical list out"
        )
        add_operator(parser, "named in the history of the typical list")

    @transaction.atomic
    def handle(self, *args: Any, actor: str | None = None, **options: Any) -> None:
        person = person_who_may(actor) if actor else None
        fixtures.load()
        if not options["without_demonstration"]:
            typical_fixtures.load(by=person)
