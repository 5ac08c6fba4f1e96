"""Find out whether the history was touched: exit 0 intact, 1 a fault was found."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.workflow import audit
from apps.workflow.anchor import drop_anchor, unanchored
from apps.workflow.audit import Fault
from apps.workflow.models import AuditChain, AuditEntry
from apps.workflow.workflow import workflows


class Command(BaseCommand):
    help = "Verify every chain of history; a fault is a line: chain, sequence, kind. Exit 1 if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document instead of lines")
        parser.add_argument(
            "--anchor",
            type=Path,
            metavar="FILE",
            help="compare with the heads signed in FILE, and add the present ones to it if all is intact",
        )

    def handle(self, *_args: Any, anchor: Path | None, **options: Any) -> None:
        if anchor and not anchor.parent.is_dir():
            raise CommandError(f"There is no folder {anchor.parent}.")
        found = list(self._faults(anchor))
        if options["json"]:
            self._print_json(found)
        else:
            self._print_lines(found)
        if found:
            sys.exit(1)
        if anchor:
            drop_anchor(anchor)

    def _faults(self, anchor: Path | None) -> Iterator[Fault]:
        for chain in AuditChain.objects.order_by("name"):
            yield from audit.faults(chain)
        for workflow in workflows.values():
            papers = workflow.model._default_manager.all()
            yield from audit.without_history(papers)
            yield from audit.out_of_state(papers)
        yield from self._untrue_to_history()
        if anchor:
            yield from unanchored(anchor)

    def _untrue_to_history(self) -> Iterator[Fault]:
        """Ask the apps whose config has `untrue_to_history(entries)`, whose rows the history vouches for.

        They are found by Django, since the kernel's apps do not import each other.
        """
        for app in apps.get_app_configs():
            if hasattr(app, "untrue_to_history"):
                for place, kind in app.untrue_to_history(AuditEntry.objects.all()):
                    yield Fault(place, 0, kind)

    def _print_json(self, found: list[Fault]) -> None:
        said = {
            "chains": AuditChain.objects.count(),
            "entries": AuditEntry.objects.count(),
            "faults": [asdict(fault) for fault in found],
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False))

    def _print_lines(self, found: list[Fault]) -> None:
        for fault in found:
            self.stdout.write(f"{fault.chain} {fault.sequence} {fault.kind}")
        chains, entries = AuditChain.objects.count(), AuditEntry.objects.count()
        self.stdout.write(f"chains {chains} entries {entries} faults {len(found)}")
