"""Send what the outbox holds, where no worker runs or besides it: a second trigger for a system's timer."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.notifications.delivery import send_due


class Command(BaseCommand):
    help = "Send the letters that are due; prints how many were sent, put off and given up, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=100_000, help="at most so many letters")

    def handle(self, *_args: Any, limit: int, **_options: Any) -> None:
        tally = send_due(limit)
        self.stdout.write(json.dumps({"sent": tally.sent, "put_off": tally.put_off, "failed": tally.failed}))
