"""Remove stored files that no row names: beat does it daily, and this at any moment."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.attachments import sweeping
from sdgportal.commands import add_operator, person_who_may


class Command(BaseCommand):
    help = "Remove files that no row names and that are older than a day; prints their number as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        add_operator(parser)

    def handle(self, *_args: Any, actor: str | None = None, **_options: Any) -> None:
        if actor:
            person_who_may(actor)
        self.stdout.write(json.dumps({"removed": sweeping.sweep()}))
