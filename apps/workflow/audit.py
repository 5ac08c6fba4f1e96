"""The unbroken history: appending an entry, and finding any that was touched afterwards."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, cast

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Exists, F, Max, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from apps.workflow.models import AuditChain, AuditEntry


class Recorded(Protocol):
    """What history asks of the row that it is about: its chain, and in which seats a person acts on it."""

    @property
    def pk(self) -> Any: ...
    @property
    def audit_chain(self) -> str: ...
    def seat_of(self, actor: Any) -> str: ...


def record(  # noqa: PLR0913 - an entry says this much
    paper: Recorded,
    actor: Any,
    action: str,
    *,
    from_state: str = "",
    to_state: str = "",
    comment: str = "",
    basis: models.Model | None = None,
    changes: dict[str, Any] | None = None,
    moment: datetime | None = None,
) -> AuditEntry:
    """Append one entry to the paper's chain, within the caller's transaction and as its last lock.

    `changes` maps a field, or `line:<id>`, to `[before, after]` or to any JSON value.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("History is written in the transaction of the deed.")
    chain = lock_head(paper.audit_chain)
    entry = AuditEntry(
        chain=chain,
        sequence=chain.length + 1,
        moment=moment or timezone.now(),
        actor=actor,
        actor_name=getattr(actor, "full_name", ""),
        capacity="; ".join(filter(None, (actor.capacity_in(paper), paper.seat_of(actor)))) if actor else "",
        content_type=ContentType.objects.get_for_model(cast("models.Model", paper)),
        object_id=str(paper.pk),
        action=action,
        from_state=from_state,
        to_state=to_state,
        comment=comment,
        basis_type=ContentType.objects.get_for_model(basis) if basis else None,
        basis_id=str(basis.pk) if basis else "",
        changes=settled(changes or {}),
        previous_hash=chain.head,
    )
    entry.hash = fingerprint(entry)
    entry.save()
    AuditChain.objects.filter(pk=chain.pk).update(head=entry.hash, length=entry.sequence)
    return entry


def lock_head(name: str) -> AuditChain:
    """Fetch the head of a chain, made at its first entry, and let nobody append until the deed is done."""
    chains = AuditChain.objects.select_for_update()
    head = chains.filter(name=name).first()
    if head is None:
        AuditChain.objects.get_or_create(name=name)
        head = chains.get(name=name)
    return head


def settled(changes: dict[str, Any]) -> dict[str, Any]:
    """Bring the changes to the form in which every database returns them: a float is kept as its text."""
    settled_changes: dict[str, Any] = json.loads(json.dumps(changes, cls=DjangoJSONEncoder), parse_float=str)
    return settled_changes


def fingerprint(entry: AuditEntry) -> str:
    """Hash everything that an entry says, together with the hash of the entry before it."""
    said = {
        "chain": entry.chain.name,
        "sequence": entry.sequence,
        "moment": entry.moment.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "capacity": entry.capacity,
        "paper": [entry.content_type_id, entry.object_id],
        "action": entry.action,
        "states": [entry.from_state, entry.to_state],
        "comment": entry.comment,
        "basis": [entry.basis_type_id, entry.basis_id],
        "changes": entry.changes,
        "previous": entry.previous_hash,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Fault:
    """Where a chain does not hold: `kind` is changed, missing, moved, inserted, cut, lost, state, unanchored.

    Other apps name their own kinds: what they keep is not what the history says of it.
    """

    chain: str
    sequence: int
    kind: str


def without_history(papers: models.QuerySet[Any]) -> Iterator[Fault]:
    """Yield each paper that has no entry at all, though its first one was written when it came to be."""
    kind = ContentType.objects.get_for_model(papers.model)
    key = Cast(OuterRef("pk"), models.CharField())
    entries = AuditEntry.objects.filter(content_type=kind, object_id=key)
    for paper in papers.filter(~Exists(entries)).order_by("pk").iterator():
        yield Fault(f"{paper.audit_chain} {paper._meta.label_lower} {paper.pk}", 0, "lost")


def out_of_state(papers: models.QuerySet[Any]) -> Iterator[Fault]:
    """Yield each paper in another state than its history left it in, or than the first if it took no step."""
    kind = ContentType.objects.get_for_model(papers.model)
    key = Cast(OuterRef("pk"), models.CharField())
    entries = AuditEntry.objects.filter(content_type=kind, object_id=key).exclude(to_state="")
    first = papers.model._meta.get_field("status").get_default()
    told = Coalesce(Subquery(entries.order_by("-pk").values("to_state")[:1]), models.Value(first))
    for paper in papers.annotate(told=told).exclude(told=F("status")).order_by("pk").iterator():
        yield Fault(f"{paper.audit_chain} {paper._meta.label_lower} {paper.pk}", 0, "state")


def faults(chain: AuditChain) -> Iterator[Fault]:
    """Yield each place where the chain was changed, or lost, gained or swapped an entry.

    The newest entry is looked up before the head, so that people may go on writing meanwhile: what they
    append later is beyond this head and is left to the next time.
    """
    newest = chain.entries.aggregate(newest=Max("sequence"))["newest"] or 0
    chain.refresh_from_db()
    expected, previous = 1, ""
    for entry in chain.entries.filter(sequence__lte=chain.length).order_by("sequence").iterator():
        yield from (Fault(chain.name, lost, "missing") for lost in range(expected, entry.sequence))
        if entry.sequence == expected and entry.previous_hash != previous:
            yield Fault(chain.name, entry.sequence, "moved")
        if fingerprint(entry) != entry.hash:
            yield Fault(chain.name, entry.sequence, "changed")
        expected, previous = entry.sequence + 1, entry.hash
    if expected <= chain.length:
        yield Fault(chain.name, expected, "cut")
    elif previous != chain.head:
        yield Fault(chain.name, chain.length, "changed")
    if newest > chain.length:
        yield Fault(chain.name, newest, "inserted")
