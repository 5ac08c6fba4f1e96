"""What every paper shares: its state, its hand-overs, its remarks and its unbroken history."""

from apps.workflow.models.history import AuditChain, AuditEntry, AuditEntryQuerySet
from apps.workflow.models.letters import INCOMING, OUTGOING, SIGNATORY, HandOver
from apps.workflow.models.paper import Paper
from apps.workflow.models.remarks import Remark

__all__ = [
    "INCOMING",
    "OUTGOING",
    "SIGNATORY",
    "AuditChain",
    "AuditEntry",
    "AuditEntryQuerySet",
    "HandOver",
    "Paper",
    "Remark",
]
