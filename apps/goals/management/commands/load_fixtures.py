"""`manage.py load_fixtures`: the regions, bodies and goals, for whoever wants them before anything else."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.goals import fixtures


class Command(BaseCommand):
    help = "Add the project's own reference data: regions, bodies, goals. What is there already stays."

    def handle(self, **options: Any) -> None:
        fixtures.load()
