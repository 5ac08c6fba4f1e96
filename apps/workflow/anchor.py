"""Heads of the chains kept elsewhere: what shows a tail that was cut off together with its head's row.

An anchor is a text file of signed lines, one a day or so, on another disk or in a mailbox. The signature is
made with the portal's secret key, so that a line cannot be written by whoever reaches only the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from apps.workflow.audit import Fault
from apps.workflow.models import AuditChain, AuditEntry

type Heads = dict[str, tuple[int, str]]

signer = Signer(salt="apps.workflow.anchor")


def unanchored(anchor: Path) -> Iterator[Fault]:
    """Yield each head of the newest line that is no longer in its chain; a forged line is itself a fault."""
    with told_in_one_line(anchor):
        lines = anchor.read_text().splitlines() if anchor.exists() else []
    if not lines:
        return
    try:
        heads: Heads = json.loads(signer.unsign(lines[-1]))["heads"]
    except BadSignature:
        yield Fault(str(anchor), len(lines), "unanchored")
        return
    for name, (length, head) in heads.items():
        if length and not AuditEntry.objects.filter(chain__name=name, sequence=length, hash=head).exists():
            yield Fault(name, length, "unanchored")


def drop_anchor(anchor: Path) -> None:
    """Add a signed line with the heads as they are now."""
    heads: Heads = {chain.name: (chain.length, chain.head) for chain in AuditChain.objects.order_by("name")}
    said = json.dumps({"at": timezone.now().isoformat(), "heads": heads}, ensure_ascii=False)
    with told_in_one_line(anchor), anchor.open("a") as file:
        file.write(signer.sign(said) + "\n")


@contextmanager
def told_in_one_line(anchor: Path) -> Iterator[None]:
    """Refuse a place that cannot be read or written, such as a folder or a disk that is read-only."""
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "this is not a text"
        raise CommandError(f"The anchor {anchor} cannot be used: {reason}.") from error
