"""List every paper of the portal, so that scripts can ask for its files by kind and number."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.documents.papers import kinds


class Command(BaseCommand):
    help = "List the papers with their kind, number, region, period and state."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def handle(self, **options: Any) -> None:
        papers = listed()
        if options["json"]:
            self.stdout.write(json.dumps(papers, ensure_ascii=False))
            return
        for paper in papers:
            self.stdout.write("\t".join(str(value) for value in paper.values()))


def listed() -> list[dict[str, Any]]:
    return [
        {
            "kind": kind.name,
            "id": paper.pk,
            "region": kind.region(paper),
            "period": kind.period(paper),
            "state": paper.status,
        }
        for kind in kinds.values()
        if kind.is_listed
        for paper in kind.papers()
    ]
