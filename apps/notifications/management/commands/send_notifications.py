"""Send what the outbox holds, where no worker runs or besides it: a second trigger for a system's timer."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.notifications.delivery import send_due
from sdgportal.commands import add_operator, how_many, person_who_may


class Command(BaseCommand):
    help = "Send the letters that are due; prints how many were sent, put off and given up, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=how_many, default=100_000, help="at most so many letters")
        add_operator(parser)

    def handle(self, *_args: Any, limit: int, actor: str | None = None, **_options: Any) -> None:
        if actor:
            person_who_may(actor)
        tally = send_due(limit)
        self.stdout.write(json.dumps({"sent": tally.sent, "put_off": tally.put_off, "failed": tally.failed}))
