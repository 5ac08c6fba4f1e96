"""`manage.py load_fixtures`: the regions, bodies and goals, for whoever wants them before anything else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.goals import fixtures
from sdgportal.commands import find_operator


class Command(BaseCommand):
    help = "Add the project's own reference data: regions, bodies, goals. What is there already stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as", dest="actor", metavar="EMAIL", help="the operator who answers for it")

    def handle(self, *args: Any, actor: str | None = None, **options: Any) -> None:
        if actor:
            find_operator(actor)
        fixtures.load()
